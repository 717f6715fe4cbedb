// How long the calling thread has been inside of transactions for reading, and how long it has waited for commits of its writes, since it began. The
// difference between two moments tells what a piece of work spent there.
#pragma once

#include <chrono>
#include <cstddef>

namespace db {

struct TimeSpent {
  std::chrono::nanoseconds reading{0};
  std::chrono::nanoseconds committing{0};
};

// Only db adds to it.
TimeSpent& time_spent_on_this_thread();

// How many works the transaction holds that this thread is about to commit. Only the writer sets it, and who measures the commit takes
// it away.
std::size_t& works_on_this_thread();

}  // namespace db
