#include "http/worker_pool.h"

#include <exception>
#include <string>
#include <utility>

#include "base/log.h"

namespace http {

namespace {

// A path may hold a capability only in its query (invariant 5), so the log gets the path alone.
void log_failure(const std::string& path, std::string_view cause) {
  base::log::error("a request failed: " + path + ": " + std::string(cause));
}

}  // namespace

WorkerPool::WorkerPool(unsigned threads, std::size_t queue, Handler handler)
    : handler_(std::move(handler)), room_(queue), idle_(threads) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::try_add(Job& job) {
  bool is_to_wake = false;
  {
    const base::MutexLock lock(mutex_);
    if (stopping_ || queue_.size() >= room_ + idle_) return false;
    queue_.push_back(std::move(job));
    is_to_wake = !std::exchange(is_one_waking_, true);
  }
  if (is_to_wake) changed_.notify_one();
  return true;
}

std::size_t WorkerPool::queued() const {
  const base::MutexLock lock(mutex_);
  return queue_.size();
}

void WorkerPool::stop() {
  std::deque<Job> dropped;
  {
    const base::MutexLock lock(mutex_);
    stopping_ = true;
    dropped.swap(queue_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::work() {
  mutex_.lock();
  while (true) {
    while (queue_.empty() && !stopping_) {
      is_one_waking_ = false;
      changed_.wait(mutex_);
    }
    if (queue_.empty()) break;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    --idle_;
    is_one_waking_ = !queue_.empty();
    const bool is_to_wake = is_one_waking_;
    mutex_.unlock();
    if (is_to_wake) changed_.notify_one();
    run(std::move(job));
    mutex_.lock();
    ++idle_;
  }
  mutex_.unlock();
}

void WorkerPool::run(Job job) {
  const std::string path = job.request.path;
  if (job.timing) job.timing->begin();
  try {
    handler_(std::move(job.request), std::move(job.reply));
  } catch (const std::exception& cause) {
    log_failure(path, cause.what());
  } catch (...) {
    log_failure(path, "an exception of unknown type");
  }
  if (job.timing) job.timing->leave();
}

}  // namespace http
