#include "web/page_address.h"

#include <gtest/gtest.h>

namespace web {
namespace {

TEST(PageAddress, Numbers_have_one_way_of_being_written) {
  EXPECT_EQ(parse_number("7"), 7);
  EXPECT_EQ(parse_number("999999999"), 999'999'999);
  for (const char* bad : {"", "0", "07", "-1", "+1", "1e3", "1 ", "1234567890", "x"}) EXPECT_FALSE(parse_number(bad)) << bad;
}

TEST(PageAddress, The_last_segments_of_a_key_say_which_page_is_meant) {
  ASSERT_TRUE(split_page("/category/news/page/3"));
  EXPECT_EQ(split_page("/category/news/page/3")->base, "/category/news");
  EXPECT_EQ(split_page("/category/news/page/3")->number, 3);
  EXPECT_EQ(split_page("/page/2")->base, "/");
  EXPECT_FALSE(split_page("/homepage/2"));
  EXPECT_FALSE(split_page("/page/2/x"));
  EXPECT_FALSE(split_page("/page/0"));
  EXPECT_EQ(split_comment_page("/2026/11/a/comment-page-12")->base, "/2026/11/a");
  EXPECT_EQ(split_comment_page("/2026/11/a/comment-page-12")->number, 12);
  EXPECT_FALSE(split_comment_page("/a/comment-page-"));
  EXPECT_EQ(split_part("/2026/11/a/2")->base, "/2026/11/a");
}

TEST(PageAddress, The_first_pages_of_other_orders_are_kept_and_nothing_else_that_a_query_asks_for) {
  EXPECT_EQ(cache_key("/a/?comments=newest"), "/a/?comments=newest");
  EXPECT_EQ(cache_key("/a/?comments=best"), "/a/?comments=best");
  for (const char* target : {"/a/?comments=oldest", "/a/?comments=best&after=5", "/a/?utm_source=x&comments=best", "/a/?after=5",
                             "/a/?thread=17", "/a/?comments=newes%74", "/a/?comments=newest&comments=best"})
    EXPECT_FALSE(cache_key(target)) << target;
}

TEST(PageAddress, What_hangs_below_an_address_ends_as_the_address_does) {
  EXPECT_EQ(below("/a/", "page/2"), "/a/page/2/");
  EXPECT_EQ(below("/a", "page/2"), "/a/page/2");
  EXPECT_EQ(below("/", "page/2"), "/page/2/");
}

TEST(PageAddress, An_address_is_encoded_once) {
  EXPECT_EQ(encode_address("/2012/%ce%b5/"), "/2012/%ce%b5/");
  EXPECT_EQ(encode_address("/2012/\xce\xb5/"), "/2012/%CE%B5/");
  EXPECT_EQ(encode_address("/a b/\r\nX: y"), "/a%20b/%0D%0AX:%20y");
}

TEST(PageAddress, A_parameter_stands_before_the_fragment) {
  EXPECT_EQ(with_parameter("/a/#comment-7", "posted", "x y"), "/a/?posted=x%20y#comment-7");
  EXPECT_EQ(with_parameter("/a?p=1", "posted", "x"), "/a?p=1&posted=x");
}

TEST(PageAddress, Parameters_keep_how_they_were_written) {
  const auto parameters = parse_parameters("q=the+br%C3%BCcke&&utm_source=%zz&flag");
  ASSERT_EQ(parameters.size(), 3u);
  EXPECT_EQ(parameters[0].value,
            "the br\xc3\xbc"
            "cke");
  EXPECT_EQ(parameters[1].written, "utm_source=%zz");
  EXPECT_EQ(parameters[1].value, "");
  EXPECT_EQ(parameters[2].name, "flag");
}

}  // namespace
}  // namespace web
