// The one thread of a process that writes: it takes queued works and commits as many as have arrived together, so that one fsync
// serves them all (docs/architecture.md, section 8). A work that throws is undone alone. It never reads for others and never keeps
// a transaction open while it waits.
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
#include "db/connection.h"
#include "db/place.h"
#include "db/transaction.h"

namespace db {

// submit is thread-safe.
class Writer {
 public:
  using Work = std::function<void(Transaction&)>;
  using Done = std::function<void(std::exception_ptr)>;
  using Tell = std::function<void(const std::vector<Touched>&)>;

  // Whether a work may be run once more, after all of its batch was undone because of another one.
  enum class Repeat { never, fine };

  Writer(std::unique_ptr<Connection> connection, std::size_t batch, std::optional<Announcer> announcer, Tell tell, Place place);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();  // finishes what is queued

  void submit(Work work, Repeat repeat, Done done);
  bool is_current_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  struct Job {
    Work work;
    Repeat repeat;
    Done done;
  };
  using Outcomes = std::vector<std::exception_ptr>;

  void run();
  std::vector<Job> take_batch();
  void run_batch(std::vector<Job> jobs);
  bool run_together(const std::vector<Job>& jobs, std::set<Touched>& touched);
  void run_apart(const std::vector<Job>& jobs, Outcomes& outcomes, std::set<Touched>& touched);
  std::exception_ptr run_in_savepoint(const Work& work, std::set<Touched>& touched);
  void commit(const std::set<Touched>& touched);
  void note(const Outcomes& outcomes);

  std::unique_ptr<Connection> connection_;
  const std::size_t batch_;
  std::optional<Announcer> announcer_;
  const Tell tell_;
  const Place place_;
  base::Outage outage_{"the database takes no writes, and whoever wants to write is told to come back later",
                       "the database takes writes again"};

  base::Mutex mutex_;
  base::Condition arrived_;
  std::deque<Job> queue_ GUARDED_BY(mutex_);
  bool is_stopping_ GUARDED_BY(mutex_) = false;

  std::thread thread_;  // last, so that everything above is there when it starts
};

}  // namespace db
