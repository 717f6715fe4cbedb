#include "text/sanitise.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

using std::string_view_literals::operator""sv;

namespace text {
namespace {

std::string article(std::string_view html) {
  return sanitise(html, {.trust = Trust::article, .image_hosts = {"pictures.example"}, .own_origin = "https://own.example"})
      .string();
}
std::string comment(std::string_view html) { return sanitise(html, {}).string(); }

TEST(Sanitiser, A_script_never_survives) {
  EXPECT_EQ(article("a<script>alert(1)</script>b<style>*{}</style>c"), "abc");
  EXPECT_EQ(article("<img src=/x onerror=alert(1)>"), "<img src=\"/x\" alt=\"\" loading=\"lazy\" decoding=\"async\">");
  EXPECT_EQ(article("<a href=\"java\nscript:alert(1)\" onclick=x>a</a>"), "a");
  EXPECT_EQ(article("<svg><script>1</script><a xlink:href=javascript:x>y</a></svg>z"), "z");
  EXPECT_EQ(comment("<p style=\"background:url(javascript:x)\">a</p>"), "<p>a</p>");
}

TEST(Sanitiser, Text_cannot_leave_the_element_it_stands_in) {
  EXPECT_EQ(article("</div></article></body>a<div>b"), "a<div>b</div>");
  EXPECT_EQ(article("<ul><li>a<b>b"), "<ul><li>a<b>b</b></li></ul>");
  EXPECT_EQ(comment("</p></div></li>a"), "a");
}

TEST(Sanitiser, Allowed_elements_and_attributes_stay) {
  const std::string_view html =
      "<h2 id=\"x\">A</h2><p lang=\"de\" dir=\"ltr\">b <strong>c</strong> <a href=\"/d?e&amp;f\" title=\"t\">g</a><br><time "
      "datetime=\"2026-11-23\">h</time></p>"
      "<blockquote cite=\"https://x.example/\"><p>i</p></blockquote><ol start=\"3\" reversed=\"\" type=\"a\"><li "
      "value=\"4\">j</li></ol>"
      "<dl><dt>k</dt><dd>l</dd></dl><pre><code class=\"language-cpp\">m\n</code></pre><hr><details "
      "open=\"\"><summary>n</summary>o</details>";
  EXPECT_EQ(article(html), html);
}

TEST(Sanitiser, Unknown_elements_leave_their_text) {
  EXPECT_EQ(article("<foo>a<bar>b</bar></foo> <blink>c</blink><big>d</big><font color=red>e</font>"), "ab cde");
  EXPECT_EQ(article("<form><label>a</label><input value=x><select><option>b<option>c</select><button>d</button></form>"),
            "<div>a  b c d</div>");
  EXPECT_EQ(article("<textarea><b>a</b></textarea>"), "&lt;b&gt;a&lt;/b&gt;");
}

TEST(Sanitiser, Obsolete_elements_become_their_modern_equals) {
  EXPECT_EQ(article("<strike>a</strike><tt>b</tt><acronym title=\"C\">c</acronym>"),
            "<s>a</s><code>b</code><abbr title=\"C\">c</abbr>");
  EXPECT_EQ(article("<center>a</center>"), "<div class=\"has-text-align-center\">a</div>");
  EXPECT_EQ(article("<h1>a</h1>"), "<h2>a</h2>");
  EXPECT_EQ(article("<a name=x>a</a>"), "<a id=\"x\">a</a>");
  EXPECT_EQ(article("<p align=right>a</p><img align=left src=/p width=\"20px\" height=\"50%\" border=0>"),
            "<p class=\"has-text-align-right\">a</p>"
            "<img src=\"/p\" alt=\"\" width=\"20\" loading=\"lazy\" decoding=\"async\" class=\"alignleft\">");
}

TEST(Sanitiser, Only_classes_for_themes_stay) {
  EXPECT_EQ(article("<figure class=\"wp-block-image x alignwide evil is-style-a has-red-color\"><img src=/a alt=b></figure>"),
            "<figure class=\"wp-block-image alignwide is-style-a has-red-color\">"
            "<img src=\"/a\" alt=\"b\" loading=\"lazy\" decoding=\"async\"></figure>");
  EXPECT_EQ(article("<p style=\"color:red; text-align: center\">a</p>"), "<p class=\"has-text-align-center\">a</p>");
  EXPECT_EQ(comment("<p class=\"alignleft\" id=x>a</p>"), "<p>a</p>");
}

TEST(SanitiserLinks, Links_in_comments_say_that_nobody_vouches_for_them) {
  EXPECT_EQ(comment("<a href=https://x.example target=_blank rel=opener>a</a>"),
            "<a href=\"https://x.example\" rel=\"nofollow ugc noopener\">a</a>");
  EXPECT_EQ(article("<a href=https://x.example target=_blank rel=\"opener sponsored\">a</a>"),
            "<a href=\"https://x.example\" rel=\"sponsored\">a</a>");
}

TEST(SanitiserLinks, Addresses_of_our_own_are_written_without_the_origin) {
  EXPECT_EQ(article("<a href=\"https://own.example/a?b#c\">x</a>"), "<a href=\"/a?b#c\">x</a>");
  EXPECT_EQ(article("<a href=\"HTTPS://OWN.example\">x</a>"), "<a href=\"/\">x</a>");
  EXPECT_EQ(article("<a href=\"https://own.example.evil/\">x</a>"), "<a href=\"https://own.example.evil/\">x</a>");
}

TEST(SanitiserLinks, An_own_address_never_turns_into_another_host) {
  EXPECT_EQ(article("<a href=\"https://own.example//evil.example/x\">x</a>"),
            "<a href=\"https://own.example//evil.example/x\">x</a>");
  EXPECT_EQ(article("<a href=\"https://own.example/\\evil.example/x\">x</a>"),
            "<a href=\"https://own.example//evil.example/x\">x</a>");
}

TEST(SanitiserLinks, A_link_in_a_link_is_its_text) {
  EXPECT_EQ(article("<a href=/a>b<table><tr><td><a href=/c>d</a></table></a>"),
            "<a href=\"/a\">b<table><tbody><tr><td>d</td></tr></tbody></table></a>");
  EXPECT_EQ(article("<a href=/a>b<a href=/c>d</a>"), "<a href=\"/a\">b</a><a href=\"/c\">d</a>");
}

TEST(SanitiserIds, Ids_and_fragments_get_the_prefix_once_and_are_unique) {
  const SanitisePolicy policy{.trust = Trust::article, .id_prefix = "a1-"};
  const std::string once = sanitise("<h2 id=x>a</h2><p id=x>b</p><a href=\"#x\">c</a><a href=\"#\">d</a>", policy).string();
  EXPECT_EQ(once, "<h2 id=\"a1-x\">a</h2><p>b</p><a href=\"#a1-x\">c</a><a href=\"#\">d</a>");
  EXPECT_EQ(sanitise(once, policy).string(), once);
}

TEST(SanitiserPictures, Pictures_load_only_from_our_site_and_named_hosts) {
  EXPECT_EQ(article("<img src=\"https://own.example/p.png\" alt=\"A &quot;b&quot;\" width=640 height=480 "
                    "srcset=\"https://evil.example/x 2x\">"),
            "<img src=\"/p.png\" alt=\"A &quot;b&quot;\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\">");
  EXPECT_EQ(article("<img src=\"//pictures.example/p.png\">"),
            "<img src=\"//pictures.example/p.png\" alt=\"\" loading=\"lazy\" decoding=\"async\">");
}

TEST(SanitiserPictures, A_picture_from_elsewhere_becomes_a_link) {
  EXPECT_EQ(article("<img src=\"https://evil.example/p.png\" alt=\"A cat\">"),
            "<a href=\"https://evil.example/p.png\">A cat</a>");
  EXPECT_EQ(article("<img src=\"/\\evil.example/p.png\">"), "<a href=\"//evil.example/p.png\">Picture: evil.example</a>");
  EXPECT_EQ(article("<a href=/x><img src=\"https://evil.example/p.png\"></a>"), "<a href=\"/x\">Picture: evil.example</a>");
  EXPECT_EQ(article("<img src=\"data:image/png;base64,x\" alt=a>"), "a");
  EXPECT_EQ(article("<img class=wp-smiley src=\"https://s.example/1f642.svg\" alt=\"🙂\">"), "🙂");
}

TEST(SanitiserFrames, Frames_and_players_become_links) {
  EXPECT_EQ(article("<iframe src=\"https://video.example/embed/1\">x</iframe>"),
            "<a href=\"https://video.example/embed/1\">video.example</a>");
  EXPECT_EQ(article("<object data=\"https://video.example/1\"><param name=a><embed src=\"https://video.example/1\"></object>"),
            "<a href=\"https://video.example/1\">video.example</a>");
  EXPECT_EQ(article("<iframe srcdoc=\"<script>x</script>\" src=\"javascript:x\"></iframe>"), "");
}

TEST(SanitiserMedia, Recordings_play_only_from_our_site_and_named_hosts) {
  EXPECT_EQ(article("<video autoplay src=/v.mp4 poster=//evil.example/p></video>"),
            "<video src=\"/v.mp4\" controls=\"\" preload=\"metadata\"></video>");
  EXPECT_EQ(
      article("<audio><source src=/a.ogg type=audio/ogg><source src=/a.mp3></audio>"),
      "<audio controls=\"\" preload=\"metadata\"><source src=\"/a.ogg\" type=\"audio/ogg\"><source src=\"/a.mp3\"></audio>");
  EXPECT_EQ(article("<video src=https://evil.example/v.mp4>x</video>"),
            "<a href=\"https://evil.example/v.mp4\">evil.example</a>");
}

TEST(SanitiserComments, Blocks_that_comments_may_not_have_become_paragraphs) {
  EXPECT_EQ(comment("<div>a<div>b</div></div>c"), "<p>a</p><p>b</p>c");
  EXPECT_EQ(comment("<h2>a <i>b</i></h2>"), "<p><strong>a <i>b</i></strong></p>");
  EXPECT_EQ(comment("<table><tr><td>a<td>b</table>"), "<p>a</p><p>b</p>");
  EXPECT_EQ(comment("<span>a</span> <mark>b</mark><hr>"), "a b");
  EXPECT_EQ(comment("<img src=/p.png alt=a>"), "<a href=\"/p.png\" rel=\"nofollow ugc noopener\">a</a>");
}

TEST(ContentModel, Items_always_stand_in_lists) {
  EXPECT_EQ(article("<li>a<li>b"), "<ul><li>a</li><li>b</li></ul>");
  EXPECT_EQ(article("<ul>x<li>a</li><ul><li>b</li></ul></ul>"), "<ul><li>x</li><li>a <ul><li>b</li></ul></li></ul>");
  EXPECT_EQ(article("<dd>a"), "<dl><dt></dt><dd>a</dd></dl>");
  EXPECT_EQ(article("<dl><div><dt>a<dd>b</div>c</dl>"), "<dl><dt>a</dt><dd>b c</dd></dl>");
}

TEST(ContentModel, Blocks_never_stand_in_paragraphs_or_inline_elements) {
  EXPECT_EQ(article("<b><p>a</p><p>b</p></b>"), "<p>a</p><p>b</p>");
  EXPECT_EQ(article("<p>a<div>b</div>c</p>"), "<p>a</p><div>b</div>c");
  EXPECT_EQ(article("<h2><div>a</div><div>b</div></h2>"), "<h2>a b </h2>");
  EXPECT_EQ(article("<p></p><p> </p><h2></h2><p>&nbsp;</p>"), "<p>\xC2\xA0</p>");
}

TEST(ContentModel, Tables_are_whole_and_in_order) {
  EXPECT_EQ(article("<table><tfoot><tr><td>f</tfoot><tr><td>a<tr></tr><thead><tr><th scope=col>h</table>"),
            "<table><thead><tr><th "
            "scope=\"col\">h</th></tr></thead><tbody><tr><td>a</td></tr></tbody><tfoot><tr><td>f</td></tr></tfoot></table>");
  EXPECT_EQ(article("<table>text<tr><td>a</table>"), "text<table><tbody><tr><td>a</td></tr></tbody></table>");
  EXPECT_EQ(article("<table><caption>c</caption></table>"), "<div>c</div>");
}

TEST(ContentModel, Spans_stay_unless_cells_would_lie_over_each_other) {
  const std::string_view good =
      "<table><tbody><tr><td rowspan=\"2\">a</td><td>b</td><td>c</td></tr><tr><td colspan=\"2\">d</td></tr></tbody></table>";
  EXPECT_EQ(article(good), good);
  EXPECT_EQ(article("<table><tr><td rowspan=9>a</td></tr></table>"), "<table><tbody><tr><td>a</td></tr></tbody></table>");
  EXPECT_EQ(article("<table><tr><td colspan=3>a</td></tr></table>"), "<table><tbody><tr><td>a</td></tr></tbody></table>");
}

TEST(ContentModel, A_figure_has_one_caption_and_details_have_a_summary) {
  EXPECT_EQ(article("<figure>a<figcaption>b</figcaption>c<figcaption>d</figcaption></figure>"),
            "<figure>ac<div>d</div><figcaption>b</figcaption></figure>");
  EXPECT_EQ(article("<details>a</details>"), "<div>a</div>");
  EXPECT_EQ(article("<details>a<summary>b</summary></details>"), "<details><summary>b</summary>a</details>");
}

TEST(ContentModel, Heading_levels_have_no_gaps) {
  EXPECT_EQ(article("<h4>a</h4><h4>b</h4><h6>c</h6><h3>d</h3>"), "<h2>a</h2><h2>b</h2><h3>c</h3><h2>d</h2>");
  EXPECT_EQ(article("<h2>a</h2><h3>b</h3><h4>c</h4><h2>d</h2>"), "<h2>a</h2><h3>b</h3><h4>c</h4><h2>d</h2>");
}

TEST(ContentModel, The_first_empty_line_of_preformatted_text_survives) {
  EXPECT_EQ(article("<pre>\n\na</pre>"), "<pre>\n\na</pre>");
  EXPECT_EQ(article(article("<pre>\n\na</pre>")), "<pre>\n\na</pre>");
}

TEST(SanitiserText, Control_characters_and_broken_bytes_do_not_get_through) {
  EXPECT_EQ(comment("a\0b\xFF&#1;&#x81;&#xFFFF;&#13;c"sv), "ab\xEF\xBF\xBD\nc");
  EXPECT_EQ(comment("&#11111111111;"), "\xEF\xBF\xBD");
  EXPECT_EQ(comment("1 < 2 && 3 > 2"), "1 &lt; 2 &amp;&amp; 3 &gt; 2");
}

}  // namespace
}  // namespace text
