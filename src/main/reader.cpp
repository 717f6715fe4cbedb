// A reader's requests at the command line. The one place where an address leaves the site: in a file for its owner, mode 0600.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/format.h"
#include "desk/reader_requests.h"
#include "main/commands.h"

namespace cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

// Never over a file that is there: somebody else might be able to read that one.
Result<void> write_private(const std::filesystem::path& file, const std::string& content) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return Error{Errc::conflict, base::format("{} can't be made: {}. Name a file that does not exist yet, in a folder where you may write.",
                                              file.string(), std::strerror(errno)), {}};
  }
  const bool is_written = ::write(descriptor, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  ::close(descriptor);
  if (!is_written) return Error{Errc::unavailable, base::format("{} could not be written: {}.", file.string(), std::strerror(errno)), {}};
  return {};
}

}  // namespace

Result<void> export_reader(const ReaderOptions& options) {
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  const std::string json = TRY(desk::export_reader(site->desk(), desk::operator_at_the_command_line, options.email));
  if (options.output.empty()) {
    std::fputs(json.c_str(), stdout);
    return {};
  }
  TRY(write_private(options.output, json));
  std::fputs(base::format("Everything that is held is in {}. Hand it to the owner of the address and to nobody else.\n", options.output.string()).c_str(), stdout);
  return {};
}

Result<void> erase_reader(const ReaderOptions& options) {
  if (options.comments != "keep-text" && options.comments != "remove") {
    return Error{Errc::invalid, base::format("--comments {}: use keep-text or remove.", options.comments), {}};
  }
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  const desk::ErasedComments what = options.comments == "remove" ? desk::ErasedComments::remove : desk::ErasedComments::keep_text;
  const desk::Erased erased = TRY(desk::erase_reader(site->desk(), desk::operator_at_the_command_line, options.email, what));
  std::fputs(base::format("Erased: {} {}, and {} {} {}. Backups that you keep still hold them.\n", erased.readers, erased.readers == 1 ? "record" : "records",
                          erased.comments, erased.comments == 1 ? "comment" : "comments",
                          what == desk::ErasedComments::remove ? "with their text" : "made anonymous").c_str(),
             stdout);
  return {};
}

}  // namespace cli
