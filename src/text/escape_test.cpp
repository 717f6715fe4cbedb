#include "text/escape.h"

#include <gtest/gtest.h>

namespace text {

TEST(Escape, The_five_characters_that_mean_something_in_HTML_become_references) {
  EXPECT_EQ(escape("<a href=\"x\" title='y'>Q & A</a>").string(),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;Q &amp; A&lt;/a&gt;");
}

TEST(Escape, Everything_else_stays_as_it_is) {
  const std::string_view plain = "Zwölf Boxkämpfer – “quoted” `code` {{x}} = \n\t مرحبا 🙂";
  EXPECT_EQ(escape(plain).string(), plain);
  EXPECT_TRUE(escape("").empty());
}

TEST(Escape, Text_that_is_already_escaped_is_escaped_again) { EXPECT_EQ(escape("&lt;").string(), "&amp;lt;"); }

TEST(Escape, Every_single_byte_is_either_kept_or_referenced) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    const std::string markup = escape(one).string();
    if (std::string_view("&<>\"'").find(one[0]) == std::string_view::npos) {
      EXPECT_EQ(markup, one);
    } else {
      EXPECT_EQ(markup.front(), '&');
      EXPECT_EQ(markup.back(), ';');
    }
  }
}

}  // namespace text
