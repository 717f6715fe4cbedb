// Counts and distributions that the running program keeps of itself, for whoever asks how it is. They hold numbers and nothing
// else: no address, no text, nothing of a person. Nothing here decides what is measured or how it is told.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace base {

// Counts up on one thread, read on any. Adding is an ordinary load and store, without the lock of fetch_add: it costs the hot
// path nothing.
class OwnCounter {
 public:
  void add(std::uint64_t more = 1) { value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

// Counts up on any thread, read on any.
class SharedCounter {
 public:
  void add(std::uint64_t more = 1) { value_.fetch_add(more, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

// A histogram at one moment: how many values were at most each bound and above the one before; the last count has no bound.
struct Distribution {
  std::vector<double> bounds;
  std::vector<std::uint64_t> counts;
  double sum = 0;
};

// Thread-safe. The sum is kept in millionths of the unit, so that it can be added to without a lock.
class Histogram {
 public:
  // Rising bounds, which must outlive it.
  explicit Histogram(std::span<const double> bounds)
      : bounds_(bounds), counts_(new std::atomic<std::uint64_t>[bounds.size() + 1]()) {}

  void observe(double value) {
    const auto place = static_cast<std::size_t>(std::ranges::lower_bound(bounds_, value) - bounds_.begin());
    counts_[place].fetch_add(1, std::memory_order_relaxed);
    millionths_.fetch_add(static_cast<std::uint64_t>(std::max(0.0, value) * 1e6), std::memory_order_relaxed);
  }

  Distribution read() const {
    Distribution now{
        {bounds_.begin(), bounds_.end()}, {}, static_cast<double>(millionths_.load(std::memory_order_relaxed)) / 1e6};
    for (std::size_t i = 0; i <= bounds_.size(); ++i) now.counts.push_back(counts_[i].load(std::memory_order_relaxed));
    return now;
  }

 private:
  std::span<const double> bounds_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;
  std::atomic<std::uint64_t> millionths_ = 0;
};

}  // namespace base
