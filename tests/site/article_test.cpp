// What stands on the pages of a site that readers look at.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/format.h"
#include "desk/intake.h"
#include "site/test_site.h"
#include "text/markdown.h"

namespace site {
namespace {

TEST(ArticlePage, Without_comments_it_invites_the_first) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const http::Response page = site.get(article.address);
  EXPECT_EQ(page.status, 200);
  const std::string words = words_of(page);
  EXPECT_TRUE(contains(words, "The bridge opens"));
  EXPECT_TRUE(contains(words, "Be the first to comment"));
  EXPECT_TRUE(contains(words, "Leave a Reply"));
  EXPECT_TRUE(contains(words, "Your email address will not be published. Required fields are marked *")) << words;
}

std::vector<std::string> seed_lines() {
  const std::filesystem::path folder = std::filesystem::path(BROADSHEET_SOURCE_DIR) / "../shared/seed";
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
    std::ifstream in(entry.path());
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
      if (!line.empty()) lines.push_back(line);
    }
    return lines;
  }
  return {};
}

// The first line is the headline; the last three are what the site itself has to say under every article.
TEST(ArticlePage, The_seed_article_stands_there_word_for_word) {
  const std::vector<std::string> lines = seed_lines();
  if (lines.size() < 5) GTEST_SKIP() << "the seed text is not there";
  TestSite site;
  desk::PublishRequest request;
  request.headline = lines.front();
  for (std::size_t i = 1; i + 3 < lines.size(); ++i) request.body += lines[i] + "\n\n";
  const auto article = site.publish(request);
  const std::string words = words_of(site.get(article.address));
  for (const std::string& line : lines) EXPECT_TRUE(contains(words, line)) << line;
  EXPECT_TRUE(contains(words, "\u201csend representatives to enforce parliament\u2019s decision,\u201d"));

  EXPECT_EQ(site.comment(article).status, 303);
  const std::string after = words_of(site.get(article.address));
  EXPECT_TRUE(contains(after, "1 comment"));
  EXPECT_FALSE(contains(after, "1 comments"));
  EXPECT_FALSE(contains(after, "Be the first to comment"));
  EXPECT_TRUE(contains(after, "Leave a Reply"));
}

TEST(ArticlePage, A_closed_article_says_so_and_has_no_form) {
  TestSite site;
  desk::PublishRequest request = TestSite::some_article("Closed");
  request.comments = news::Comments::closed;
  const http::Response page = site.get(site.publish(request).address);
  EXPECT_TRUE(contains(words_of(page), "Comments are closed."));
  EXPECT_FALSE(contains(page.body, "<form method=\"post\""));
  EXPECT_FALSE(contains(words_of(page), "Leave a Reply"));
}

TEST(ArticlePage, Fifty_comments_of_their_own_stand_on_a_page_and_real_links_lead_on) {
  TestSite site;
  const auto article = site.publish("Long thread");
  const auto taken = desk::take_in(site.desk(), [&](desk::Intake& intake) -> base::Result<void> {
    for (int i = 1; i <= 120; ++i) {
      desk::ForeignComment foreign;
      foreign.comment.article = article.id;
      foreign.comment.author = base::format("Reader {}", i);
      foreign.comment.source = base::format("Comment number {}.", i);
      foreign.comment.body = text::render_markdown(foreign.comment.source, {});
      foreign.comment.created = noon - base::Seconds(1000 - i);
      foreign.comment.verdict = {news::CommentStatus::published, "import"};
      TRY(intake.add_comment(std::move(foreign)));
    }
    return {};
  });
  ASSERT_TRUE(taken);
  const std::string words[] = {words_of(site.get(article.address)), words_of(site.get(article.address + "comment-page-2/")),
                               words_of(site.get(article.address + "comment-page-3/"))};
  EXPECT_EQ(count(words[0], "Comment number"), 50);
  EXPECT_TRUE(contains(words[0], "120 comments"));
  EXPECT_TRUE(contains(words[0], "Comment number 50."));
  EXPECT_TRUE(contains(words[1], "Comment number 51."));
  EXPECT_EQ(count(words[1], "Comment number"), 50);
  EXPECT_EQ(count(words[2], "Comment number"), 20);
  EXPECT_TRUE(contains(site.get(article.address).body, article.address + "comment-page-2/"));
  EXPECT_EQ(site.get(article.address + "comment-page-4/").status, 404);
  EXPECT_EQ(site.get(article.address + "comment-page-1/").status, 301);
  // A comment's permalink leads to the page it stands on.
  const http::Response place = site.get("/comment/120");
  EXPECT_EQ(place.status, 301);
  EXPECT_EQ(header(place, "Location"), article.address + "comment-page-3/#comment-120");
}

TEST(Listing, Lists_go_on_page_by_page_and_end) {
  news::SiteSettings settings = plain_settings();
  settings.articles_per_page = 5;
  TestSite site(settings);
  for (int i = 1; i <= 12; ++i) {
    desk::PublishRequest request = TestSite::some_article(base::format("Story number {}", i));
    request.published = noon - base::Seconds(100 * i);
    site.publish(request);
  }
  for (const std::string base :
       {"/category/news/", "/tag/harbour/", "/author/nora-quill/", "/2026/", "/2026/11/", "/2026/11/23/"}) {
    const http::Response first = site.get(base);
    EXPECT_EQ(first.status, 200) << base;
    EXPECT_TRUE(contains(first.body, base + "page/2/")) << base;
    EXPECT_TRUE(contains(words_of(site.get(base + "page/3/")), "Story number 12")) << base;
    EXPECT_EQ(site.get(base + "page/4/").status, 404) << base;
    EXPECT_EQ(header(site.get(base + "page/1/"), "Location"), base);
  }
  EXPECT_TRUE(contains(words_of(site.get("/page/3/")), "Story number 12"));
  EXPECT_EQ(header(site.get("/page/1/"), "Location"), "/");
  EXPECT_EQ(site.get("/page/4/").status, 404);
  EXPECT_EQ(site.get("/2025/").status, 404);
  EXPECT_EQ(site.get("/2026/13/").status, 404);
}

TEST(Search, Words_are_found_and_an_empty_question_is_a_page) {
  TestSite site;
  desk::PublishRequest request = TestSite::some_article("The keeper");
  request.body = "Nobody has lived in the lighthouse since May.";
  site.publish(request);
  const http::Response found = site.get("/search?q=lighthouse");
  EXPECT_EQ(found.status, 200);
  EXPECT_TRUE(contains(found.body, "<mark>"));
  EXPECT_EQ(site.get("/search").status, 200);
  EXPECT_EQ(site.get("/search?q=%22%27)(*%00").status, 200);
  EXPECT_EQ(header(site.get("/?s=light+house"), "Location"), "/search?q=light%20house");
}

TEST(Refusals, A_page_that_is_not_here_offers_ways_on) {
  TestSite site;
  site.publish("The bridge opens");
  const http::Response page = site.get("/2026/11/the-brigde-opens/");
  EXPECT_EQ(page.status, 404);
  EXPECT_TRUE(contains(words_of(page), "The bridge opens"));
  EXPECT_TRUE(contains(page.body, "the brigde opens"));
  http::Request script = make_get("/nowhere/", {{"Accept", "application/json"}});
  const http::Response answer = site.handle(std::move(script));
  EXPECT_EQ(answer.status, 404);
  EXPECT_TRUE(contains(answer.body, "\"key\":\"article.missing\""));
}

TEST(Refusals, What_was_taken_down_is_gone_and_what_is_not_published_is_not_there) {
  TestSite site;
  desk::PublishRequest request = TestSite::some_article("Taken down");
  request.status = news::ArticleStatus::taken_down;
  EXPECT_EQ(site.get(site.publish(request).address).status, 410);
  for (const auto status : {news::ArticleStatus::draft, news::ArticleStatus::private_}) {
    desk::PublishRequest hidden = TestSite::some_article("Hidden");
    hidden.slug = base::format("hidden-{}", static_cast<int>(status));
    hidden.status = status;
    const auto article = site.publish(hidden);
    EXPECT_EQ(site.get(article.address).status, 404);
    EXPECT_EQ(site.get(base::format("/?p={}", article.id.value)).status, 404);
    EXPECT_FALSE(contains(site.get("/").body, "Hidden"));
  }
}

TEST(PasswordedArticle, Opens_with_the_password_for_that_browser_only) {
  TestSite site;
  desk::PublishRequest request = TestSite::some_article("For members");
  request.password = "open sesame";
  request.body = "The secret is out.";
  const auto article = site.publish(request);
  const http::Response locked = site.get(article.address);
  EXPECT_EQ(header(locked, "Cache-Control"), "no-store");
  EXPECT_FALSE(contains(locked.body, "The secret is out"));
  const Fields form = {
      {"article", field_value(locked.body, "article")}, {"stamp", field_value(locked.body, "stamp")}, {"password", "open"}};
  const http::Response wrong = site.post("/password", form);
  EXPECT_EQ(wrong.status, 403);
  EXPECT_TRUE(contains(words_of(wrong), "That is not the password of this article"));

  Fields right = form;
  right.back().second = "open sesame";
  const http::Response opened = site.post("/password", right);
  ASSERT_EQ(opened.status, 303);
  EXPECT_EQ(header(opened, "Location"), article.address);
  const std::string cookie = header(opened, "Set-Cookie");
  EXPECT_TRUE(contains(cookie, "HttpOnly; SameSite=Lax"));
  const http::Response open = site.handle(make_get(article.address, {{"Cookie", cookie.substr(0, cookie.find(';'))}}));
  EXPECT_TRUE(contains(open.body, "The secret is out"));
  EXPECT_EQ(header(open, "Cache-Control"), "no-store");
  EXPECT_FALSE(contains(site.get(article.address).body, "The secret is out"));
  // Guessing has its limit.
  EXPECT_TRUE(contains(words_of(site.get(article.address)), "This article needs a password"));
  int status = 0;
  for (int i = 0; i < 12 && status != 429; ++i) status = site.post("/password", form).status;
  EXPECT_EQ(status, 429);
}

}  // namespace
}  // namespace site
