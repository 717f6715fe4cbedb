// Makes kept pages smaller once their first reader has been served: a page is compressed quickly when it is made, because
// somebody waits for it, and well when it has stood for a moment, because many will fetch it. One thread, a bounded queue; a page
// that is made anew before its turn, as under a flood of comments, costs nothing here. It never makes a page and never decides
// what is fresh.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <thread>

#include "base/mutex.h"
#include "http/message.h"
#include "http/prepared.h"
#include "web/page_cache.h"

namespace web {

// Thread-safe.
class Polisher {
 public:
  // `stands`: how long a page must have stood.
  explicit Polisher(PageCache& cache, std::chrono::milliseconds stands = std::chrono::milliseconds(200));
  ~Polisher();  // leaves undone what waits
  Polisher(const Polisher&) = delete;
  Polisher& operator=(const Polisher&) = delete;

  // `response` is what the page was prepared from. Where the queue is full, the page stays as it is.
  void add(std::shared_ptr<const CachedPage> page, http::Response response, http::Effort effort) EXCLUDES(mutex_);
  // Of the pages that wait.
  std::size_t bytes_waiting() const EXCLUDES(mutex_);
  // Returns once nothing waits any more; for tests.
  void finish() EXCLUDES(mutex_);

 private:
  struct Rough {
    std::shared_ptr<const CachedPage> page;
    http::Response response;
    http::Effort effort;
    std::chrono::steady_clock::time_point due;
  };
  void run() EXCLUDES(mutex_);
  bool take(Rough& rough) EXCLUDES(mutex_);
  void polish(const Rough& rough);

  PageCache& cache_;
  const std::chrono::milliseconds stands_;
  mutable base::Mutex mutex_;
  base::Condition changed_;
  std::deque<Rough> queue_ GUARDED_BY(mutex_);
  std::size_t bytes_ GUARDED_BY(mutex_) = 0;
  bool is_busy_ GUARDED_BY(mutex_) = false;
  bool is_stopping_ GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace web
