#include "db/gathered_log.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>

namespace db {
namespace {

// Written once there is so much. The layer for Unix takes less than 128 KB at a time.
constexpr std::size_t most_gathered = std::size_t{60} << 10;

// https://www.sqlite.org/fileformat2.html, section 4.1: the head of a frame is 24 bytes, and the four from the fifth on are zero
// unless the frame ends a commit.
constexpr int frame_head_size = 24;
bool ends_commit(const char* frame_head) {
  return std::any_of(frame_head + 4, frame_head + 8, [](char byte) { return byte != 0; });
}

class Log {
 public:
  // Of the layer below, not open yet.
  explicit Log(int size)
      : memory_(std::make_unique<std::max_align_t[]>(static_cast<std::size_t>(size) / sizeof(std::max_align_t) + 1)) {}

  sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(memory_.get()); }
  const sqlite3_io_methods& methods() { return *below()->pMethods; }

  int write(const char* bytes, int size, sqlite3_int64 offset) {
    if (offset != begin_ + static_cast<sqlite3_int64>(gathered_.size())) {
      if (const int code = flush(); code != SQLITE_OK) return code;
      begin_ = offset;
    }
    gathered_.append(bytes, static_cast<std::size_t>(size));
    if (size == frame_head_size) {
      is_last_frame_ = ends_commit(bytes);
      return SQLITE_OK;
    }
    return is_last_frame_ || gathered_.size() >= most_gathered ? flush() : SQLITE_OK;
  }

  int flush() {
    if (gathered_.empty()) return SQLITE_OK;
    const int code = methods().xWrite(below(), gathered_.data(), static_cast<int>(gathered_.size()), begin_);
    begin_ += static_cast<sqlite3_int64>(gathered_.size());
    gathered_.clear();
    return code;
  }

 private:
  const std::unique_ptr<std::max_align_t[]> memory_;
  std::string gathered_;
  sqlite3_int64 begin_ = 0;  // where `gathered_` belongs
  bool is_last_frame_ = false;
};

struct File {
  sqlite3_file base;  // first, because SQLite knows nothing else
  Log* log;
};

Log& log_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file)->log; }

int on_close(sqlite3_file* file) {
  const std::unique_ptr<Log> log(&log_of(file));
  return log->methods().xClose(log->below());  // what no commit ended needs no writing
}

// What SQLite calls, it calls from C: nothing may be thrown through it.
int on_write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) noexcept {
  return log_of(file).write(static_cast<const char*>(bytes), size, offset);
}

// Invariant 1.
template <class Method, class... Arguments>
int flush_and_call(sqlite3_file* file, Method sqlite3_io_methods::*method, Arguments... arguments) {
  Log& log = log_of(file);
  if (const int code = log.flush(); code != SQLITE_OK) return code;
  return (log.methods().*method)(log.below(), arguments...);
}

int on_read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  return flush_and_call(file, &sqlite3_io_methods::xRead, bytes, size, offset);
}
int on_truncate(sqlite3_file* file, sqlite3_int64 size) { return flush_and_call(file, &sqlite3_io_methods::xTruncate, size); }
int on_sync(sqlite3_file* file, int flags) { return flush_and_call(file, &sqlite3_io_methods::xSync, flags); }
int on_file_size(sqlite3_file* file, sqlite3_int64* size) { return flush_and_call(file, &sqlite3_io_methods::xFileSize, size); }
int on_control(sqlite3_file* file, int what, void* argument) {
  return flush_and_call(file, &sqlite3_io_methods::xFileControl, what, argument);
}
int on_lock(sqlite3_file* file, int level) { return flush_and_call(file, &sqlite3_io_methods::xLock, level); }
int on_unlock(sqlite3_file* file, int level) { return flush_and_call(file, &sqlite3_io_methods::xUnlock, level); }
int on_check_lock(sqlite3_file* file, int* is_locked) {
  return flush_and_call(file, &sqlite3_io_methods::xCheckReservedLock, is_locked);
}
int on_sector_size(sqlite3_file* file) { return log_of(file).methods().xSectorSize(log_of(file).below()); }
int on_characteristics(sqlite3_file* file) { return log_of(file).methods().xDeviceCharacteristics(log_of(file).below()); }

constexpr sqlite3_io_methods io_methods = {.iVersion = 1,
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
                                           .xShmMap = nullptr,
                                           .xShmLock = nullptr,
                                           .xShmBarrier = nullptr,
                                           .xShmUnmap = nullptr,
                                           .xFetch = nullptr,
                                           .xUnfetch = nullptr};

constexpr int room_for_other_files = 1024;  // bytes that a layer below may need; the default one needs an eighth

sqlite3_vfs& layer_below() { return *sqlite3_vfs_find(nullptr); }

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) noexcept {
  sqlite3_vfs& below = layer_below();
  file->pMethods = nullptr;
  if ((flags & SQLITE_OPEN_WAL) == 0)
    return below.szOsFile <= room_for_other_files ? below.xOpen(&below, name, file, flags, out) : SQLITE_CANTOPEN;
  auto log = std::make_unique<Log>(below.szOsFile);
  const int code = below.xOpen(&below, name, log->below(), flags, out);
  if (code != SQLITE_OK) return code;
  reinterpret_cast<File*>(file)->log = log.release();
  file->pMethods = &io_methods;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int sync) { return layer_below().xDelete(&layer_below(), name, sync); }
int access_file(sqlite3_vfs*, const char* name, int flags, int* out) {
  return layer_below().xAccess(&layer_below(), name, flags, out);
}
int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
  return layer_below().xFullPathname(&layer_below(), name, size, out);
}

// What has nothing to do with files is that of the layer which is the default at present.
sqlite3_vfs make_layer() {
  sqlite3_vfs layer = layer_below();
  layer.zName = "gathered-log";
  layer.szOsFile = room_for_other_files;
  layer.pNext = nullptr;
  layer.xOpen = open_file;
  layer.xDelete = delete_file;
  layer.xAccess = access_file;
  layer.xFullPathname = full_name;
  return layer;
}

}  // namespace

const char* gathered_log() {
  static sqlite3_vfs layer = make_layer();
  static const int once = sqlite3_vfs_register(&layer, 0);
  static_cast<void>(once);  // cannot fail where the library works at all
  return layer.zName;
}

}  // namespace db
