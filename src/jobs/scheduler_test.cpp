#include "jobs/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <stdexcept>

namespace jobs {
namespace {

using namespace std::chrono_literals;
using testing::MatchesRegex;

// A task that opens the latch step by step and then does nothing any more.
std::function<void()> counting(std::latch& latch) {
  return [&latch, left = 3]() mutable {
    if (left-- > 0) latch.count_down();
  };
}

TEST(Scheduler, Each_task_runs_again_and_again) {
  std::latch first(3);
  std::latch second(3);
  Scheduler scheduler({{"first", 1ms, counting(first)}, {"second", 2ms, counting(second)}});
  first.wait();
  second.wait();
}

TEST(Scheduler, A_task_that_throws_is_tried_again_and_ends_no_other) {
  std::latch runs(3);
  std::latch other(3);
  Scheduler scheduler({{"broken", 1ms,
                        [count = counting(runs)] {
                          count();
                          throw std::runtime_error("on purpose");
                        }},
                       {"other", 1ms, counting(other)}});
  runs.wait();
  other.wait();
}

TEST(Scheduler, A_task_that_keeps_failing_is_told_once_and_again_when_it_works) {
  std::latch success(1);
  testing::internal::CaptureStderr();
  {
    Scheduler scheduler({{"mend", 1ms, [&, attempt = 0]() mutable {
                            if (++attempt <= 3) throw std::runtime_error("not yet");
                            if (attempt == 4) success.count_down();
                          }}});
    success.wait();
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, MatchesRegex("[^\n]* The task \"mend\" failed and will be tried again: not yet\n"
                                "[^\n]* The task \"mend\" works again, after [0-9]+ s\n"));
}

TEST(Scheduler, It_stops_at_once_though_the_next_run_is_far_away) {
  std::promise<void> ran;
  const auto begin = std::chrono::steady_clock::now();
  {
    Scheduler scheduler({{"daily", 24h, [&] { ran.set_value(); }}});
    ran.get_future().wait();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1h);
}

TEST(Scheduler, Its_end_waits_for_the_task_that_is_running) {
  std::promise<void> started;
  std::promise<void> may_end;
  bool has_ended = false;
  {
    Scheduler scheduler({{"slow", 24h, [&] {
                            started.set_value();
                            may_end.get_future().wait();
                            has_ended = true;
                          }}});
    started.get_future().wait();
    may_end.set_value();
  }
  EXPECT_TRUE(has_ended);
}

TEST(Scheduler, Without_tasks_it_does_nothing) { Scheduler scheduler({}); }

}  // namespace
}  // namespace jobs
