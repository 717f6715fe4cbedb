#include "text/name_keys.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace text {
namespace {

bool look_alike(std::string_view one, std::string_view other) {
  const std::vector<std::string> keys = name_keys(one);
  const std::vector<std::string> others = name_keys(other);
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return std::find(others.begin(), others.end(), key) != others.end(); });
}

TEST(NameKeys, Names_that_a_reader_would_take_for_each_other_share_a_key) {
  EXPECT_TRUE(look_alike("Ada Winter", "ADA  WINTER"));
  EXPECT_TRUE(look_alike("Ada Winter", "AdaWinter"));
  EXPECT_TRUE(look_alike("Ada Winter", "\u0410d\u0430 Winter")) << "Cyrillic A and a";
  EXPECT_TRUE(look_alike("Ada Winter", "A\u200bda Winter")) << "a zero width space";
  EXPECT_TRUE(look_alike("Ada Winter", "\uff21da Winter")) << "full width";
  EXPECT_TRUE(look_alike("Ida Lund", "lda Lund")) << "a small l for a capital I";
  EXPECT_TRUE(look_alike("Norman", "Norrnan")) << "rn for m";
  EXPECT_TRUE(look_alike("Zo\u00eb", "Zoe\u0308")) << "an accent apart";
  EXPECT_TRUE(look_alike("Otto", "0tto")) << "a zero for an O";
}

TEST(NameKeys, Different_names_share_none) {
  EXPECT_FALSE(look_alike("Ada Winter", "Ada Sommer"));
  EXPECT_FALSE(look_alike("Zo\u00eb", "Zoe"));
  EXPECT_FALSE(look_alike("Nora Quill", "Nora Quint"));
}

TEST(NameKeys, Of_what_nobody_sees_there_is_no_key) {
  EXPECT_TRUE(name_keys("").empty());
  EXPECT_TRUE(name_keys(" \u200b\u2060 ").empty());
}

}  // namespace
}  // namespace text
