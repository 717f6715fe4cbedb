#include "store/thread_path.h"

#include <gtest/gtest.h>

namespace store {
namespace {

base::Time at(std::int64_t seconds) { return base::from_unix(seconds); }

TEST(ThreadPath, Orders_siblings_by_time_and_then_by_id) {
  EXPECT_LT(thread_path("", at(1), {9}), thread_path("", at(2), {1}));
  EXPECT_LT(thread_path("", at(1), {1}), thread_path("", at(1), {2}));
  EXPECT_LT(thread_path("", at(255), {1}), thread_path("", at(256), {1}));
}

TEST(ThreadPath, Stands_behind_the_parent_and_before_the_parents_next_sibling) {
  const std::string parent = thread_path("", at(5), {1});
  const std::string reply = thread_path(parent, at(900), {3});
  EXPECT_LT(parent, reply);
  EXPECT_LT(reply, behind_thread(parent));
  EXPECT_LE(behind_thread(parent), thread_path("", at(5), {2}));
  EXPECT_EQ(parent_of_path(reply), parent);
  EXPECT_EQ(root_of_path(reply), parent);
  EXPECT_EQ(path_levels(reply), 2U);
}

TEST(ThreadPath, Takes_a_time_before_1970_for_1970) { EXPECT_EQ(thread_path("", at(-5), {1}), thread_path("", at(0), {1})); }

TEST(ThreadPath, Carries_over_where_the_last_byte_is_full) {
  EXPECT_EQ(behind_thread(thread_path("", at(0), {255})), thread_path("", at(0), {256}));
}

}  // namespace
}  // namespace store
