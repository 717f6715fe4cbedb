#include "http/conditions.h"

#include <gtest/gtest.h>

#include <string>

namespace http {
namespace {

constexpr std::string_view before = "Sun, 06 Nov 1994 08:49:36 GMT", then = "Sun, 06 Nov 1994 08:49:37 GMT",
                           after = "Sun, 06 Nov 1994 08:49:38 GMT";
const Validators has{.etag = "\"a\"", .modified = base::from_unix(784'111'777)};

Verdict judged(const Conditions& conditions) { return judge(conditions, has); }

TEST(NamesTag, Compares_tag_by_tag) {
  for (const Comparison comparison : {Comparison::weak, Comparison::strong}) {
    for (const char* list : {"\"a\"", "\"x, y\",\"a\"", " * ", "W/\"b\", \"a\""})
      EXPECT_TRUE(names_tag(list, "\"a\"", comparison)) << list;
    for (const char* list : {"\"ab\"", "a", "\"a", "", "\"A\"", "\"*\""})
      EXPECT_FALSE(names_tag(list, "\"a\"", comparison)) << list;
    EXPECT_FALSE(names_tag("*", "", comparison));
  }
}

TEST(NamesTag, A_weak_tag_is_the_same_only_weakly) {
  EXPECT_TRUE(names_tag("W/\"a\"", "\"a\"", Comparison::weak));
  EXPECT_TRUE(names_tag("\"a\"", "W/\"a\"", Comparison::weak));
  EXPECT_FALSE(names_tag("W/\"a\"", "\"a\"", Comparison::strong));
  EXPECT_FALSE(names_tag("\"a\"", "W/\"a\"", Comparison::strong));
}

TEST(Judge, Each_condition_says_what_its_section_says) {
  EXPECT_EQ(judged({}), Verdict::proceed);
  EXPECT_EQ(judged({.if_match = "\"a\""}), Verdict::proceed);
  EXPECT_EQ(judged({.if_match = "\"b\""}), Verdict::failed);
  EXPECT_EQ(judged({.if_match = "W/\"a\""}), Verdict::failed);
  EXPECT_EQ(judged({.if_none_match = "W/\"a\""}), Verdict::not_modified);
  EXPECT_EQ(judged({.if_none_match = "\"b\""}), Verdict::proceed);
  EXPECT_EQ(judged({.if_modified_since = before}), Verdict::proceed);
  EXPECT_EQ(judged({.if_modified_since = then}), Verdict::not_modified);
  EXPECT_EQ(judged({.if_unmodified_since = then}), Verdict::proceed);
  EXPECT_EQ(judged({.if_unmodified_since = before}), Verdict::failed);
}

TEST(Judge, A_tag_goes_before_a_date) {
  EXPECT_EQ(judged({.if_none_match = "\"b\"", .if_modified_since = after}), Verdict::proceed);
  EXPECT_EQ(judged({.if_match = "\"a\"", .if_unmodified_since = before}), Verdict::proceed);
  EXPECT_EQ(judged({.if_match = "\"b\"", .if_none_match = "\"a\""}), Verdict::failed);
  EXPECT_EQ(judged({.if_match = "\"a\"", .if_none_match = "\"a\""}), Verdict::not_modified);
}

TEST(Judge, What_is_no_date_and_what_has_none_is_no_condition) {
  EXPECT_EQ(judged({.if_modified_since = "yesterday"}), Verdict::proceed);
  EXPECT_EQ(judged({.if_unmodified_since = "yesterday"}), Verdict::proceed);
  const Validators undated{.etag = "\"a\"", .modified = {}};
  EXPECT_EQ(judge({.if_modified_since = after}, undated), Verdict::proceed);
  EXPECT_EQ(judge({.if_unmodified_since = before}, undated), Verdict::proceed);
}

}  // namespace
}  // namespace http
