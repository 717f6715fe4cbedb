#include "http/topic.h"

#include <utility>
#include <vector>

#include "http/loop.h"

namespace http {

void Topic::say(std::string event) {
  {
    const base::MutexLock lock(mutex_);
    ++said_.number;
    said_.event = std::make_shared<const std::string>(std::move(event));
  }
  tell();
}

void Topic::say_first(std::string event) {
  {
    const base::MutexLock lock(mutex_);
    if (said_.number > 0) return;
    said_.number = 1;
    said_.event = std::make_shared<const std::string>(std::move(event));
  }
  tell();
}

void Topic::end() {
  {
    const base::MutexLock lock(mutex_);
    said_.is_over = true;
  }
  tell();
}

Topic::Said Topic::last() const {
  const base::MutexLock lock(mutex_);
  return said_;
}

void Topic::add_listener(const std::shared_ptr<Loop>& loop) {
  const base::MutexLock lock(mutex_);
  Audience& audience = audiences_[loop.get()];
  audience.loop = loop;
  ++audience.listeners;
}

void Topic::remove_listener(const Loop& loop) {
  const base::MutexLock lock(mutex_);
  const auto found = audiences_.find(&loop);
  if (found != audiences_.end() && --found->second.listeners == 0) audiences_.erase(found);
}

// Without the lock: a loop that is let go of here may end here.
void Topic::tell() {
  std::vector<std::shared_ptr<Loop>> loops;
  {
    const base::MutexLock lock(mutex_);
    for (const auto& [key, audience] : audiences_) {
      if (auto loop = audience.loop.lock()) loops.push_back(std::move(loop));
    }
  }
  for (const auto& loop : loops) loop->post_news(shared_from_this());
}

}  // namespace http
