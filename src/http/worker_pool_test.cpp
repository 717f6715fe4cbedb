#include "http/worker_pool.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace http {
namespace {

using std::chrono::seconds;

// Counts, and lets somebody wait for a number.
class Count {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }
  bool reaches(int number) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, seconds(10), [&] { return count_ >= number; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

WorkerPool::Job job() {
  return {Request{}, Reply([](Response&&) {})};
}

bool add(WorkerPool& pool) {
  WorkerPool::Job added = job();
  return pool.try_add(added);
}

TEST(WorkerPool, Jobs_that_come_together_are_all_taken_at_once_if_there_are_threads) {
  Count begun, over;
  WorkerPool pool(4, 0, [&](Request, Reply) {
    begun.add();
    over.reaches(1);
  });
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(add(pool));
  EXPECT_TRUE(begun.reaches(4));
  EXPECT_FALSE(add(pool)) << "there is neither a thread nor room";
  over.add();
}

TEST(WorkerPool, No_job_is_forgotten_whenever_it_comes) {
  constexpr int jobs = 20'000;
  Count done;
  WorkerPool pool(3, jobs, [&](Request, Reply) { done.add(); });
  std::thread another([&] {
    for (int i = 0; i < jobs / 2; ++i) EXPECT_TRUE(add(pool));
  });
  for (int i = 0; i < jobs / 2; ++i) {
    EXPECT_TRUE(add(pool));
    if (i % 64 == 0) std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
  another.join();
  EXPECT_TRUE(done.reaches(jobs));
}

}  // namespace
}  // namespace http
