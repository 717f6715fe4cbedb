// Counts what the connections of one database do, by standing around each of them: it sees when transactions begin, share a commit and end. It changes
// nothing that they do.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "base/measure.h"
#include "db/connection.h"

namespace db {

class Database;

// Since the meter was made; the sizes are those of the files now, in bytes.
struct DatabaseCounts {
  std::uint64_t begun = 0;           // commits that were begun: one more than are decided while the writer is at work
  std::uint64_t works = 0;           // writes that were committed
  std::uint64_t failed = 0;          // commits of which nothing stayed
  base::Distribution batch_sizes;    // writes in a commit
  base::Distribution commit_seconds; // the COMMIT alone, with its sync to the disk
  std::uintmax_t file_bytes = 0;
  std::uintmax_t log_bytes = 0;      // what is written ahead and not yet in the file
};

// Thread-safe.
class Meter : public std::enable_shared_from_this<Meter> {
 public:
  using Connect = std::function<std::unique_ptr<Connection>(const std::filesystem::path&, Access)>;

  Meter();
  // For DatabaseSettings: what `connect` makes, measured.
  Connect around(Connect connect);
  DatabaseCounts read(const std::filesystem::path& file) const;

 private:
  friend class MeasuredWriting;
  base::SharedCounter begun_;
  base::SharedCounter works_;
  base::SharedCounter failed_;
  base::Histogram batch_sizes_;
  base::Histogram commit_seconds_;
};

// Whether the database can be read now. Never throws.
bool answers(Database& database) noexcept;

}  // namespace db
