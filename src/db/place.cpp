#include "db/place.h"

#include <sys/stat.h>
#include <unistd.h>

namespace db {

Place::Place(const std::filesystem::path& file) : file_(file), log_(file.string() + "-wal") {
  struct stat status {};
  has_file_ = ::stat(file_.c_str(), &status) == 0;
  device_ = status.st_dev;
  number_ = status.st_ino;
  has_log_ = ::access(log_.c_str(), F_OK) == 0;
}

bool Place::is_left() const {
  if (!has_file_) return false;
  struct stat status {};
  if (::stat(file_.c_str(), &status) != 0 || status.st_dev != device_ || status.st_ino != number_) return true;
  return has_log_ && ::access(log_.c_str(), F_OK) != 0;
}

}  // namespace db
