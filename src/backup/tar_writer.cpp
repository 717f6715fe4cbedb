#include "backup/tar_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

#include "base/descriptor.h"
#include "base/format.h"
#include "base/hash.h"

namespace backup {
namespace {

using base::Errc;
using base::Error;

constexpr std::size_t portion = 256 * 1024;

enum class Compression { none, gzip, zstd };

std::optional<Compression> compression_of(std::string_view name) {
  if (name.ends_with(".tar")) return Compression::none;
  if (name.ends_with(".tar.gz") || name.ends_with(".tgz")) return Compression::gzip;
  if (name.ends_with(".tar.zst")) return Compression::zstd;
  return std::nullopt;
}

std::string reason(int number) { return std::generic_category().message(number); }

[[noreturn]] void cannot_write(const std::filesystem::path& file, std::string_view why) {
  throw std::runtime_error(base::format(
      "the backup {} could not be written: {}. Make room on that disk, or name a file on another one", file.string(), why));
}

struct FreeArchive {
  void operator()(archive* made) const { archive_write_free(made); }
};
struct FreeEntry {
  void operator()(archive_entry* made) const { archive_entry_free(made); }
};
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

Entry entry_of(const std::string& path, std::uint64_t bytes, Mode mode) {
  Entry entry(archive_entry_new());
  archive_entry_copy_pathname(entry.get(), path.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), static_cast<mode_t>(mode));
  return entry;
}

void start(archive* made, Compression compression, int descriptor) {
  // GNU's form takes names of any length as the bytes they are, whatever the language of the machine; pax would want to convert
  // them.
  archive_write_set_format_gnutar(made);
  if (compression == Compression::gzip) archive_write_add_filter_gzip(made);
  if (compression == Compression::zstd) archive_write_add_filter_zstd(made);
  archive_write_set_bytes_in_last_block(made, 1);
  if (archive_write_open_fd(made, descriptor) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(made));
}

}  // namespace

struct TarWriter::State {
  std::filesystem::path file;
  std::filesystem::path partial;
  base::Descriptor descriptor;
  std::unique_ptr<archive, FreeArchive> tar{archive_write_new()};
  std::vector<char> buffer = std::vector<char>(portion);
  bool is_finished = false;

  void check(int code) const {
    if (code != ARCHIVE_OK) cannot_write(file, archive_error_string(tar.get()));
  }
  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const la_ssize_t written = archive_write_data(tar.get(), bytes.data(), bytes.size());
      if (written <= 0) cannot_write(file, archive_error_string(tar.get()));
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  // `bytes` bytes of the open file; gives their hash.
  std::string copy(int source, std::uint64_t bytes, const std::string& path) {
    base::Hash hash;
    for (std::uint64_t left = bytes; left > 0;) {
      const ssize_t got = ::read(source, buffer.data(), std::min<std::uint64_t>(buffer.size(), left));
      if (got < 0) throw std::runtime_error(base::format("{} could not be read: {}", path, reason(errno)));
      if (got == 0) throw std::runtime_error(base::format("{} became shorter while it was copied. Take the backup again", path));
      const std::string_view read(buffer.data(), static_cast<std::size_t>(got));
      hash.add(read);
      write(read);
      left -= read.size();
    }
    return hash.finish();
  }
};

base::Result<std::unique_ptr<TarWriter>> TarWriter::create(const std::filesystem::path& file) {
  const std::optional<Compression> compression = compression_of(file.filename().native());
  if (!compression) {
    return Error{Errc::invalid, base::format("{}: end the name with .tar, .tar.gz or .tar.zst.", file.string()), {}};
  }
  if (std::filesystem::exists(file)) {
    return Error{
        Errc::conflict, base::format("{} exists already. Name another file, or remove that one first.", file.string()), {}};
  }
  auto state = std::make_unique<State>();
  state->file = file;
  state->partial = file.string() + ".partial";
  state->descriptor = base::Descriptor(::open(state->partial.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!state->descriptor) {
    return Error{Errc::unavailable,
                 base::format("{} can't be made: {}. Name a file in a folder where you may write.", file.string(), reason(errno)),
                 {}};
  }
  // One that was cut short earlier is written over; one that is being written is left alone.
  if (::flock(state->descriptor.number(), LOCK_EX | LOCK_NB) != 0) {
    return Error{Errc::conflict,
                 base::format("{} is being written by another program. Wait for it, or name another file.", file.string()),
                 {}};
  }
  if (::ftruncate(state->descriptor.number(), 0) != 0) cannot_write(file, reason(errno));
  start(state->tar.get(), *compression, state->descriptor.number());
  return std::unique_ptr<TarWriter>(new TarWriter(std::move(state)));
}

TarWriter::TarWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}

TarWriter::~TarWriter() {
  if (!state_ || state_->is_finished) return;
  archive_write_fail(state_->tar.get());
  ::unlink(state_->partial.c_str());
}

FileRecord TarWriter::add_file(const std::string& path, const std::filesystem::path& source, Mode mode) {
  const base::Descriptor opened(::open(source.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (!opened || ::fstat(opened.number(), &status) != 0)
    throw std::runtime_error(base::format("{} could not be read: {}", source.string(), reason(errno)));
  const auto bytes = static_cast<std::uint64_t>(status.st_size);
  const Entry entry = entry_of(path, bytes, mode);
  archive_entry_set_mtime(entry.get(), status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
  state_->check(archive_write_header(state_->tar.get(), entry.get()));
  FileRecord record{.path = path, .bytes = bytes, .hash = state_->copy(opened.number(), bytes, path)};
  state_->check(archive_write_finish_entry(state_->tar.get()));
  return record;
}

void TarWriter::add_text(const std::string& path, std::string_view content, Mode mode) {
  const Entry entry = entry_of(path, content.size(), mode);
  archive_entry_set_mtime(entry.get(), std::time(nullptr), 0);
  state_->check(archive_write_header(state_->tar.get(), entry.get()));
  state_->write(content);
  state_->check(archive_write_finish_entry(state_->tar.get()));
}

void TarWriter::finish() {
  state_->check(archive_write_close(state_->tar.get()));
  if (::fsync(state_->descriptor.number()) != 0) cannot_write(state_->file, reason(errno));
  if (::rename(state_->partial.c_str(), state_->file.c_str()) != 0) cannot_write(state_->file, reason(errno));
  state_->is_finished = true;
  // The name is durable only with its folder.
  const std::filesystem::path folder = state_->file.has_parent_path() ? state_->file.parent_path() : ".";
  const base::Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened || ::fsync(opened.number()) != 0) cannot_write(state_->file, reason(errno));
}

}  // namespace backup
