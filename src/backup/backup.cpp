#include "backup/backup.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "backup/tar_writer.h"
#include "base/descriptor.h"
#include "base/format.h"

namespace backup {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

Error stopped() { return {Errc::unavailable, "The backup was stopped before it was whole; nothing of it stays.", {}}; }

struct Found {
  std::string path;  // below the site folder
  fs::path source;
  std::uint64_t bytes = 0;
};

// The plain files below root/name, sorted. The folder itself may be a link to another disk; links inside it are not followed, as
// the server does not follow them either.
void find_files(const fs::path& root, std::string_view name, std::vector<Found>& found, std::vector<std::string>& left_out) {
  const fs::path folder = root / name;
  if (!fs::is_directory(folder)) return;
  const std::size_t first = found.size();
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_directory() && !entry.is_symlink()) continue;
    const std::string path = (fs::path(name) / entry.path().lexically_relative(folder)).generic_string();
    if (entry.is_symlink() || !entry.is_regular_file())
      left_out.push_back(base::format("{} is a link or no plain file.", path));
    else if (!is_path_of_a_site(path))
      left_out.push_back(base::format("The name of {} cannot be kept.", path));
    else
      found.push_back({path, entry.path(), entry.file_size()});
  }
  std::sort(found.begin() + static_cast<std::ptrdiff_t>(first), found.end(),
            [](const Found& a, const Found& b) { return a.path < b.path; });
}

}  // namespace

struct Backup::State {
  BackupOptions options;
  std::unique_ptr<TarWriter> tar;
  fs::path copy;  // of the database; removed in any case
  Written written;

  void show(const std::string& stage, std::uint64_t done, std::uint64_t total) const {
    if (options.progress) options.progress(stage, done, total);
  }
  std::vector<Found> find_all();
  void add(const Found& file);
};

Result<std::unique_ptr<Backup>> Backup::begin(BackupOptions options) {
  auto state = std::make_unique<State>();
  state->tar = TRY(TarWriter::create(options.file));
  state->copy = options.file.string() + ".database";
  state->options = std::move(options);
  return std::unique_ptr<Backup>(new Backup(std::move(state)));
}

Backup::Backup(std::unique_ptr<State> state) : state_(std::move(state)) {}

Backup::~Backup() {
  std::error_code ignored;
  if (state_) fs::remove(state_->copy, ignored);
}

Result<void> Backup::copy_database(db::Snapshot& snapshot) {
  fs::remove(state_->copy);
  // Made here, because SQLite would make it readable for everybody.
  const base::Descriptor made(::open(state_->copy.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!made) throw std::system_error(errno, std::generic_category(), state_->copy.string());
  const bool is_whole = snapshot.copy_to(state_->copy, [this](std::int64_t done, std::int64_t total) {
    state_->show("copying the database", static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total));
    return !state_->options.stop.stop_requested();
  });
  if (!is_whole) return stopped();
  return {};
}

std::vector<Found> Backup::State::find_all() {
  std::vector<Found> found;
  found.push_back({std::string(database_name), copy, fs::file_size(copy)});
  found.push_back({std::string(settings_name), options.root / settings_name, fs::file_size(options.root / settings_name)});
  if (options.secrets == Secrets::included) find_files(options.root, secrets_name, found, written.left_out);
  for (const std::string_view folder : {"themes", "media"}) find_files(options.root, folder, found, written.left_out);
  return found;
}

// A file that went away since it was listed is left out; whether the site misses it, the drill and `check` say.
void Backup::State::add(const Found& file) {
  const bool is_private = file.path == database_name || file.path.starts_with(secrets_name);
  std::error_code failure;
  if (!fs::exists(file.source, failure)) {
    written.left_out.push_back(base::format("{} was removed while the backup was taken.", file.path));
    return;
  }
  written.manifest.files.push_back(tar->add_file(file.path, file.source, is_private ? Mode::owner_only : Mode::everybody_reads));
}

Result<Written> Backup::finish() {
  const std::vector<Found> found = state_->find_all();
  std::uint64_t total = 0, done = 0;
  for (const Found& file : found) total += file.bytes;
  Manifest& manifest = state_->written.manifest;
  manifest.program = state_->options.program;
  manifest.made = state_->options.made;
  manifest.has_secrets = state_->options.secrets == Secrets::included;
  for (const Found& file : found) {
    if (state_->options.stop.stop_requested()) return stopped();
    state_->add(file);
    state_->show("writing the backup", done += file.bytes, total);
  }
  state_->tar->add_text(std::string(manifest_name), to_json(manifest), Mode::everybody_reads);
  state_->tar->finish();
  return std::move(state_->written);
}

}  // namespace backup
