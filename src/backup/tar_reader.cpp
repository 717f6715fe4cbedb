#include "backup/tar_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "base/format.h"

namespace backup {
namespace {

using base::Errc;
using base::Error;

constexpr std::size_t portion = 256 * 1024;

struct FreeArchive {
  void operator()(archive* made) const { archive_read_free(made); }
};

Error damaged(archive* tar) {
  const char* why = archive_error_string(tar);
  return {Errc::conflict, base::format("it is cut or damaged ({})", why ? why : "unreadable"), {}};
}

// Names are bytes; one that another tar marked as UTF-8 may have no form in the language of this machine.
std::string path_of(archive_entry* entry) {
  if (const char* path = archive_entry_pathname(entry)) return path;
  if (const char* path = archive_entry_pathname_utf8(entry)) return path;
  return {};
}

bool is_plain_file(archive_entry* entry) {
  return archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry) && !archive_entry_symlink(entry);
}

}  // namespace

struct TarReader::State {
  std::unique_ptr<archive, FreeArchive> tar{archive_read_new()};
  std::vector<char> buffer = std::vector<char>(portion);
};

base::Result<std::unique_ptr<TarReader>> TarReader::open(const std::filesystem::path& file) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(file, failure)) {
    return Error{
        Errc::not_found, base::format("There is no file {}. Name a backup that `broadsheet backup` wrote.", file.string()), {}};
  }
  auto state = std::make_unique<State>();
  archive* const tar = state->tar.get();
  archive_read_support_filter_gzip(tar);
  archive_read_support_filter_zstd(tar);
  archive_read_support_format_tar(tar);
  if (archive_read_open_filename(tar, file.c_str(), portion) != ARCHIVE_OK) return damaged(tar);
  return std::unique_ptr<TarReader>(new TarReader(std::move(state)));
}

TarReader::TarReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
TarReader::~TarReader() = default;

base::Result<std::optional<TarEntry>> TarReader::next() {
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(state_->tar.get(), &entry);
  if (code == ARCHIVE_EOF) return std::optional<TarEntry>();
  if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return damaged(state_->tar.get());
  return std::optional(TarEntry{.path = path_of(entry),
                                .is_file = is_plain_file(entry),
                                .bytes = static_cast<std::uint64_t>(archive_entry_size(entry)),
                                .modified_seconds = archive_entry_mtime(entry),
                                .modified_nanoseconds = archive_entry_mtime_nsec(entry)});
}

base::Result<void> TarReader::read(const std::function<void(std::string_view)>& take) {
  for (;;) {
    const la_ssize_t got = archive_read_data(state_->tar.get(), state_->buffer.data(), state_->buffer.size());
    if (got == 0) return {};
    if (got < 0) return damaged(state_->tar.get());
    take({state_->buffer.data(), static_cast<std::size_t>(got)});
  }
}

}  // namespace backup
