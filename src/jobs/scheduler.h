// Runs tasks again and again, each after its own interval, on one thread: publishing what is due, forgetting what has expired,
// looking for what other processes wrote. Never runs two tasks at once, and never lets one that throws end the others.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "base/outage.h"

namespace jobs {

struct Task {
  std::string name;                 // for the log
  std::chrono::milliseconds every;  // from the end of one run to the start of the next
  std::function<void()> run;
};

// Thread-safe. Each task runs once at the start, then at its interval.
class Scheduler {
 public:
  explicit Scheduler(std::vector<Task> tasks);
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;
  ~Scheduler();  // waits for the task that is running, starts none

 private:
  using Moment = std::chrono::steady_clock::time_point;  // intervals do not follow the wall clock

  struct Entry {
    Task task;
    base::Outage outage;
    Moment next;
  };

  static Entry entry_of(Task task);
  static void run_safely(Entry& entry);
  void run_all();
  bool wait_until(Moment moment);  // false: it is time to stop

  std::vector<Entry> entries_;  // of the thread alone, once it runs
  base::Mutex mutex_;
  base::Condition stopping_;
  bool is_stopping_ GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last, so that everything above is there when it starts
};

}  // namespace jobs
