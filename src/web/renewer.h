// Makes busy pages anew as soon as something they were made from has changed, so that none of their readers waits for it: meanwhile
// they get the page before (web/page_cache.h, invariant 2). One thread, which spends at most a quarter of its time on one page: what
// changes faster is shown a moment later, and costs as many makings as that takes, however many write and read. The cache decides
// what is busy and what is stale; this decides when.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/mutex.h"
#include "web/page_cache.h"

namespace web {

// Thread-safe.
class Renewer {
 public:
  // Makes the page and keeps it. Gives the duty to make it once more, where there is one. May throw.
  using Make = std::function<std::optional<PageCache::Making>(PageCache::Making making)>;

  explicit Renewer(Make make);
  ~Renewer();  // leaves undone what waits: the next reader of such a page makes it
  Renewer(const Renewer&) = delete;
  Renewer& operator=(const Renewer&) = delete;

  // What finds no room is left undone.
  void add(std::vector<PageCache::Making> makings) EXCLUDES(mutex_);
  void add(std::optional<PageCache::Making> making) EXCLUDES(mutex_);

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    PageCache::Making making;
    Clock::time_point due;
  };

  void run() EXCLUDES(mutex_);
  std::optional<PageCache::Making> take() EXCLUDES(mutex_);
  void renew(PageCache::Making making) EXCLUDES(mutex_);
  std::optional<PageCache::Making> make_or_leave(PageCache::Making making) const;
  void rest(const std::string& key, Clock::duration taken) EXCLUDES(mutex_);

  const Make make_;
  base::Mutex mutex_;
  base::Condition changed_;
  std::list<Waiting> waiting_ GUARDED_BY(mutex_);
  std::unordered_map<std::string, Clock::time_point> resting_ GUARDED_BY(mutex_);  // until when, of pages that were made lately
  bool is_stopping_ GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace web
