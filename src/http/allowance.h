// How much of something a client may do: a reserve that is used up by each and grows again with time, up to its limit.
#pragma once

#include <algorithm>
#include <cstdint>

namespace http {

// Counts in whatever unit its owner does. Not thread-safe.
class Allowance {
 public:
  // `most`: at once; `per_second`: what comes back.
  Allowance(std::int64_t most, std::int64_t per_second) : most_(most), per_second_(per_second), left_(most) {}

  // Gives whether there was enough left. Otherwise nothing is left.
  bool take(std::int64_t amount) {
    left_ = std::max<std::int64_t>(left_ - amount, -1);
    return left_ >= 0;
  }
  void give(std::int64_t amount) { left_ = std::min(left_ + amount, most_); }
  void on_tick() { give(per_second_); }

 private:
  std::int64_t most_;
  std::int64_t per_second_;
  std::int64_t left_;
};

}  // namespace http
