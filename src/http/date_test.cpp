#include "http/date.h"

#include <gtest/gtest.h>

#include "http/syntax.h"

namespace http {
namespace {

TEST(Date, Is_written_in_the_fixed_form) {
  EXPECT_EQ(format_date(base::from_unix(784111777)), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(format_date(base::from_unix(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(format_date(base::from_unix(1709164800)), "Thu, 29 Feb 2024 00:00:00 GMT");
}

TEST(Date, All_three_forms_of_the_standard_are_read) {
  for (const char* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}) {
    EXPECT_EQ(parse_date(text), base::from_unix(784111777)) << text;
  }
}

TEST(Date, Anything_else_is_nothing) {
  for (const char* text :
       {"", "yesterday", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 99999 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(Syntax, Decimals_have_only_digits_and_fit) {
  EXPECT_EQ(parse_decimal("18446744073709551615"), UINT64_MAX);
  for (const char* text : {"", "+1", "-1", " 1", "1 ", "0x1", "18446744073709551616", "1,1"})
    EXPECT_EQ(parse_decimal(text), std::nullopt) << text;
}

TEST(Syntax, Qualities_are_thousandths_and_nonsense_is_zero) {
  EXPECT_EQ(parse_quality("1"), 1000);
  EXPECT_EQ(parse_quality("0.5"), 500);
  EXPECT_EQ(parse_quality("0.123"), 123);
  EXPECT_EQ(parse_quality("0."), 0);
  for (const char* text : {"", "2", "1.5", "0.1234", "a", "0,5", ".5"}) EXPECT_EQ(parse_quality(text), 0) << text;
}

}  // namespace
}  // namespace http
