#include "text/plain_paragraphs.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>

#include "text/markdown.h"
#include "text/sanitise.h"

namespace text {
namespace {

const SanitisePolicy comment_policy{.trust = Trust::comment, .image_hosts = {}, .own_origin = {}, .id_prefix = "c-"};
const SanitisePolicy article_policy{
    .trust = Trust::article, .image_hosts = {}, .own_origin = "https://own.example", .id_prefix = "a-"};

TEST(PlainParagraphs, Markup_of_ordinary_comments_takes_the_quick_way) {
  for (const std::string_view plain :
       {"<p>One.</p>\n", "<p>One<br>\ntwo</p>\n<p>three &amp; <em>four</em> &quot;five&quot;</p>\n",
        "<blockquote>\n<p>Said <strong>so</strong></p>\n</blockquote>\n<p>No.</p>\n", "<p>naïve café – 東京</p>\n"}) {
    EXPECT_TRUE(copy_plain_paragraphs(plain)) << plain;
  }
}

TEST(PlainParagraphs, Whatever_else_there_is_takes_the_long_way) {
  for (const std::string_view other : {"One.",
                                       "<p>One",
                                       "One</p>",
                                       "<p>One</p><script>x</script>",
                                       "<p onclick=x>One</p>",
                                       "<p>One</P>",
                                       "<p>a<p>b</p></p>",
                                       "<p>a > b</p>",
                                       "<p>&nbsp;</p>",
                                       "<p>&#x41;</p>",
                                       "<p>&ampa</p>",
                                       "<p> </p>",
                                       "<p></p>",
                                       "<p><em></em>a</p>",
                                       "<p><br>a</p>",
                                       "<p>a<br></p>",
                                       "<p>a\x01</p>",
                                       "<p>a\x80</p>",
                                       "<p>a\xEF\xBF\xBF</p>",
                                       "<p><em>a</p></em>",
                                       "<p><em><em>a</em></em></p>",
                                       "<p>a</p>tail",
                                       "<em>a</em>",
                                       "<p><a href=\"https://example.org\">a</a></p>",
                                       "<p>a\r\nb</p>",
                                       "<blockquote>a</blockquote>",
                                       "<p>a<!-- b --></p>",
                                       "<p>a</p\n>"}) {
    EXPECT_FALSE(copy_plain_paragraphs(other)) << other;
  }
}

// Documents of a few pieces in any order, most of them nearly right: wherever the quick way takes one, it gives what the parser
// gives.
TEST(PlainParagraphs, The_quick_way_gives_what_the_long_way_gives) {
  constexpr std::array<std::string_view, 34> pieces{"<p>",
                                                    "<p>",
                                                    "</p>",
                                                    "</p>\n",
                                                    "<br>",
                                                    "<br>\n",
                                                    "a",
                                                    "b c",
                                                    " ",
                                                    "\n",
                                                    "\n\n",
                                                    "<em>",
                                                    "</em>",
                                                    "<strong>",
                                                    "</strong>",
                                                    "<code>",
                                                    "</code>",
                                                    "<blockquote>",
                                                    "<blockquote>\n",
                                                    "</blockquote>",
                                                    "</blockquote>\n",
                                                    "&amp;",
                                                    "&lt;",
                                                    "&quot;",
                                                    "&#39;",
                                                    "é",
                                                    "\xC2\xA0",
                                                    "\t",
                                                    "'\"",
                                                    "\xE2\x80\xA8",
                                                    "<br />",
                                                    "<br />\n",
                                                    "&#8217;",
                                                    "&#038;"};
  std::uint64_t state = 1;
  int taken = 0;
  for (int i = 0; i < 300'000; ++i) {
    std::string markup = i % 2 == 0 ? "<p>a" : "";
    const int length = 1 + i % 9;
    for (int piece = 0; piece < length; ++piece) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      markup += pieces[(state >> 33) % pieces.size()];
    }
    if (i % 2 == 0) markup += "c</p>\n";
    if (const auto quick = copy_plain_paragraphs(markup)) {
      ++taken;
      ASSERT_EQ(*quick, sanitise_by_parsing(markup, comment_policy).string()) << markup;
      ASSERT_EQ(*quick, sanitise_by_parsing(markup, article_policy).string()) << markup;
    }
  }
  EXPECT_GT(taken, 3000) << "too few to prove anything";
}

TEST(PlainParagraphs, Markdown_of_a_comment_takes_it_and_means_the_same) {
  const std::string written = "> Who said \"so\"?\n\nI did, *twice* & **loudly**: it's `a < b`.\nAnd again.";
  EXPECT_EQ(render_markdown(written, comment_policy).string(),
            "<blockquote><p>Who said \"so\"?</p>\n</blockquote>\n<p>I did, <em>twice</em> &amp; <strong>loudly</strong>: it's "
            "<code>a &lt; b</code>."
            "<br>\nAnd again.</p>\n");
}

}  // namespace
}  // namespace text
