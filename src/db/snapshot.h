// One moment of a database, held while others go on writing: it can be copied into a file, and read like a database of its own,
// so that what is read is exactly what was copied. It never writes to the database and never makes a writer wait; while it is
// held, the write-ahead log cannot be cut, so hold it for seconds or minutes, not for hours.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "db/database.h"

namespace db {

// Copies what `source`, an SQLite connection, sees into `target`, an empty or missing file. Called now and then with pages done
// and pages in all; false from it ends the copying early. True when the copy is whole. Throws DatabaseError.
using CopyProgress = std::function<bool(std::int64_t done, std::int64_t total)>;
bool copy_sqlite(Connection& source, const std::filesystem::path& target, const CopyProgress& progress);

// Used by one thread at a time, and so is everything that is connected through it.
class Snapshot {
 public:
  // The moment is now. The database is not migrated. Throws DatabaseError.
  explicit Snapshot(const std::filesystem::path& file);

  // See copy_sqlite.
  bool copy_to(const std::filesystem::path& target, const CopyProgress& progress) {
    return copy_sqlite(*connection_, target, progress);
  }

  // For Database::open: that Database then shows this moment for ever and refuses writes. It must be gone before the Snapshot is.
  DatabaseSettings settings() const;

 private:
  std::filesystem::path file_;
  std::shared_ptr<Connection> connection_;  // inside a read transaction all the time
};

}  // namespace db
