#include "jobs/scheduler.h"

#include <algorithm>
#include <exception>

#include "base/format.h"

namespace jobs {

using std::chrono::steady_clock;

Scheduler::Scheduler(std::vector<Task> tasks) {
  for (Task& task : tasks) entries_.push_back(entry_of(std::move(task)));
  thread_ = std::thread([this] { run_all(); });
}

Scheduler::~Scheduler() {
  {
    base::MutexLock lock(mutex_);
    is_stopping_ = true;
  }
  stopping_.notify_all();
  thread_.join();
}

Scheduler::Entry Scheduler::entry_of(Task task) {
  base::Outage outage(base::format("The task \"{}\" failed and will be tried again", task.name),
                      base::format("The task \"{}\" works again", task.name));
  return {std::move(task), std::move(outage), steady_clock::now()};
}

// One of the three places that catch (docs/architecture.md, section 7): the task is tried again at its next turn.
void Scheduler::run_safely(Entry& entry) {
  try {
    entry.task.run();
    entry.outage.works();
  } catch (const std::exception& error) {
    entry.outage.fails(error.what());
  }
}

void Scheduler::run_all() {
  if (entries_.empty()) return;
  for (;;) {
    Entry& entry =
        *std::min_element(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.next < b.next; });
    if (!wait_until(entry.next)) return;
    run_safely(entry);
    entry.next = steady_clock::now() + entry.task.every;
  }
}

bool Scheduler::wait_until(Moment moment) {
  base::MutexLock lock(mutex_);
  while (!is_stopping_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(moment - steady_clock::now());
    if (left.count() <= 0) return true;
    stopping_.wait_for(mutex_, left);
  }
  return false;
}

}  // namespace jobs
