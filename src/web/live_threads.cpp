#include "web/live_threads.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/format.h"

namespace web {
namespace {

void say_if_new(http::Topic& topic, std::string event) {
  const http::Topic::Said last = topic.last();
  if (!last.event || *last.event != event) topic.say(std::move(event));
}

}  // namespace

LiveThreads::LiveThreads(const desk::Desk& desk, std::chrono::milliseconds pause) : desk_(desk), pause_(pause) {
  thread_ = std::thread([this] { work(); });
}

LiveThreads::~LiveThreads() {
  {
    const base::MutexLock lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
  const base::MutexLock lock(mutex_);
  for (const auto& [article, watched] : topics_) {
    if (const auto topic = watched.lock()) topic->end();
  }
}

std::shared_ptr<http::Topic> LiveThreads::topic_of(news::ArticleId article) {
  const base::MutexLock lock(mutex_);
  if (const auto found = topics_.find(article.value); found != topics_.end()) {
    if (auto topic = found->second.lock(); topic && !topic->last().is_over) return topic;
  }
  forget_unwatched();
  auto topic = std::make_shared<http::Topic>();
  topics_[article.value] = topic;
  return topic;
}

void LiveThreads::hear(const std::vector<news::Source>& touched) {
  {
    const base::MutexLock lock(mutex_);
    if (topics_.empty()) return;
    for (const news::Source& source : touched) {
      if (source.kind == news::SourceKind::everything) {
        for (const auto& [article, topic] : topics_) touched_.insert(article);
      }
      const bool is_of_article = source.kind == news::SourceKind::thread || source.kind == news::SourceKind::article;
      if (is_of_article && topics_.contains(source.id)) touched_.insert(source.id);
    }
    if (touched_.empty()) return;
  }
  changed_.notify_all();
}

std::string LiveThreads::event_of(const desk::ThreadState& state) {
  return base::format("data: {{\"total\":{},\"newest\":{}}}\n\n", state.total, state.newest.value);
}

// The pause comes after the telling: the first of many writes is told at once.
void LiveThreads::work() {
  while (true) {
    const std::unordered_set<Id> changed = take_changed();
    if (changed.empty()) return;
    // One that can't be read is not over because another one can.
    const auto failed = std::ranges::count_if(changed, [this](Id article) { return !tell(article); });
    if (failed == 0) outage_.works();
    const base::MutexLock lock(mutex_);
    const auto end = std::chrono::steady_clock::now() + pause_;
    for (auto now = end - pause_; now < end && !is_stopping_; now = std::chrono::steady_clock::now())
      changed_.wait_for(mutex_, std::chrono::ceil<std::chrono::milliseconds>(end - now));
  }
}

// Nothing: it is time to stop.
std::unordered_set<LiveThreads::Id> LiveThreads::take_changed() {
  const base::MutexLock lock(mutex_);
  while (true) {
    while (touched_.empty() && !is_stopping_) changed_.wait(mutex_);
    if (is_stopping_) return {};
    forget_unwatched();
    if (!touched_.empty()) return std::exchange(touched_, {});
  }
}

// False where the database is away: the next round tries again.
bool LiveThreads::tell(Id article) {
  const std::shared_ptr<http::Topic> topic = find_topic(article);
  if (!topic) return true;
  try {
    const base::Result<desk::ThreadState> state = desk::read_thread_state(desk_, {article});
    if (state) {
      say_if_new(*topic, event_of(*state));
    } else {
      topic->end();
    }
    return true;
  } catch (const std::exception& cause) {
    outage_.fails(cause.what());
    const base::MutexLock lock(mutex_);
    touched_.insert(article);
    return false;
  }
}

std::shared_ptr<http::Topic> LiveThreads::find_topic(Id article) {
  const base::MutexLock lock(mutex_);
  const auto found = topics_.find(article);
  return found == topics_.end() ? nullptr : found->second.lock();
}

void LiveThreads::forget_unwatched() {
  std::erase_if(topics_, [](const auto& entry) { return entry.second.expired(); });
  std::erase_if(touched_, [this](Id article) REQUIRES(mutex_) { return !topics_.contains(article); });
}

}  // namespace web
