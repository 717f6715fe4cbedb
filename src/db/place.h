// Whether a database is still where it was opened. On Linux a file that was removed can be written to for days, and everything in
// it is gone with the process.
#pragma once

#include <sys/types.h>

#include <filesystem>

namespace db {

// Immutable after construction, so thread-safe.
class Place {
 public:
  // `file` is the database, open at this moment.
  explicit Place(const std::filesystem::path& file);

  // Whether somebody removed or replaced the file since, or removed the write-ahead log beside it, which is there as long as
  // anybody has the database open. Cheap: two looks at the file system.
  bool is_left() const;

 private:
  std::filesystem::path file_;
  std::filesystem::path log_;
  dev_t device_ = 0;
  ino_t number_ = 0;
  bool has_file_ = false;
  bool has_log_ = false;
};

}  // namespace db
