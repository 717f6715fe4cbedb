#include "backup/restore.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "backup/tar_reader.h"
#include "base/descriptor.h"
#include "base/format.h"
#include "base/hash.h"

namespace backup {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t most_manifest_bytes = 256 * 1024 * 1024;

Error refused(const std::string& why) { return {Errc::conflict, why, {}}; }

// Where the content of entries goes.
class Target {
 public:
  virtual ~Target() = default;
  virtual void begin(const TarEntry& entry) = 0;
  virtual void take(std::string_view bytes) = 0;
  virtual void end() = 0;
};

class Nowhere final : public Target {
 public:
  void begin(const TarEntry&) override {}
  void take(std::string_view) override {}
  void end() override {}
};

// Files below a folder that was empty, so that no link can stand in the way. broadsheet.toml gets a name for the time being.
class IntoFolder final : public Target {
 public:
  explicit IntoFolder(fs::path folder) : folder_(std::move(folder)) {}

  static std::string waiting_settings() { return std::string(settings_name) + ".partial"; }

  void begin(const TarEntry& entry) override {
    path_ = folder_ / (entry.path == settings_name ? waiting_settings() : entry.path);
    const bool is_secret = entry.path.starts_with(secrets_name);
    fs::create_directories(path_.parent_path());
    if (is_secret) fs::permissions(folder_ / secrets_name, fs::perms::owner_all);
    const mode_t mode = is_secret || entry.path == database_name ? 0600 : 0644;
    file_ = base::Descriptor(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!file_) fail();
    times_[0] = times_[1] = {.tv_sec = entry.modified_seconds, .tv_nsec = entry.modified_nanoseconds};
  }
  void take(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.number(), bytes.data(), bytes.size());
      if (written < 0) fail();
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void end() override {
    ::futimens(file_.number(), times_);
    file_ = base::Descriptor();
  }
  // Everything onto the disk, and only then the file that makes it a site.
  void finish() {
    const base::Descriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    path_ = folder_;
    if (!folder || ::syncfs(folder.number()) != 0) fail();
    fs::rename(folder_ / waiting_settings(), folder_ / settings_name);
    fs::create_directory(folder_ / "media");
    fs::create_directory(folder_ / "themes");
    if (::fsync(folder.number()) != 0) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw std::runtime_error(base::format("{} could not be written: {}. Make room there, or restore into another folder",
                                          path_.string(), std::generic_category().message(errno)));
  }

  fs::path folder_;
  fs::path path_;
  base::Descriptor file_;
  timespec times_[2] = {};
};

class Walk {
 public:
  Walk(Target& target, const ReadProgress& progress, const std::stop_token& stop)
      : target_(target), progress_(progress), stop_(stop) {}

  Result<Manifest> run(TarReader& tar) {
    while (std::optional<TarEntry> entry = TRY(tar.next())) {
      if (stop_.stop_requested()) return Error{Errc::unavailable, "it was stopped", {}};
      if (!manifest_.empty()) return refused(base::format("{} stands after the manifest", entry->path));
      TRY(take(tar, *entry));
    }
    return compare();
  }

 private:
  Result<void> take(TarReader& tar, const TarEntry& entry) {
    if (!entry.is_file) return refused(base::format("{} in it is no plain file", entry.path));
    if (entry.path == manifest_name) return take_manifest(tar, entry);
    if (!is_path_of_a_site(entry.path)) return refused(base::format("\"{}\" in it is no file of a site", entry.path));
    if (found_.contains(entry.path)) return refused(base::format("{} is in it twice", entry.path));
    target_.begin(entry);
    base::Hash hash;
    FileRecord record{.path = entry.path, .bytes = 0, .hash = {}};
    TRY(tar.read([&](std::string_view bytes) {
      hash.add(bytes);
      target_.take(bytes);
      record.bytes += bytes.size();
      done_ += bytes.size();
      if (progress_) progress_(done_);
    }));
    target_.end();
    record.hash = hash.finish();
    found_.emplace(entry.path, std::move(record));
    return {};
  }

  Result<void> take_manifest(TarReader& tar, const TarEntry& entry) {
    if (entry.bytes > most_manifest_bytes) return refused("its manifest is too large");
    return tar.read([this](std::string_view bytes) { manifest_ += bytes; });
  }

  Result<Manifest> compare() {
    if (manifest_.empty()) return refused("it has no manifest at its end, so it was cut, or is no backup of a site");
    Manifest manifest = TRY(parse_manifest(manifest_));
    for (const FileRecord& expected : manifest.files) {
      const auto found = found_.find(expected.path);
      if (found == found_.end()) return refused(base::format("{} is missing in it", expected.path));
      if (found->second != expected) return refused(base::format("{} in it is not what was backed up", expected.path));
      found_.erase(found);
    }
    if (!found_.empty()) return refused(base::format("{} in it is not in its manifest", found_.begin()->first));
    for (const std::string_view needed : {settings_name, database_name}) {
      if (std::ranges::find(manifest.files, needed, &FileRecord::path) == manifest.files.end())
        return refused(base::format("it holds no {}", needed));
    }
    return manifest;
  }

  Target& target_;
  const ReadProgress& progress_;
  const std::stop_token& stop_;
  std::map<std::string, FileRecord, std::less<>> found_;
  std::string manifest_;
  std::uint64_t done_ = 0;
};

// The whole sentence around what was found.
Error told(const fs::path& file, Error error) {
  if (error.code == Errc::conflict)
    error.key = base::format("The backup {} is refused: {}. Use another backup.", file.string(), error.key);
  return error;
}

Result<Manifest> read_all(const fs::path& file, Target& target, const ReadProgress& progress, const std::stop_token& stop) {
  Result<std::unique_ptr<TarReader>> tar = TarReader::open(file);
  if (!tar) return told(file, tar.error());
  Result<Manifest> manifest = Walk(target, progress, stop).run(**tar);
  if (!manifest) return told(file, manifest.error());
  return manifest;
}

Result<void> prepare(const fs::path& folder) {
  std::error_code failure;
  if (fs::exists(folder, failure) && (!fs::is_directory(folder) || !fs::is_empty(folder))) {
    return refused(base::format("{} is not empty. Name a folder that does not exist yet, or an empty one.", folder.string()));
  }
  fs::create_directories(folder, failure);
  if (!failure) return {};
  return Error{Errc::unavailable,
               base::format("{} can't be made: {}. Name a folder where you may write.", folder.string(), failure.message()),
               {}};
}

// Takes back what a restore that failed wrote: only into a folder that was empty before.
class Undo {
 public:
  explicit Undo(fs::path folder) : folder_(std::move(folder)) {}
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;
  ~Undo() {
    if (is_done_) return;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_, ignored)) fs::remove_all(entry.path(), ignored);
  }
  void keep() { is_done_ = true; }

 private:
  fs::path folder_;
  bool is_done_ = false;
};

}  // namespace

Result<Manifest> verify(const fs::path& file, const ReadProgress& progress) {
  Nowhere nowhere;
  return read_all(file, nowhere, progress, {});
}

Result<Manifest> restore(const fs::path& file, const fs::path& folder, const ReadProgress& progress,
                         const std::stop_token& stop) {
  TRY(prepare(folder));
  Undo undo(folder);
  IntoFolder target(folder);
  Manifest manifest = TRY(read_all(file, target, progress, stop));
  target.finish();
  undo.keep();
  return manifest;
}

}  // namespace backup
