// One site's database: a writer thread with group commit, a pool of reading connections, and the news of what other processes
// wrote.
#pragma once

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "db/common_reading.h"
#include "db/transaction.h"

namespace db {

// A read of committed state: a connection of the pool inside a read transaction, given back at the end of its scope. All
// statements of one Reading see the same snapshot.
class Reading {
 public:
  Reading(Connection& connection, std::function<void(Connection&)> give_back);
  Reading(Reading&& other) noexcept;
  Reading& operator=(Reading&&) = delete;
  ~Reading();

  Query query(std::string_view sql) { return connection_->query(sql); }
  Connection& connection() { return *connection_; }

 private:
  Connection* connection_;
  std::function<void(Connection&)> give_back_;
};

struct DatabaseSettings {
  std::filesystem::path file;
  unsigned readers = 4;                          // connections kept open; more are opened when all are in use
  std::size_t batch = 256;                       // transactions in one commit, at most
  std::optional<std::size_t> writer_cache = {};  // KB of pages that the writer keeps, where that is to be more than usual
  // Whether commits of this process are written to the table `touched`, so that other processes hear of them. The server, which
  // is told directly, leaves it out.
  bool announce = true;
  // How connections are made; a test puts a FaultyConnection here.
  std::function<std::unique_ptr<Connection>(const std::filesystem::path&, Access)> connect = open_sqlite;
};

// Thread-safe.
class Database {
  struct State;

 public:
  // Runs the migrations that are missing. Error{conflict, sentence} if the database is newer than this program,
  // Error{unavailable, sentence} if it can't be opened.
  static base::Result<std::unique_ptr<Database>> open(DatabaseSettings settings);
  explicit Database(std::unique_ptr<State> state);  // for open
  ~Database();                                      // finishes queued writes; every Reading must be gone

  // Throws DatabaseError. The snapshot is that of the first statement.
  Reading read();

  // Queues `work` for the writer thread; works that arrived meanwhile share one commit. `done` is called once the commit is
  // durable, from another thread that calls one after the other, with nullptr, or with what `work` or the commit threw (then
  // nothing of it stays), and with what it may read from: a snapshot no older than the commit, which it shares with others. A
  // work that throws is rolled back alone, and so `work` may be run twice: the last run counts. Where the whole transaction is
  // lost (a failed commit, a full disk), all works of the batch are reported with that exception; none is run again. A work must
  // not wait for another write; `done` must not throw.
  using Work = std::function<void(Transaction&)>;
  using Done = std::function<void(std::exception_ptr, CommonReading&)>;
  void submit(Work work, Done done);

  // Waits for the commit. A function that returns a Result with an error is rolled back, and the Result handed on. Rethrows what
  // the function or the commit threw. Must not be called from the writer thread (inside a work or the listener):
  // std::logic_error.
  template <class F>
  std::invoke_result_t<F, Transaction&> write(F&& work) {
    std::optional<std::invoke_result_t<F, Transaction&>> result;
    write_and_wait([&](Transaction& tx) {
      result.emplace(work(tx));
      if (!*result) throw Refused{};
    });
    return std::move(*result);
  }

  // Called on the writer thread after every commit with what it touched, before any `done` of that commit; and from poll() with
  // what others touched. Each thing once; {0, 0} alone means everything. Not called when nothing was touched. Must not throw.
  void on_touched(std::function<void(const std::vector<Touched>&)> listener);
  // Looks whether another process wrote, and if so tells the listener what it touched. Cheap: one PRAGMA. Call it often from one
  // thread. Throws DatabaseError; what was missed is told by the next call.
  void poll();

  // Writes the whole file anew and empties its log, so that nothing which was deleted is left in either. Takes as long as copying
  // the file; writes wait meanwhile. Throws DatabaseError{busy} if somebody reads or writes all the time: what was deleted stays
  // deleted, and the call can be repeated.
  void write_anew();

  const std::filesystem::path& file() const;

 private:
  struct Refused {};                      // thrown through the savepoint to roll it back; never leaves write()
  void write_and_wait(const Work& work);  // rethrows all but Refused

  std::unique_ptr<State> state_;
};

}  // namespace db
