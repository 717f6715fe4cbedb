// The one thread of a process that writes: it takes queued works and commits as many as have arrived together, so that one fsync
// serves them all (docs/architecture.md, section 8). A work that throws is undone alone. Who waits is woken by it; all other
// answers go out from a second thread, while it writes the next batch. It never reads for others and never keeps a transaction
// open while it waits.
//
// Invariants:
// 1. `done` is called exactly once for each work, after its commit is durable or after nothing of it stays.
// 2. Nothing is acknowledged that was written into a file which somebody removed or replaced: it would be lost with it.
// 3. What a commit touched is told before any `done` of it, so that whoever is answered finds no stale page.
#pragma once

#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "base/outage.h"
#include "db/announcements.h"
#include "db/common_reading.h"
#include "db/connection.h"
#include "db/place.h"
#include "db/transaction.h"

namespace db {

// submit is thread-safe.
class Writer {
 public:
  using Work = std::function<void(Transaction&)>;
  using Done = std::function<void(std::exception_ptr, CommonReading&)>;
  using Tell = std::function<void(const std::vector<Touched>&)>;

  // What becomes of a work. waited_for: a thread waits for it, so it must not be run twice, and `done`, which wakes that thread,
  // is called at once. queued: it may be run once more, after all of its batch was undone because of another one, and `done` is
  // called from the answering thread.
  enum class Kind { waited_for, queued };

  // `pool` is what answers read from.
  Writer(std::unique_ptr<Connection> connection, std::size_t batch, std::optional<Announcer> announcer, Tell tell, Place place,
         ConnectionPool& pool);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();

  // Writes and answers what is queued, and takes nothing more. To be called by whoever destroys it, while that is still whole:
  // answers may read.
  void stop() EXCLUDES(mutex_);
  void submit(Work work, Kind kind, Done done) EXCLUDES(mutex_);
  bool is_current_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  struct Job {
    Work work;
    Kind kind;
    Done done;
  };
  struct Answer {
    Done done;
    std::exception_ptr outcome;
  };
  using Outcomes = std::vector<std::exception_ptr>;

  void run();
  std::vector<Job> take_batch() EXCLUDES(mutex_);
  void run_batch(std::vector<Job> jobs);
  bool run_together(const std::vector<Job>& jobs, Outcomes& outcomes, std::set<Touched>& touched);
  void run_apart(const std::vector<Job>& jobs, Outcomes& outcomes, std::set<Touched>& touched);
  std::exception_ptr run_in_savepoint(const Work& work, std::set<Touched>& touched);
  void commit(const std::set<Touched>& touched);
  void note(const Outcomes& outcomes);
  void answer(std::vector<Job> jobs, const Outcomes& outcomes) EXCLUDES(mutex_);
  void go_on_answering() EXCLUDES(mutex_);
  std::vector<Answer> take_answers() EXCLUDES(mutex_);

  std::unique_ptr<Connection> connection_;
  const std::size_t batch_;
  std::optional<Announcer> announcer_;
  const Tell tell_;
  const Place place_;
  ConnectionPool& pool_;
  base::Outage outage_{"the database takes no writes, and whoever wants to write is told to come back later",
                       "the database takes writes again"};

  base::Mutex mutex_;
  base::Condition arrived_;
  std::deque<Job> queue_ GUARDED_BY(mutex_);
  bool is_stopping_ GUARDED_BY(mutex_) = false;
  base::Condition committed_;
  std::vector<Answer> answers_ GUARDED_BY(mutex_);
  bool has_written_all_ GUARDED_BY(mutex_) = false;

  // Last, so that everything above is there when they start.
  std::thread thread_;
  std::thread answering_;
};

}  // namespace db
