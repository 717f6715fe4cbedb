// The threads that run handlers, with a queue that has an end: what does not fit is refused at once instead of waiting for ever.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "http/server.h"

namespace http {

// Thread-safe.
class WorkerPool {
 public:
  struct Job {
    Request request;
    Reply reply;
    std::shared_ptr<Timing> timing = nullptr;  // may be missing
  };

  WorkerPool(unsigned threads, std::size_t queue, Handler handler);
  ~WorkerPool();  // stops

  // Takes the job out of `job` if there is room; otherwise leaves it there and gives false.
  bool try_add(Job& job) EXCLUDES(mutex_);
  std::size_t queued() const EXCLUDES(mutex_);
  // Drops what is queued (each is then answered with 500 by its Reply) and waits for the handlers that are running.
  void stop() EXCLUDES(mutex_);

 private:
  void work() EXCLUDES(mutex_);
  void run(Job job);

  const Handler handler_;
  const std::size_t room_;
  mutable base::Mutex mutex_;
  base::Condition changed_;
  std::deque<Job> queue_ GUARDED_BY(mutex_);
  std::size_t idle_ GUARDED_BY(mutex_);  // threads that wait or soon will: a job for one of them takes no room in the queue
  // A thread was woken and has not looked yet. It wakes the next one if it finds more than it takes: jobs that come together need
  // not cost a system call each.
  bool is_one_waking_ GUARDED_BY(mutex_) = false;
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace http
