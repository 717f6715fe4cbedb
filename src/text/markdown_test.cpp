#include "text/markdown.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "base/processor_time.h"
#include "text/reparse_test.h"

namespace text {
namespace {

std::string comment(std::string_view source) { return render_markdown(source, {.trust = Trust::comment}).string(); }
std::string article(std::string_view source) {
  return render_markdown(source, {.trust = Trust::article, .image_hosts = {"pictures.example"}}).string();
}

TEST(MarkdownComment, Emphasis_lists_quotes_and_code_are_rendered) {
  EXPECT_EQ(comment("*a* **b** `c` ~~d~~"), "<p><em>a</em> <strong>b</strong> <code>c</code> <del>d</del></p>\n");
  EXPECT_EQ(comment("- a\n- b"), "<ul><li>a</li><li>b</li></ul>\n");
  EXPECT_EQ(comment("3. a"), "<ol start=\"3\"><li>a</li></ol>\n");
  EXPECT_EQ(comment("> a"), "<blockquote><p>a</p>\n</blockquote>\n");
  EXPECT_EQ(comment("```cpp\nint i < 0;\n```"), "<pre><code>int i &lt; 0;\n</code></pre>\n");
}

TEST(MarkdownComment, A_line_break_is_a_line_break) { EXPECT_EQ(comment("a\nb\n\nc"), "<p>a<br>\nb</p>\n<p>c</p>\n"); }

TEST(MarkdownComment, Html_is_shown_as_text) {
  EXPECT_EQ(comment("<b>x</b> <script>y</script>"), "<p>&lt;b&gt;x&lt;/b&gt; &lt;script&gt;y&lt;/script&gt;</p>\n");
  EXPECT_EQ(comment("a &lt;b&gt; & c"), "<p>a &lt;b&gt; &amp; c</p>\n");
}

TEST(MarkdownComment, Headings_are_bold_paragraphs_and_pictures_are_links) {
  EXPECT_EQ(comment("# Big"), "<p><strong>Big</strong></p>\n");
  EXPECT_EQ(comment("![a \"cat\"](https://x.example/c.png)"),
            "<p><a href=\"https://x.example/c.png\" rel=\"nofollow ugc noopener\">a \"cat\"</a></p>\n");
}

TEST(MarkdownComment, Bare_addresses_become_links) {
  EXPECT_EQ(
      comment("see https://x.example/a?b=c&d."),
      "<p>see <a href=\"https://x.example/a?b=c&amp;d\" rel=\"nofollow ugc noopener\">https://x.example/a?b=c&amp;d</a>.</p>\n");
  EXPECT_EQ(comment("www.x.example"),
            "<p><a href=\"http://www.x.example\" rel=\"nofollow ugc noopener\">www.x.example</a></p>\n");
}

TEST(MarkdownComment, Links_with_other_schemes_are_text) {
  EXPECT_EQ(comment("[x](javascript:alert(1))"), "<p>x</p>\n");
  EXPECT_EQ(comment("[x](&#106;avascript:alert(1))"), "<p>x</p>\n");
  EXPECT_EQ(comment("<javascript:alert(1)>"), "<p>javascript:alert(1)</p>\n");
}

TEST(MarkdownArticle, Headings_begin_at_the_second_level) {
  EXPECT_EQ(article("# A\n\n## B\n\n### C"), "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n");
}

TEST(MarkdownArticle, A_line_end_in_a_paragraph_is_none_on_the_page) { EXPECT_EQ(article("a\nb  \nc"), "<p>a\nb<br>\nc</p>\n"); }

TEST(MarkdownArticle, Tables_and_pictures_are_rendered) {
  EXPECT_EQ(article("| a | b |\n|---|--:|\n| 1 | 2 |"),
            "<table><thead><tr><th>a</th><th class=\"has-text-align-right\">b</th></tr></thead>"
            "<tbody><tr><td>1</td><td class=\"has-text-align-right\">2</td></tr></tbody></table>\n");
  EXPECT_EQ(article("![x *y*](/p.png)"), "<p><img src=\"/p.png\" alt=\"x y\" loading=\"lazy\" decoding=\"async\"></p>\n");
}

TEST(MarkdownArticle, Html_passes_through_the_sanitiser) {
  EXPECT_EQ(article("<div class=\"wp-block-group x\" onclick=\"y\">\n\n*a*\n\n</div>"),
            "<div class=\"wp-block-group\">\n<p><em>a</em></p>\n</div>\n");
  EXPECT_EQ(article("a <sub>b</sub><script>c</script>"), "<p>a <sub>b</sub></p>\n");
}

TEST(MarkdownArticle, A_tag_in_the_description_of_a_picture_ends_nothing) {
  const std::string html = article("![a <b onclick=\"x\"> \"](/p.png)");
  EXPECT_EQ(html,
            "<p><img src=\"/p.png\" alt=\"a &lt;b onclick=&quot;x&quot;&gt; &quot;\" loading=\"lazy\" decoding=\"async\"></p>\n");
}

TEST(Markdown, Hostile_repetition_takes_linear_time_and_comes_out_sound) {
  for (const char* piece :
       {"*a ", "[", "![", "> ", "`", "- ", "<", "[a](", "**", "_*", "|a", "&", "\\", "<!--", "[x]: y\n", "* * ", "~~", "1. "}) {
    std::string source;
    for (int i = 0; i < 20'000; ++i) source += piece;
    const auto start = base::processor_time();
    const std::string html = comment(source);
    EXPECT_LT(base::processor_time() - start, std::chrono::seconds(20)) << piece;
    EXPECT_EQ(reparse::Judge(html, reparse::List::comment).complaints(), "") << piece;
  }
}

}  // namespace
}  // namespace text
