#include "base/measure.h"

#include <gmock/gmock.h>

#include <thread>

namespace base {
namespace {

constexpr double bounds[] = {1, 10};

TEST(Histogram, A_value_at_a_bound_belongs_to_it_and_what_is_above_all_has_a_place) {
  Histogram histogram(bounds);
  for (const double value : {0.5, 1.0, 1.5, 10.0, 11.0, 1000.0}) histogram.observe(value);
  const Distribution now = histogram.read();
  EXPECT_THAT(now.counts, testing::ElementsAre(2, 2, 2));
  EXPECT_DOUBLE_EQ(now.sum, 1024.0);
}

TEST(Histogram, Nothing_is_lost_when_threads_observe_together) {
  Histogram histogram(bounds);
  {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] {
      for (int j = 0; j < 1000; ++j) histogram.observe(2);
    });
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_THAT(histogram.read().counts, testing::ElementsAre(0, 4000, 0));
  EXPECT_DOUBLE_EQ(histogram.read().sum, 8000.0);
}

}  // namespace
}  // namespace base
