#include "base/hash.h"

#include <gtest/gtest.h>

namespace base {
namespace {

// printf 'The bridge opens.' | b2sum -l 256
TEST(Hash, It_is_what_b2sum_prints) {
  EXPECT_EQ(hash_of("The bridge opens."), "6bb2e37640983f434f5e76575e104695cdc6ca175b60910dd2a2f6b8e2a14023");
}

TEST(Hash, It_is_the_same_in_one_piece_and_in_many) {
  Hash hash;
  for (const char c : std::string_view("The bridge opens.")) hash.add(std::string_view(&c, 1));
  EXPECT_EQ(hash.finish(), hash_of("The bridge opens."));
}

}  // namespace
}  // namespace base
