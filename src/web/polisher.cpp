#include "web/polisher.h"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include "base/heap.h"
#include "base/log.h"
#include "base/turns.h"

namespace web {
namespace {

constexpr std::size_t most_bytes_waiting = 4 * 1024 * 1024;
constexpr std::size_t bytes_between_clearing = 1024 * 1024;
constexpr int behind_everybody_else = 10;  // nice

}  // namespace

Polisher::Polisher(PageCache& cache, std::chrono::milliseconds stands) : cache_(cache), stands_(stands) {
  thread_ = std::thread([this] { run(); });
}

Polisher::~Polisher() {
  {
    base::MutexLock lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Polisher::add(std::shared_ptr<const CachedPage> page, http::Response response, http::Effort effort) {
  const auto due = std::chrono::steady_clock::now() + stands_;
  {
    base::MutexLock lock(mutex_);
    if (bytes_ + response.body.size() > most_bytes_waiting) return;
    bytes_ += response.body.size();
    queue_.push_back({std::move(page), std::move(response), effort, due});
  }
  changed_.notify_all();
}

std::size_t Polisher::bytes_waiting() const {
  base::MutexLock lock(mutex_);
  return bytes_;
}

void Polisher::finish() {
  base::MutexLock lock(mutex_);
  while (!queue_.empty() || is_busy_) changed_.wait(mutex_);
}

void Polisher::run() {
  base::stand_back(behind_everybody_else);
  std::size_t replaced = 0;
  for (Rough rough; take(rough);) {
    try {
      polish(rough);
    } catch (const std::exception& cause) {
      base::log::error(std::string("a page stays as it was first compressed: ") + cause.what());
    }
    replaced += rough.page->bytes;
    rough = {};
    // The first bytes of each page leave a hole in the heap of the worker that made them, where the next are seldom put.
    if (replaced < bytes_between_clearing) continue;
    base::give_back_holes();
    replaced = 0;
  }
}

bool Polisher::take(Rough& rough) {
  base::MutexLock lock(mutex_);
  is_busy_ = false;
  changed_.notify_all();
  while (!is_stopping_) {
    if (queue_.empty()) {
      changed_.wait(mutex_);
      continue;
    }
    const auto left = queue_.front().due - std::chrono::steady_clock::now();
    if (left <= std::chrono::steady_clock::duration::zero()) break;
    changed_.wait_for(mutex_, std::chrono::ceil<std::chrono::milliseconds>(left));
  }
  if (is_stopping_) return false;
  rough = std::move(queue_.front());
  queue_.pop_front();
  bytes_ -= rough.response.body.size();
  is_busy_ = true;
  return true;
}

void Polisher::polish(const Rough& rough) {
  const bool is_current =
      rough.page->fresh.load(std::memory_order_acquire) && !rough.page->dropped.load(std::memory_order_acquire);
  if (!is_current) return;
  const http::Plain plain = rough.page->prepared->is_packed() ? http::Plain::leave_out : http::Plain::keep;
  cache_.improve(rough.page, http::prepare(rough.response, rough.effort, plain));
}

}  // namespace web
