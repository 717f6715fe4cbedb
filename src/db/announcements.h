// How processes on one database hear of each other's writes: rows of the table `touched`, written in the transaction that made
// the change, and PRAGMA data_version, which says cheaply when to look for them. It never decides what is stale: that is the
// listener's business.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <vector>

#include "db/connection.h"
#include "db/transaction.h"

namespace db {

// A number for the rows of this process, so that it does not hear itself.
std::int64_t random_writer_number();

// Writes rows. Used by the writer thread alone.
class Announcer {
 public:
  explicit Announcer(std::int64_t writer) : writer_(writer) {}

  // Inside the transaction whose changes they are. The first call, and then every thousandth, removes rows older than an hour.
  void write(Connection& connection, const std::set<Touched>& touched);

 private:
  std::int64_t writer_;
  unsigned calls_ = 0;
};

// Reads the rows of others, from those on that stand there when it is made. Used by one thread at a time.
class Watcher {
 public:
  Watcher(std::unique_ptr<Connection> connection, std::int64_t own_writer);

  // What others touched since the last look; touched_everything alone if rows were pruned before they were seen.
  std::vector<Touched> look();

 private:
  std::vector<Touched> read_new_rows();

  std::unique_ptr<Connection> connection_;
  std::int64_t own_writer_;
  std::int64_t data_version_;
  std::int64_t last_seen_ = 0;
};

}  // namespace db
