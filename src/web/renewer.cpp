#include "web/renewer.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/format.h"
#include "base/log.h"

namespace web {
namespace {

constexpr std::size_t most_waiting = 64;
constexpr int rest_for_work = 3;  // so many times what a making took
constexpr std::chrono::milliseconds longest_rest{250};

}  // namespace

Renewer::Renewer(PageCache& cache, Make make) : cache_(cache), make_(std::move(make)) {
  thread_ = std::thread([this] { run(); });
}

Renewer::~Renewer() {
  {
    base::MutexLock lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Renewer::add(std::vector<PageCache::Making> makings) {
  if (makings.empty()) return;
  {
    base::MutexLock lock(mutex_);
    const Clock::time_point now = Clock::now();
    for (PageCache::Making& making : makings) {
      if (waiting_.size() == most_waiting) break;
      const auto resting = resting_.find(making.key());
      const Clock::time_point due = resting == resting_.end() ? now : resting->second;
      waiting_.push_back({std::move(making), due});
    }
  }
  changed_.notify_all();
}

void Renewer::run() {
  while (std::optional<PageCache::Making> making = take()) renew(*std::move(making));
}

std::optional<PageCache::Making> Renewer::take() {
  base::MutexLock lock(mutex_);
  while (!is_stopping_) {
    const auto first = std::min_element(waiting_.begin(), waiting_.end(),
                                        [](const Waiting& one, const Waiting& other) { return one.due < other.due; });
    if (first == waiting_.end()) {
      changed_.wait(mutex_);
      continue;
    }
    const Clock::duration left = first->due - Clock::now();
    if (left > Clock::duration::zero()) {
      changed_.wait_for(mutex_, std::chrono::ceil<std::chrono::milliseconds>(left));
      continue;
    }
    std::optional<PageCache::Making> making(std::move(first->making));
    waiting_.erase(first);
    return making;
  }
  return std::nullopt;
}

void Renewer::renew(PageCache::Making making) {
  const std::string key = making.key();
  const Clock::time_point begun = Clock::now();
  std::shared_ptr<const CachedPage> page;
  try {
    making.begin();
    page = make_(std::move(making));
  } catch (const std::exception& cause) {
    base::log::error(base::format("a page is left to its next reader: {}", cause.what()));
  }
  rest(key, Clock::now() - begun);
  if (page == nullptr) return;
  std::vector<PageCache::Making> again;
  if (auto claimed = cache_.claim(*page)) again.push_back(*std::move(claimed));
  add(std::move(again));
}

void Renewer::rest(const std::string& key, Clock::duration taken) {
  base::MutexLock lock(mutex_);
  const Clock::time_point now = Clock::now();
  std::erase_if(resting_, [&](const auto& page) { return page.second <= now; });
  resting_[key] = now + std::min<Clock::duration>(rest_for_work * taken, longest_rest);
}

}  // namespace web
