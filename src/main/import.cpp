// Imports at the command line: progress while they run, the account of every item at the end.
#include <cstdio>
#include <fstream>
#include <functional>

#include "base/format.h"
#include "import/comment_lines.h"
#include "import/report.h"
#include "import/wordpress_import.h"
#include "main/commands.h"
#include "main/progress.h"

namespace cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t most_lines_of_a_report = 50;

// Found out before the work, not after it.
Result<void> expect_writable(const std::filesystem::path& report) {
  if (report.empty() || std::ofstream(report, std::ios::binary | std::ios::app)) return {};
  return Error{Errc::invalid,
               base::format("The report {} can't be written. Name a file in a folder where you may write.", report.string()),
               {}};
}

Result<void> write_report(const import_::Report& report, const std::filesystem::path& file, std::string_view error) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  report.write_json(out, error);
  out << std::flush;
  if (out) return {};
  return Error{Errc::unavailable, base::format("The import is done, but its report {} could not be written.", file.string()), {}};
}

// An import of whatever kind, and its account: also of one that ended before its end, for the programs that read it.
using Work = std::function<Result<void>(const desk::Desk& desk, import_::Report& report)>;
Result<void> import_and_report(const ImportOptions& options, const Work& work) {
  TRY(expect_writable(options.report));
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true, Writes::large));
  import_::Report report;
  const Result<void> done = work(site->desk(), report);
  if (!done) {
    if (!options.report.empty()) static_cast<void>(write_report(report, options.report, done.error().key));
    return done;
  }
  std::fputs(report.to_text(most_lines_of_a_report).c_str(), stdout);
  if (options.report.empty()) return {};
  TRY(write_report(report, options.report, {}));
  std::fputs(base::format("The whole report is in {}.\n", options.report.string()).c_str(), stdout);
  return {};
}

}  // namespace

Result<void> import_wordpress(const ImportOptions& options) {
  return import_and_report(options, [&](const desk::Desk& desk, import_::Report& report) {
    StageProgress progress;
    return import_::import_wordpress(
        desk, {.files = options.files, .uploads = options.uploads, .media_root = options.folder.media()}, report,
        [&](const std::string& stage, std::uint64_t done, std::uint64_t total) { progress.show(stage, done, total); });
  });
}

Result<void> import_comments(const ImportOptions& options) {
  return import_and_report(options, [&](const desk::Desk& desk, import_::Report& report) -> Result<void> {
    Progress progress("comments");
    for (const std::filesystem::path& file : options.files) {
      TRY(import_::import_comment_lines(desk, file, report,
                                        [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); }));
    }
    return {};
  });
}

Result<void> import_comment_system(const ImportOptions& options, import_::CommentSystem system) {
  return import_and_report(options, [&](const desk::Desk& desk, import_::Report& report) -> Result<void> {
    StageProgress progress;
    const import_::Mode mode = options.dry_run ? import_::Mode::rehearsal : import_::Mode::real;
    TRY(import_::import_comment_system(
        desk, {.system = system, .files = options.files, .map = options.map, .hosts = options.hosts, .mode = mode}, report,
        [&](const std::string& stage, std::uint64_t done, std::uint64_t total) { progress.show(stage, done, total); }));
    if (options.dry_run) std::fputs("This was a rehearsal: nothing was stored.\n", stdout);
    return {};
  });
}

}  // namespace cli
