#include "db/scratch.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace db {
namespace {

TEST(Scratch, Keeps_the_last_value_or_the_first_as_it_is_told) {
  Scratch scratch;
  scratch.put("a", "1");
  scratch.put("a", "2");
  EXPECT_EQ(scratch.get("a"), "2");
  EXPECT_FALSE(scratch.put_new("a", "3"));
  EXPECT_TRUE(scratch.put_new("b", "4"));
  EXPECT_EQ(scratch.get("a"), "2");
  EXPECT_TRUE(scratch.contains("b"));
  scratch.erase("b");
  EXPECT_EQ(scratch.get("b"), std::nullopt);
}

TEST(Scratch, Walks_over_what_begins_alike_in_the_order_of_bytes) {
  using namespace std::string_literals;
  Scratch scratch;
  for (const std::string& key : {"w:1\0b"s, "w:1\0a"s, "w:11"s, "v:1"s, "w:1\0\xff"s}) scratch.put(key, key);
  std::string walked;
  for (auto entry = scratch.next("w:1\0"s); entry; entry = scratch.next("w:1\0"s, entry->key)) walked += entry->key.back();
  EXPECT_EQ(walked, "ab\xff");
}

TEST(Scratch, Holds_more_than_memory_is_set_aside_for) {
  Scratch scratch;
  const std::string value(10'000, 'x');
  for (int i = 0; i < 3000; ++i) scratch.put(base::format("{:05}", i), value);
  EXPECT_EQ(scratch.get("00000"), value);
  EXPECT_EQ(scratch.get("02999"), value);
}

}  // namespace
}  // namespace db
