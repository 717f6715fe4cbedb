#include "import/wordpress_paragraphs.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace import_ {
namespace {

// Texts of a few pieces in any order: the quick way for words and line ends gives what all of WordPress's rules give.
TEST(MakeParagraphs, The_quick_way_gives_what_every_rule_gives) {
  constexpr std::array<std::string_view, 12> pieces{"word", "two words", "\n", "\n\n", "\n\n\n",    "&amp;",
                                                    "é",    "]]>",       "\n", " ",    "[gallery]", "a > b"};
  std::uint64_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (int piece = 0; piece < 1 + i % 9; ++piece) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += pieces[(state >> 33) % pieces.size()];
    }
    ASSERT_EQ(make_paragraphs(text), make_paragraphs_by_every_rule(text)) << text;
  }
}

TEST(MakeParagraphs, Words_and_line_ends_become_paragraphs_and_breaks) {
  EXPECT_EQ(make_paragraphs("One\ntwo\n\nthree"), "<p>One<br />\ntwo</p>\n<p>three</p>\n");
}

}  // namespace
}  // namespace import_
