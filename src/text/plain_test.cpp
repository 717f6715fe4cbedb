#include "text/plain.h"

#include <gtest/gtest.h>

#include "text/escape.h"
#include "text/sanitise.h"

namespace text {

TEST(PlainText, Blocks_are_separated_by_line_ends_and_white_space_is_folded) {
  EXPECT_EQ(plain_text_of_untrusted("<h2>Head</h2>\n <p>One\n <b>two</b>&nbsp; three<br>four</p><ul><li>a<li>b</ul>"),
            "Head\nOne two three\nfour\na\nb");
}

TEST(PlainText, References_are_decoded_once) {
  EXPECT_EQ(plain_text_of_untrusted("Q &amp;amp; A &lt;b&gt; &eacute;"), "Q &amp; A <b> é");
  EXPECT_EQ(plain_text(escape("<b> & \"c\"")), "<b> & \"c\"");
}

TEST(PlainText, Scripts_styles_and_comments_are_no_words) {
  EXPECT_EQ(plain_text_of_untrusted("a<script>alert(1)</script><style>p{}</style><!-- x --><svg><text>y</text></svg>b"), "ab");
}

TEST(PlainText, Cells_of_a_table_are_kept_apart) {
  EXPECT_EQ(plain_text_of_untrusted("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b\nc");
}

TEST(PlainText, Inline_elements_do_not_cut_words) { EXPECT_EQ(plain_text_of_untrusted("un<em>believ</em>able"), "unbelievable"); }

// The quick way for our own markup (own_markup.h) against the parser.
TEST(PlainText, Of_safe_markup_it_is_what_a_parser_finds) {
  const SanitisePolicy policy{.trust = Trust::article, .image_hosts = {}, .own_origin = {}, .id_prefix = {}};
  for (const std::string_view written :
       {"<p>One &amp; <b title='a > b'>two</b>,&nbsp;&lt;three&gt; \"four\" it's<br>five</p><hr>six<h3>seven</h3>",
        "<table><caption>c</caption><tr><td>a<td>b<br>c<tr><th>d</table>tail",
        "<ul><li>a<ul><li>b</ul>c</ul>d<pre>\n e\n  f</pre>g",
        "x<video src='/a.webm'>No <b>player</b><source src='/b.webm'></video>y<audio src='/a.ogg' controls>none</audio>z",
        "<figure><img src='/a.jpg' alt='not a word'><figcaption>Words</figcaption></figure><wbr>end &#39;&#x26;&eacute;", "plain",
        " ", "", "a\x80z", "<details><summary>s</summary>d</details><ruby>k<rp>(</rp><rt>r</rt></ruby>"}) {
    const Html safe = sanitise(written, policy);
    EXPECT_EQ(plain_text(safe), plain_text_of_untrusted(safe.string())) << safe.string();
  }
}

TEST(Excerpt, A_short_text_stays_whole) {
  EXPECT_EQ(excerpt("One two.", 20), "One two.");
  EXPECT_EQ(excerpt("One two.", 8), "One two.");
  EXPECT_EQ(excerpt("One\ntwo", 20), "One two");
  EXPECT_EQ(excerpt("", 5), "");
}

TEST(Excerpt, A_long_text_is_cut_between_words) {
  EXPECT_EQ(excerpt("One two three", 9), "One two…");
  EXPECT_EQ(excerpt("One, two, three", 10), "One, two…");
  EXPECT_EQ(excerpt("Zwölf Boxkämpfer jagen", 16), "Zwölf…");
}

TEST(Excerpt, It_never_has_more_code_points_than_asked) {
  const std::string text = "Der Rat hat heute über die Brücke entschieden und vertagt.";
  for (std::size_t most = 0; most < 70; ++most) {
    const std::string cut = excerpt(text, most);
    std::size_t points = 0;
    for (const char byte : cut) points += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    EXPECT_LE(points, most) << cut;
  }
}

TEST(Excerpt, Scripts_without_spaces_are_cut_too) { EXPECT_EQ(excerpt("北京市政府今天宣布", 5), "北京市政…"); }

TEST(CountWords, Words_are_counted_in_any_script) {
  EXPECT_EQ(count_words(""), 0U);
  EXPECT_EQ(count_words("Don't panic, it's 42!"), 4U);
  EXPECT_EQ(count_words("هذا نص عربي"), 3U);
  EXPECT_GE(count_words("北京市政府今天宣布"), 3U);
}

}  // namespace text
