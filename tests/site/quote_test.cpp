// Writing made pleasant, as the server does it: passages that comments quote, the pictures beside them, and what the page hands
// to its script.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/format.h"
#include "desk/moderate_comment.h"
#include "desk/open_article.h"
#include "http/compress.h"
#include "site/test_site.h"
#include "view/catalogue.h"

namespace site {
namespace {

constexpr std::size_t most_page_bytes = 14'336;   // HTML and style of an article without comments, compressed
constexpr std::size_t most_script_bytes = 8'192;  // compressed

desk::PublishRequest ferry(
    std::string body = "The ferry — said the *skipper* — “sails all winter”. Nobody asked.\n\nThe bar stays closed.") {
  desk::PublishRequest request = TestSite::some_article("The ferry sails");
  request.slug = "ferry";
  request.body = std::move(body);
  return request;
}

Fields quoting(TestSite& site, const desk::PublishedArticle& article, std::string quote, std::string comment = "I doubt it.",
               std::string name = "Ada Reader") {
  Fields form = site.filled_form(article, std::move(comment), std::move(name));
  form.emplace_back("quote", std::move(quote));
  return form;
}

// Of the page, from the comment to the next.
std::string comment_on(const http::Response& page, int id) {
  const std::size_t from = page.body.find(base::format("<li id=\"comment-{}\"", id));
  return from == std::string::npos ? std::string() : page.body.substr(from, page.body.find("<li id=\"comment-", from + 1) - from);
}

TEST(Quotes, A_passage_stands_above_the_comment_as_the_article_writes_it_with_a_link_to_its_place) {
  TestSite site;
  const auto article = site.publish(ferry());
  ASSERT_EQ(site.post("/comment", quoting(site, article, " said the skipper -- ")).status, 422) << "two dashes are not one";
  ASSERT_EQ(site.post("/comment", quoting(site, article, "ferry - said  the skipper - \"sails all winter\"")).status, 303);
  const std::string comment = comment_on(site.get(article.address), 1);
  EXPECT_TRUE(contains(comment, "<blockquote dir=\"auto\">ferry — said the skipper — “sails all winter”</blockquote>"))
      << comment;
  EXPECT_TRUE(
      contains(comment, article.address + "#:~:text=ferry%20%E2%80%94%20said%20the%20skipper%20%E2%80%94%20%E2%80%9Csails"))
      << comment;
  EXPECT_LT(comment.find("<blockquote"), comment.find("I doubt it."));
}

TEST(Quotes, What_the_article_does_not_say_gives_the_form_back_with_everything_in_it) {
  TestSite site;
  const auto article = site.publish(ferry());
  const std::string before = site.database_digest();
  const http::Response invented = site.post("/comment", quoting(site, article, "The skipper was drunk."));
  EXPECT_EQ(invented.status, 422);
  EXPECT_TRUE(contains(words_of(invented), "The article does not say this."));
  EXPECT_TRUE(contains(invented.body, "<a href=\"#respond-quote\">"));
  EXPECT_TRUE(contains(invented.body, "The skipper was drunk.</textarea>"));
  EXPECT_TRUE(contains(invented.body, "I doubt it.</textarea>"));
  EXPECT_TRUE(contains(invented.body, "<details class=\"quoting\" open>"));
  const http::Response long_one = site.post("/comment", quoting(site, article, std::string(401, 'x')));
  EXPECT_EQ(long_one.status, 422);
  EXPECT_TRUE(contains(words_of(long_one), "at most 400 characters"));
  EXPECT_EQ(site.post("/comment", quoting(site, article, "\xFF")).status, 422);
  EXPECT_EQ(site.post("/comment", quoting(site, article, std::string(100'000, 'x'))).status, 422);
  EXPECT_EQ(site.database_digest(), before);
}

TEST(Quotes, A_preview_shows_the_passage_and_refuses_an_invented_one) {
  TestSite site;
  const auto article = site.publish(ferry());
  Fields form = quoting(site, article, "\"sails all winter\"");
  form.emplace_back("preview", "1");
  const http::Response preview = site.post("/comment", form);
  EXPECT_EQ(preview.status, 200);
  const std::string shown = preview.body.substr(preview.body.find("id=\"preview\""));
  EXPECT_TRUE(contains(shown, "<blockquote dir=\"auto\">“sails all winter”</blockquote>"));
  EXPECT_TRUE(contains(shown, "“sails all winter”</textarea>"));
  form[7].second = "invented";
  EXPECT_EQ(site.post("/comment", form).status, 422);
}

TEST(Quotes, When_the_article_no_longer_says_it_the_comment_says_so_instead_of_linking) {
  TestSite site;
  const auto article = site.publish(ferry());
  ASSERT_EQ(site.post("/comment", quoting(site, article, "The bar stays closed.")).status, 303);
  EXPECT_TRUE(contains(comment_on(site.get(article.address), 1), "#:~:text="));
  site.publish(ferry("The ferry sails. The bar stays open."));
  const std::string after = comment_on(site.get(article.address), 1);
  EXPECT_FALSE(contains(after, "#:~:text="));
  EXPECT_TRUE(contains(after, "The article no longer contains this passage."));
  EXPECT_TRUE(contains(after, "The bar stays closed."));
}

TEST(Quotes, Hostile_passages_are_text_and_nothing_else) {
  TestSite site;
  const auto article = site.publish(
      ferry("He wrote `<script>alert(1)</script>`, `\" onmouseover=\"x` & `'><img src=x onerror=y>`, `-,&#:~:text=`."));
  int number = 0;
  for (const char* hostile : {"<script>alert(1)</script>", "\" onmouseover=\"x & '><img src=x onerror=y>", "-,&#:~:text=."})
    ASSERT_EQ(site.post("/comment", quoting(site, article, hostile, base::format("Number {}.", ++number))).status, 303)
        << hostile;
  const http::Response page = site.get(article.address);
  const std::string thread = page.body.substr(page.body.find("id=\"discussion\""));
  EXPECT_FALSE(contains(thread, "<script>"));
  EXPECT_FALSE(contains(thread, "<img src=x"));
  EXPECT_FALSE(contains(thread, "\" onmouseover"));
  EXPECT_TRUE(contains(comment_on(page, 1), "<blockquote dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</blockquote>"));
  EXPECT_TRUE(contains(comment_on(page, 1), "#:~:text=%3Cscript%3Ealert%281%29%3C%2Fscript%3E\""));
  EXPECT_TRUE(contains(comment_on(page, 3), "#:~:text=%2D%2C%26%23%3A~%3Atext%3D.\"")) << comment_on(page, 3);
}

TEST(Quotes, An_edit_keeps_the_passage_and_a_removed_comment_shows_none) {
  TestSite site;
  const auto article = site.publish(ferry());
  const http::Response posted = site.post("/comment", quoting(site, article, "The bar stays closed."));
  const std::string place = header(posted, "Location");
  const http::Response own = site.get(place.substr(0, place.find('#')));
  std::smatch found;
  ASSERT_TRUE(std::regex_search(own.body, found, std::regex("/comment/edit\\?grant=([A-Za-z0-9_%.-]+)")));
  ASSERT_EQ(site.post("/comment/edit", {{"grant", found[1]}, {"comment", "I doubt it very much."}}).status, 303);
  const std::string edited = comment_on(site.get(article.address), 1);
  EXPECT_TRUE(contains(edited, "very much"));
  EXPECT_TRUE(contains(edited, "The bar stays closed."));

  Fields reply = site.filled_form(article, "So do I.", "Ben", "ben@example.org");
  reply[1].second = "1";
  ASSERT_EQ(site.post("/comment", reply).status, 303);
  ASSERT_TRUE(desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{1}}, news::CommentStatus::rejected));
  const http::Response after = site.get(article.address);
  EXPECT_TRUE(contains(after.body, "<li id=\"comment-1\""));
  EXPECT_FALSE(contains(after.body.substr(after.body.find("id=\"discussion\"")), "The bar stays closed."));
}

// Otherwise whoever may not read it could guess it sentence by sentence.
TEST(Quotes, Nobody_learns_by_quoting_what_a_protected_article_says) {
  TestSite site;
  desk::PublishRequest request = ferry();
  request.password = "sesame";
  const auto article = site.publish(std::move(request));
  const auto answer_to = [&](const char* quote, bool is_preview) {
    Fields form{{"article", std::to_string(article.id.value)},
                {"parent", ""},
                {"stamp", "x"},
                {"name", "Ada"},
                {"email", "ada@example.org"},
                {"website", ""},
                {"comment", "Well."},
                {"quote", quote}};
    if (is_preview) form.emplace_back("preview", "1");
    const http::Response answer = site.post("/comment", form);
    return std::to_string(answer.status) + std::regex_replace(answer.body, std::regex("The bar stays (closed|open)\\."), "…");
  };
  for (const bool is_preview : {true, false})
    EXPECT_EQ(answer_to("The bar stays closed.", is_preview), answer_to("The bar stays open.", is_preview));
}

std::string avatar_in(const std::string& comment) {
  std::smatch found;
  return std::regex_search(comment, found, std::regex("/avatar/([0-9a-f]{20})\\.svg")) ? std::string(found[1]) : std::string();
}

TEST(Avatars, Any_id_is_drawn_the_same_way_always_and_nothing_else_is) {
  TestSite site;
  const http::Response picture = site.get("/avatar/0123456789abcdef0123.svg");
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(header(picture, "Content-Type"), "image/svg+xml");
  EXPECT_EQ(header(picture, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(picture, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(picture, "Content-Security-Policy"), "default-src 'none'; sandbox");
  EXPECT_EQ(site.get("/avatar/0123456789abcdef0123.svg").body, picture.body);
  std::set<std::string> pictures;
  for (int i = 0; i < 400; ++i)
    pictures.insert(site.get(base::format("/avatar/{:010x}{:010x}.svg", i * 2'654'435'761LL % 1'000'000'007, 7)).body);
  EXPECT_GT(pictures.size(), 390u);
  for (const char* wrong : {"0123456789ABCDEF0123.svg", "0123456789abcdef012.svg", "0123456789abcdef01234.svg",
                            "0123456789abcdef0123", "0123456789abcdef0123.png", "g123456789abcdef0123.svg", "", ".svg",
                            "x/0123456789abcdef0123.svg", "0123456789abcdef0123.svg.svg"})
    EXPECT_EQ(site.get(base::format("/avatar/{}", wrong)).status, 404) << wrong;
}

TEST(Avatars, One_stands_for_a_reader_under_one_name_and_cannot_be_made_of_anything_but_the_secret) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  TestSite site(plain_settings(), secrets);
  const auto article = site.publish(ferry());
  const http::Response first = site.post("/comment", site.filled_form(article, "One.", "Ada", "ada@example.org"));
  const std::string cookie = header(first, "Set-Cookie").substr(0, header(first, "Set-Cookie").find(';'));
  const auto again = [&](const char* text, const char* name) {
    http::Request request = make_post("/comment", site.filled_form(article, text, name, "ada@example.org"));
    request.headers.push_back({"Cookie", cookie});
    EXPECT_EQ(site.handle(std::move(request)).status, 303);
  };
  again("Two.", "Ada");
  again("Three.", "Concerned citizen");
  ASSERT_EQ(site.post("/comment", site.filled_form(article, "Four.", "Ada", "ada@example.org")).status, 303);
  const http::Response page = site.get(article.address);
  const std::string of_ada = avatar_in(comment_on(page, 1));
  EXPECT_FALSE(of_ada.empty());
  EXPECT_EQ(avatar_in(comment_on(page, 2)), of_ada);
  EXPECT_NE(avatar_in(comment_on(page, 3)), of_ada) << "nobody learns that they are one person";
  EXPECT_NE(avatar_in(comment_on(page, 4)), of_ada) << "a typed address proves nothing";

  TestSite other;  // the same words under another secret
  const auto elsewhere = other.publish(ferry());
  ASSERT_EQ(other.post("/comment", other.filled_form(elsewhere, "One.", "Ada", "ada@example.org")).status, 303);
  EXPECT_NE(avatar_in(comment_on(other.get(elsewhere.address), 1)), ada);
}

TEST(Script, It_comes_with_a_discussion_alone_is_small_and_may_talk_to_nobody_else) {
  TestSite site;
  const auto article = site.publish(ferry());
  const http::Response page = site.get(article.address);
  std::smatch found;
  ASSERT_TRUE(
      std::regex_search(page.body, found, std::regex("<script src=\"(/theme/comments-[0-9a-f]+\\.js)\" defer></script>")));
  EXPECT_EQ(count(page.body, "<script"), 1);
  EXPECT_FALSE(contains(site.get("/").body, "<script"));
  const http::Response script = site.get(found[1]);
  EXPECT_EQ(script.status, 200);
  EXPECT_TRUE(contains(header(script, "Cache-Control"), "immutable"));
  EXPECT_LE(http::gzip(script.body, 6).size(), most_script_bytes);
  for (const char* elsewhere : {"http:", "https:", "//cdn", "innerHTML", "eval(", "new Function"})
    EXPECT_FALSE(contains(script.body, elsewhere)) << elsewhere;
  const std::string policy = header(page, "Content-Security-Policy");
  EXPECT_TRUE(contains(policy, "default-src 'none'; script-src 'self'; connect-src 'self';")) << policy;
  EXPECT_FALSE(contains(policy, "unsafe")) << policy;
}

TEST(Script, Every_text_it_says_comes_with_the_page) {
  TestSite site;
  const http::Response page = site.get(site.publish(ferry()).address);
  std::smatch found;
  ASSERT_TRUE(std::regex_search(page.body, found, std::regex("/theme/comments-[0-9a-f]+\\.js")));
  const std::string script = site.get(found[0]).body;
  const std::regex said("say\\((?:[^,)]*\\? )?\"([a-z_.]+)\"(?: : \"([a-z_.]+)\")?");
  int keys = 0;
  for (std::sregex_iterator one(script.begin(), script.end(), said), end; one != end; ++one) {
    for (const std::string& key : {(*one)[1].str(), (*one)[2].str()}) {
      if (key.empty()) continue;
      ++keys;
      EXPECT_TRUE(contains(page.body, "&quot;" + key + "&quot;") || contains(page.body, "&quot;" + key + ".other&quot;")) << key;
    }
  }
  EXPECT_GT(keys, 15);
}

TEST(Script, An_article_without_comments_stays_light) {
  TestSite site;
  desk::PublishRequest request = ferry();
  for (int i = 0; i < 40; ++i)
    request.body +=
        base::format("\n\nParagraph {} says what happened on the {}th day, and what the harbour office thought of it.", i, i);
  const http::Response page = site.get(site.publish(std::move(request)).address);
  std::smatch found;
  ASSERT_TRUE(std::regex_search(page.body, found, std::regex("/theme/style-[0-9a-f]+\\.css")));
  EXPECT_LE(http::gzip(page.body, 6).size() + http::gzip(site.get(found[0]).body, 6).size(), most_page_bytes);
}

}  // namespace
}  // namespace site
