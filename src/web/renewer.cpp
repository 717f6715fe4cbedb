#include "web/renewer.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "base/turns.h"

namespace web {
namespace {

constexpr int behind_those_who_answer = 15;  // nice
constexpr std::size_t most_waiting = 64;
constexpr int rest_for_work = 3;  // so many times what a making took
constexpr std::chrono::milliseconds longest_rest{250};

}  // namespace

Renewer::Renewer(Make make) : make_(std::move(make)) {
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

void Renewer::add(std::optional<PageCache::Making> making) {
  if (!making) return;
  std::vector<PageCache::Making> one;
  one.push_back(*std::move(making));
  add(std::move(one));
}

void Renewer::run() {
  base::stand_back(behind_those_who_answer);
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
  std::optional<PageCache::Making> again = make_or_leave(std::move(making));
  rest(key, Clock::now() - begun);
  add(std::move(again));
}

std::optional<PageCache::Making> Renewer::make_or_leave(PageCache::Making making) const try {
  making.begin();
  return make_(std::move(making));
} catch (const std::exception& cause) {
  base::log::error(base::format("a page is left to its next reader: {}", cause.what()));
  return std::nullopt;
}

void Renewer::rest(const std::string& key, Clock::duration taken) {
  base::MutexLock lock(mutex_);
  const Clock::time_point now = Clock::now();
  std::erase_if(resting_, [&](const auto& page) { return page.second <= now; });
  resting_[key] = now + std::min<Clock::duration>(rest_for_work * taken, longest_rest);
}

}  // namespace web
