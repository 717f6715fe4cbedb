#include "import/wordpress_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "base/processor_time.h"
#include "import/wordpress_links.h"
#include "import/wordpress_paragraphs.h"
#include "import/wordpress_typography.h"

namespace import_ {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string set(std::string_view text) { return set_typography(text, "en"); }
std::string html(std::string_view raw, const WordPressContext& context = {}) {
  return render_wordpress_content(raw, context).html;
}

TEST(WordPressText, Control_characters_that_nobody_sees_are_dropped) {
  EXPECT_EQ(render_wordpress_title("The \xC2\x9Dmole\x7F, caf\xC3\xA9", "en"), "The mole, café");
  EXPECT_EQ(render_wordpress_comment("fog\xC2\x80", "en"), render_wordpress_comment("fog", "en"));
}

TEST(WordPressTypography, Quotes_curl_as_WordPress_curls_them) {
  EXPECT_EQ(set("\"Hello,\" she said, 'dear.'"), "“Hello,” she said, ‘dear.’");
  EXPECT_EQ(set("don't, the '90s, rock 'n' roll, James'"), "don’t, the ’90s, rock ‘n’ roll, James’");
  EXPECT_EQ(set("'tis \"the\" season"), "’tis “the” season");
  EXPECT_EQ(set("(\"inside\") and [\"too\"]"), "(“inside”) and [“too”]");
  EXPECT_EQ(set("<em>\"x\"</em>"), "<em>“x”</em>");
  EXPECT_EQ(set("class of '99'"), "class of ’99’");
  EXPECT_EQ(set("``so''"), "“so”");
}

TEST(WordPressTypography, Feet_and_inches_are_primes_and_closing_quotes_are_not) {
  EXPECT_EQ(set("It is 6' 4\" high"), "It is 6′ 4″ high");
  EXPECT_EQ(set("\"in 2010\" he said"), "“in 2010” he said");
  EXPECT_EQ(set("\"42\""), "“42”");
}

TEST(WordPressTypography, Dashes_ellipses_and_times_are_set) {
  EXPECT_EQ(set("a - b -- c --- d--e xn--f g-h ..."), "a – b — c — d–e xn--f g-h …");
  EXPECT_EQ(set("9x9, 0x99, 1.5x2, 10x5cm, 3x3x3"), "9×9, 0x99, 1.5×2, 10x5cm, 3x3x3");
  EXPECT_EQ(set("Tea (tm) & biscuits &amp; &lt;"), "Tea ™ &amp; biscuits &amp; &lt;");
}

TEST(WordPressTypography, Code_tags_comments_and_shortcodes_keep_their_quotes) {
  for (const char* text :
       {"<code>a \"b\" -- c</code>", "<pre>'x'...</pre>", "<a title=\"it's\">", "<!-- \"x\" -->", "[caption id=\"a\" width='5']"})
    EXPECT_EQ(set(text), text);
}

TEST(WordPressTypography, Other_languages_have_their_own_quotes) {
  EXPECT_EQ(set_typography("\"Ja\", sagt 'sie'.", "de-DE"), "„Ja“, sagt ‚sie‘.");
  EXPECT_EQ(set_typography("\"oui\"", "fr"), "«\u00A0oui\u00A0»");
}

TEST(WordPressTypography, Smileys_that_stand_alone_become_emoji) {
  EXPECT_EQ(set_smileys("Fine :-) and a:) (:-) <code>:-)</code> ;)"), "Fine 🙂 and a:) (:-) <code>:-)</code> 😉");
}

TEST(WordPressParagraphs, Empty_lines_make_paragraphs_and_line_ends_make_breaks) {
  EXPECT_EQ(make_paragraphs("one\ntwo\n\nthree\r\n\r\nfour"), "<p>one<br />\ntwo</p>\n<p>three</p>\n<p>four</p>\n");
  EXPECT_EQ(make_paragraphs("a<br><br>b"), "<p>a</p>\n<p>b</p>\n");
  EXPECT_EQ(make_paragraphs(" \n "), "");
}

TEST(WordPressParagraphs, Blocks_stand_by_themselves) {
  EXPECT_EQ(make_paragraphs("x\n<h2>T</h2>\ny"), "<p>x</p>\n<h2>T</h2>\n<p>y</p>\n");
  EXPECT_EQ(make_paragraphs("<ul>\n<li>a</li>\n<li>b</li>\n</ul>"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
  EXPECT_EQ(make_paragraphs("<blockquote>said\n\nmore</blockquote>"), "<blockquote><p>said</p>\n<p>more</p></blockquote>\n");
  EXPECT_EQ(make_paragraphs("<pre>a\n\nb</pre>"), "<pre>a\n\nb</pre>\n");
  EXPECT_EQ(make_paragraphs("<a\nhref=x>y</a>"), "<p><a\nhref=x>y</a></p>\n");
}

TEST(WordPressText, A_caption_is_a_figure_with_its_words) {
  EXPECT_EQ(
      html("[caption id=\"a\" align=\"alignleft\" width=\"300\"]<a href=\"/p\"><img src=\"/p.jpg\" /></a> The bridge[/caption]"),
      "<figure class=\"wp-caption alignleft\"><a href=\"/p\"><img src=\"/p.jpg\" /></a><figcaption>The "
      "bridge</figcaption></figure>\n");
  EXPECT_THAT(html("[caption width=\"3\" caption=\"It's \"]<img src=\"/p.jpg\" />[/caption]"),
              HasSubstr("<figcaption>It's</figcaption>"));
}

TEST(WordPressText, A_gallery_shows_the_pictures_it_is_given_in_their_order) {
  WordPressContext context;
  context.post_id = 7;
  context.attachments = [](const GalleryRequest& request) {
    EXPECT_EQ(request.post_id, 7);
    EXPECT_THAT(request.ids, ElementsAre(5, 4));
    return std::vector<WordPressPicture>{{5, "/five.jpg", "a \"five\"", "Five", "", 4, 3}, {4, "/four.jpg", "", "", "", 0, 0}};
  };
  const std::string shown = html("[gallery ids=\"5, 4\" columns=\"2\"]", context);
  EXPECT_THAT(
      shown,
      HasSubstr(
          "<img src=\"/five.jpg\" alt=\"a &quot;five&quot;\" width=\"4\" height=\"3\" /></a><figcaption>Five</figcaption>"));
  EXPECT_LT(shown.find("five.jpg"), shown.find("four.jpg"));
  EXPECT_THAT(shown, Not(HasSubstr("<p>")));
  EXPECT_THAT(render_wordpress_content("[gallery]", {}).left_out, ElementsAre("gallery without pictures"));
}

TEST(WordPressText, Unknown_and_escaped_shortcodes_are_text) {
  EXPECT_EQ(html("[contact-form] and [[gallery]]"), "<p>[contact-form] and [gallery]</p>\n");
}

TEST(WordPressText, An_address_on_its_own_line_and_an_embed_become_links) {
  const std::string link = "<p><a href=\"https://v.example/1?a=2&amp;b=3\">https://v.example/1?a=2&amp;b=3</a></p>\n";
  EXPECT_EQ(html("https://v.example/1?a=2&b=3"), link);
  EXPECT_EQ(html("[embed width=\"5\"]https://v.example/1?a=2&b=3[/embed]"), link);
  EXPECT_EQ(html("See https://v.example/1 there"), "<p>See https://v.example/1 there</p>\n");
  EXPECT_EQ(html("<a href=\"/x\">\nhttps://v.example/\n</a>"), "<p><a href=\"/x\"><br />\nhttps://v.example/<br />\n</a></p>\n");
  EXPECT_THAT(html("<!-- wp:embed {\"url\":\"https://v.example/1\"} "
                   "-->\n<figure><div>\nhttps://v.example/1\n</div></figure>\n<!-- /wp:embed -->"),
              HasSubstr("<a href=\"https://v.example/1\">https://v.example/1</a>"));
}

TEST(WordPressText, Players_of_other_hosts_become_links_to_their_pages) {
  EXPECT_EQ(link_frames("<iframe src=\"//www.youtube.com/embed/abc?rel=0\"></iframe>"),
            "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a>");
  EXPECT_EQ(link_frames("<object><param name=\"movie\" value=\"http://www.youtube.com/v/abc&hl=en\"/><embed "
                        "src=\"http://x.example/\"></object>!"),
            "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a>!");
  EXPECT_EQ(link_frames("<iframe src=\"javascript:alert(1)\"></iframe>"), "");
}

TEST(WordPressText, Blocks_keep_what_the_editor_stored_and_name_what_is_left_out) {
  const RenderedText text = render_wordpress_content(
      "<!-- wp:paragraph {\"align\":\"left\"} -->\n<p>It's</p>\n<!-- /wp:paragraph -->\n<!-- wp:latest-posts {\"a\":1} /-->"
      "<!-- wp:query --><div><!-- wp:query-no-results --><p>none</p><!-- /wp:query-no-results --></div><!-- /wp:query "
      "--><p>end</p>",
      {});
  EXPECT_EQ(text.html, "\n<p>It’s</p>\n\n<p>end</p>");
  EXPECT_THAT(text.left_out, ElementsAre("block latest-posts", "block query"));
}

TEST(WordPressText, Footnotes_and_synced_patterns_and_social_links_are_shown) {
  WordPressContext context;
  context.footnotes = parse_wordpress_footnotes("[{\"content\":\"See <em>there<\\/em>\",\"id\":\"n1\"}]");
  context.synced_pattern = [](std::int64_t id) {
    return id == 5 ? std::string("<!-- wp:paragraph --><p>Shared</p><!-- /wp:paragraph -->") : std::string();
  };
  EXPECT_THAT(html("<!-- wp:footnotes /-->", context), HasSubstr("<li id=\"n1\">See <em>there</em> <a href=\"#n1-link\">"));
  EXPECT_EQ(html("<!-- wp:block {\"ref\":5} /-->", context), "<p>Shared</p>");
  EXPECT_EQ(html("<!-- wp:social-link {\"url\":\"https://g.example/\",\"service\":\"github\"} /-->"),
            "<li><a href=\"https://g.example/\">GitHub</a></li>");
  EXPECT_TRUE(parse_wordpress_footnotes("nonsense").empty());
}

TEST(WordPressText, A_pattern_that_holds_itself_ends) {
  WordPressContext context;
  context.synced_pattern = [](std::int64_t) { return std::string("x<!-- wp:block {\"ref\":5} /-->"); };
  EXPECT_LT(html("<!-- wp:block {\"ref\":5} /-->", context).size(), 100U);
}

TEST(WordPressText, Pages_of_an_article_stand_on_one_page_with_places_to_link_to) {
  const std::string shown = html("one\n<!--nextpage-->\ntwo");
  EXPECT_EQ(shown, "<p>one</p>\n\n<hr class=\"wp-nextpage\" id=\"page-2\" />\n<p>two</p>\n");
  WordPressContext context;
  context.post_id = 9;
  EXPECT_EQ(html("one\n\n<!--more Read on-->\n\ntwo", context), "<p>one</p>\n<span id=\"more-9\"></span>\n<p>two</p>\n");
}

TEST(WordPressText, Comments_get_paragraphs_quotes_and_links_but_no_mail_addresses) {
  EXPECT_EQ(render_wordpress_comment("Well, \"no\".\nSee http://a.example/b. Or (www.c.example) me@d.example", "en"),
            "<p>Well, “no”.<br />\nSee <a href=\"http://a.example/b\">http://a.example/b</a>. Or (<a "
            "href=\"http://www.c.example\">www.c.example</a>) "
            "me@d.example</p>\n");
  EXPECT_EQ(render_wordpress_comment("<a href=\"http://x.example\">http://y.example</a>", "en"),
            "<p><a href=\"http://x.example\">http://y.example</a></p>\n");
}

TEST(WordPressText, Titles_keep_their_elements_and_get_their_quotes) {
  EXPECT_EQ(render_wordpress_title(" The <em>\"big\"</em> one ... Wordpress ", "en"), "The <em>“big”</em> one … WordPress");
}

std::chrono::duration<double> time_to_render(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  const auto start = base::processor_time();
  (void)render_wordpress_content(text, {});
  (void)render_wordpress_comment(text, "en");
  return base::processor_time() - start;
}

TEST(WordPressText, Hostile_texts_take_no_longer_than_long_ones) {
  const char* pieces[] = {"<",     "<p",     "[",  "[gallery ",   "[caption]", "<!-- wp:x -->",    "\"",
                          "'",     "<p><li", "\n", "<blockquote", "<pre>",     "</pre>",           "<iframe ",
                          "<svg>", "<!--",   "&",  "9x",          "http://",   "<!-- wp:query -->"};
  for (const char* piece : pieces) {
    // Four times the text: four times the work, not sixteen times.
    EXPECT_LT(time_to_render(piece, 80'000), std::chrono::milliseconds(100) + 9 * time_to_render(piece, 20'000)) << piece;
  }
}

}  // namespace
}  // namespace import_
