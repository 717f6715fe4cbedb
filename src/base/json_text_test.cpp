#include "base/json_text.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(JsonText, What_would_end_or_break_the_line_is_escaped) {
  EXPECT_EQ(json_text("plain"), "\"plain\"");
  EXPECT_EQ(json_text("a \"b\" \\ c"), "\"a \\\"b\\\" \\\\ c\"");
  EXPECT_EQ(json_text("two\nlines\x7f"), "\"two\\u000alines\\u007f\"");
}

TEST(JsonText, Only_well_formed_UTF8_passes) {
  EXPECT_EQ(json_text("Grüße 📰"), "\"Grüße 📰\"");
  EXPECT_EQ(json_text("\xC0\xAF|\xED\xA0\x80|\xF5|\xE2\x82"), "\"\\ufffd\\ufffd|\\ufffd\\ufffd\\ufffd|\\ufffd|\\ufffd\\ufffd\"");
}

}  // namespace
}  // namespace base
