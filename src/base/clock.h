// Where the current time comes from. Rules and use cases take a Clock, so that a test can stand at any moment.
#pragma once

#include <atomic>

#include "base/time.h"

namespace base {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); }
};

// A clock that stands still until it is told otherwise. For tests and for making the demonstration site.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Time start) : seconds_(to_unix(start)) {}
  Time now() const override { return from_unix(seconds_.load()); }
  void set(Time time) { seconds_.store(to_unix(time)); }
  void advance(Seconds by) { seconds_.fetch_add(by.count()); }

 private:
  std::atomic<std::int64_t> seconds_;
};

}  // namespace base
