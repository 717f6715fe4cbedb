// Readers who wait for news of a thread: a topic for each article whose page somebody has open, on which the thread's numbers are
// said whenever they change. A write costs one look into a map; what it changed is read by a thread of its own, for those
// articles only that somebody watches, and no more often than a few times a second, whatever is written.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/mutex.h"
#include "base/outage.h"
#include "desk/desk.h"
#include "desk/read_thread_state.h"
#include "http/topic.h"
#include "news/source.h"

namespace web {

// Thread-safe. Invariant: a topic that is held by anybody hears of every write that was announced after topic_of() gave it.
class LiveThreads {
 public:
  explicit LiveThreads(const desk::Desk& desk, std::chrono::milliseconds pause = std::chrono::milliseconds(250));
  ~LiveThreads();  // ends all topics
  LiveThreads(const LiveThreads&) = delete;
  LiveThreads& operator=(const LiveThreads&) = delete;

  // Ask for it first and read the numbers then, or a write in between is missed. It lives as long as somebody holds it.
  std::shared_ptr<http::Topic> topic_of(news::ArticleId article) EXCLUDES(mutex_);
  // After every commit, from the thread that announces it.
  void hear(const std::vector<news::Source>& touched) EXCLUDES(mutex_);

  // "data: {"total":5,"newest":17}" as an event.
  static std::string event_of(const desk::ThreadState& state);

 private:
  using Id = std::int64_t;  // of an article
  void work() EXCLUDES(mutex_);
  std::unordered_set<Id> take_changed() EXCLUDES(mutex_);
  bool tell(Id article) EXCLUDES(mutex_);
  std::shared_ptr<http::Topic> find_topic(Id article) EXCLUDES(mutex_);
  void forget_unwatched() REQUIRES(mutex_);

  const desk::Desk desk_;
  const std::chrono::milliseconds pause_;
  // Of thread_ alone.
  base::Outage outage_{"the numbers of threads can't be read for those who watch them",
                       "the numbers of threads can be read again"};
  base::Mutex mutex_;
  base::Condition changed_;
  std::unordered_map<Id, std::weak_ptr<http::Topic>> topics_ GUARDED_BY(mutex_);
  std::unordered_set<Id> touched_ GUARDED_BY(mutex_);  // and watched
  bool is_stopping_ GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace web
