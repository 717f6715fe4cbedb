#include "jobs/scheduler.h"

#include <algorithm>
#include <exception>

#include "base/format.h"
#include "base/log.h"

namespace jobs {
namespace {

using std::chrono::steady_clock;

// One of the three places that catch (docs/architecture.md, section 7): the task is tried again at its next turn.
void run_safely(const Task& task) {
  try {
    task.run();
  } catch (const std::exception& error) {
    base::log::error(base::format("The task \"{}\" failed and will be tried again: {}", task.name, error.what()));
  }
}

}  // namespace

Scheduler::Scheduler(std::vector<Task> tasks) {
  for (Task& task : tasks) entries_.push_back({std::move(task), steady_clock::now()});
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

void Scheduler::run_all() {
  if (entries_.empty()) return;
  for (;;) {
    Entry& entry =
        *std::min_element(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.next < b.next; });
    if (!wait_until(entry.next)) return;
    run_safely(entry.task);
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
