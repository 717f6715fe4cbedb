#include "crash/lossy_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace crash {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t sector = 512;

struct Operation {
  enum class Kind { write, truncate, removal } kind = Kind::write;
  std::size_t offset = 0;  // of a truncation: the new size
  std::string bytes = {};
};

// One file: what is on the disk for certain, and what was done to it since.
struct Content {
  std::optional<std::string> durable;  // none: not even its name
  std::vector<Operation> pending;
};

void apply(const Operation& operation, std::optional<std::string>& content) {
  switch (operation.kind) {
    case Operation::Kind::removal: content.reset(); return;
    case Operation::Kind::truncate:
      if (!content) content.emplace();
      content->resize(operation.offset);
      return;
    case Operation::Kind::write:
      if (!content) content.emplace();
      if (content->size() < operation.offset + operation.bytes.size()) content->resize(operation.offset + operation.bytes.size());
      content->replace(operation.offset, operation.bytes.size(), operation.bytes);
      return;
  }
}

// Chooses what stays of the pending operations: everything, nothing, a beginning, or any part with any share, sector by sector.
class Fate {
 public:
  explicit Fate(std::uint64_t seed)
      : random_(seed), mode_(static_cast<Mode>(number(4))), share_(static_cast<double>(number(101)) / 100) {}

  std::optional<std::string> of(const Content& content) {
    std::optional<std::string> after = content.durable;
    const std::size_t first_lost = mode_ == Mode::beginning ? number(content.pending.size() + 1) : content.pending.size();
    for (std::size_t i = 0; i < first_lost; ++i) {
      if (mode_ == Mode::nothing) break;
      if (mode_ == Mode::any_part)
        apply_parts(content.pending[i], after);
      else
        apply(content.pending[i], after);
    }
    return after;
  }

 private:
  enum class Mode { everything, nothing, beginning, any_part };

  std::size_t number(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
  bool stays() { return std::bernoulli_distribution(share_)(random_); }

  void apply_parts(const Operation& operation, std::optional<std::string>& after) {
    if (operation.kind != Operation::Kind::write) {
      if (stays()) apply(operation, after);
      return;
    }
    for (std::size_t done = 0; done < operation.bytes.size();) {
      const std::size_t size = std::min(sector - (operation.offset + done) % sector, operation.bytes.size() - done);
      // A torn sector holds the beginning of what was written and then what it held before.
      const std::size_t written = stays() ? size : number(8) == 0 ? number(size) : 0;
      if (written > 0) apply({Operation::Kind::write, operation.offset + done, operation.bytes.substr(done, written)}, after);
      done += size;
    }
  }

  std::mt19937_64 random_;
  Mode mode_;
  double share_;
};

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

struct LossyDisk::State {
  fs::path folder;
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;

  mutable std::mutex mutex;
  std::map<std::string, Content> files;
  std::optional<PowerLoss> loss;
  bool is_dead = false;
  bool is_full = false;
  std::uint64_t count = 0;

  bool owns(const char* name) const { return name && fs::path(name).parent_path() == folder; }

  // Called before each operation, with the lock held; false: the power is gone.
  bool pass() {
    ++count;
    if (!is_dead && loss && count >= loss->operation) die();
    return !is_dead;
  }
  void die() {
    is_dead = true;
    Fate fate(loss->seed);
    for (const auto& [name, content] : files) {
      const std::optional<std::string> after = fate.of(content);
      if (after) std::ofstream(loss->aftermath / fs::path(name).filename(), std::ios::binary) << *after;
    }
    if (loss->on_loss) loss->on_loss();
  }
  void know(const std::string& name) {
    if (files.contains(name)) return;
    Content& content = files[name];
    if (fs::exists(name)) content.durable = read_file(name);
  }
};

namespace {

using State = LossyDisk::State;

struct File {
  sqlite3_file base;
  State* disk;
  Content* content;  // in a map, so it stays where it is
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return of(file).real(); }
const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }

int on_close(sqlite3_file* file) { return methods(file).xClose(real(file)); }
int on_read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  {
    const std::lock_guard lock(of(file).disk->mutex);
    if (of(file).disk->is_dead) return SQLITE_IOERR_READ;
  }
  return methods(file).xRead(real(file), bytes, size, offset);
}

int on_write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  const std::lock_guard lock(of(file).disk->mutex);
  if (!of(file).disk->pass()) return SQLITE_IOERR_WRITE;
  sqlite3_int64 present = 0;
  methods(file).xFileSize(real(file), &present);
  if (of(file).disk->is_full && offset + size > present) return SQLITE_FULL;
  of(file).content->pending.push_back({Operation::Kind::write, static_cast<std::size_t>(offset),
                                       std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size))});
  return methods(file).xWrite(real(file), bytes, size, offset);
}

int on_truncate(sqlite3_file* file, sqlite3_int64 size) {
  const std::lock_guard lock(of(file).disk->mutex);
  if (!of(file).disk->pass()) return SQLITE_IOERR_TRUNCATE;
  of(file).content->pending.push_back({Operation::Kind::truncate, static_cast<std::size_t>(size)});
  return methods(file).xTruncate(real(file), size);
}

// The real disk is not asked to sync: what is durable is known here.
int on_sync(sqlite3_file* file, int) {
  const std::lock_guard lock(of(file).disk->mutex);
  if (!of(file).disk->pass()) return SQLITE_IOERR_FSYNC;
  Content& content = *of(file).content;
  if (!content.durable) content.durable.emplace();
  for (const Operation& operation : content.pending) apply(operation, content.durable);
  content.pending.clear();
  return SQLITE_OK;
}

int on_file_size(sqlite3_file* file, sqlite3_int64* size) { return methods(file).xFileSize(real(file), size); }
int on_lock(sqlite3_file* file, int level) { return methods(file).xLock(real(file), level); }
int on_unlock(sqlite3_file* file, int level) { return methods(file).xUnlock(real(file), level); }
int on_check_lock(sqlite3_file* file, int* out) { return methods(file).xCheckReservedLock(real(file), out); }
int on_control(sqlite3_file* file, int what, void* argument) {
  // Room that SQLite wants to be given ahead, and views of the file, would pass by what is recorded here.
  if (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_MMAP_SIZE) return SQLITE_NOTFOUND;
  return methods(file).xFileControl(real(file), what, argument);
}
int on_sector_size(sqlite3_file*) { return static_cast<int>(sector); }
int on_characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }
int on_shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return methods(file).xShmMap(real(file), page, size, extend, out);
}
int on_shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return methods(file).xShmLock(real(file), offset, count, flags);
}
void on_shm_barrier(sqlite3_file* file) { methods(file).xShmBarrier(real(file)); }
int on_shm_unmap(sqlite3_file* file, int remove) { return methods(file).xShmUnmap(real(file), remove); }

constexpr sqlite3_io_methods io_methods = {.iVersion = 2,
                                           .xClose = on_close,
                                           .xRead = on_read,
                                           .xWrite = on_write,
                                           .xTruncate = on_truncate,
                                           .xSync = on_sync,
                                           .xFileSize = on_file_size,
                                           .xLock = on_lock,
                                           .xUnlock = on_unlock,
                                           .xCheckReservedLock = on_check_lock,
                                           .xFileControl = on_control,
                                           .xSectorSize = on_sector_size,
                                           .xDeviceCharacteristics = on_characteristics,
                                           .xShmMap = on_shm_map,
                                           .xShmLock = on_shm_lock,
                                           .xShmBarrier = on_shm_barrier,
                                           .xShmUnmap = on_shm_unmap,
                                           .xFetch = nullptr,
                                           .xUnfetch = nullptr};

State& disk_of(sqlite3_vfs* vfs) { return *static_cast<State*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  State& disk = disk_of(vfs);
  if (!disk.owns(name)) return disk.real->xOpen(disk.real, name, file, flags, out);
  const std::lock_guard lock(disk.mutex);
  if (disk.is_dead) return SQLITE_CANTOPEN;
  disk.know(name);
  of(file).disk = &disk;
  of(file).content = &disk.files[name];
  const int code = disk.real->xOpen(disk.real, name, real(file), flags, out);
  of(file).base.pMethods = code == SQLITE_OK ? &io_methods : nullptr;
  return code;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync) {
  State& disk = disk_of(vfs);
  if (disk.owns(name)) {
    const std::lock_guard lock(disk.mutex);
    if (!disk.pass()) return SQLITE_IOERR_DELETE;
    disk.know(name);
    disk.files[name].pending.push_back({Operation::Kind::removal});
    if (sync) disk.files[name] = {};
  }
  return disk.real->xDelete(disk.real, name, 0);
}

int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
  return disk_of(vfs).real->xAccess(disk_of(vfs).real, name, flags, out);
}
int full_name(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  return disk_of(vfs).real->xFullPathname(disk_of(vfs).real, name, size, out);
}

}  // namespace

LossyDisk::LossyDisk(const fs::path& folder) : state_(std::make_unique<State>()) {
  state_->folder = folder;
  state_->real = sqlite3_vfs_find("unix");
  state_->vfs = *state_->real;
  state_->vfs.zName = "lossy";
  state_->vfs.szOsFile = static_cast<int>(sizeof(File)) + state_->real->szOsFile;
  state_->vfs.pAppData = state_.get();
  state_->vfs.pNext = nullptr;
  state_->vfs.xOpen = open_file;
  state_->vfs.xDelete = delete_file;
  state_->vfs.xAccess = access_file;
  state_->vfs.xFullPathname = full_name;
  sqlite3_vfs_register(&state_->vfs, 1);
}

LossyDisk::~LossyDisk() {
  sqlite3_vfs_unregister(&state_->vfs);
  sqlite3_vfs_register(state_->real, 1);
}

void LossyDisk::plan(PowerLoss loss) {
  const std::lock_guard lock(state_->mutex);
  loss.operation += state_->count;
  state_->loss = std::move(loss);
}

bool LossyDisk::has_lost_power() const {
  const std::lock_guard lock(state_->mutex);
  return state_->is_dead;
}

std::uint64_t LossyDisk::operations() const {
  const std::lock_guard lock(state_->mutex);
  return state_->count;
}

void LossyDisk::set_full(bool is_full) {
  const std::lock_guard lock(state_->mutex);
  state_->is_full = is_full;
}

}  // namespace crash
