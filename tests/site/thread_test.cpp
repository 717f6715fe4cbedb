// Reading a thread: votes, and the count that a page asks for.
#include <gtest/gtest.h>

#include "base/format.h"
#include "desk/moderate_comment.h"
#include "site/test_site.h"

namespace site {
namespace {

http::Response vote(TestSite& site, const std::string& value, int comment, const std::string& client,
                    const std::string& cookie = {}) {
  http::Request request = make_post("/comment/vote", {{value, std::to_string(comment)}});
  request.client = client;
  if (!cookie.empty()) request.headers.push_back({"Cookie", cookie});
  return site.handle(std::move(request));
}

std::string cookie_of(const http::Response& answer) {
  const std::string cookie = header(answer, "Set-Cookie");
  return cookie.substr(0, cookie.find(';'));
}

desk::PublishedArticle article_with_comments(TestSite& site, int count) {
  const auto article = site.publish("The bridge opens");
  for (int i = 1; i <= count; ++i) {
    EXPECT_EQ(site.comment(article, base::format("Comment number {}.", i)).status, 303);
    site.clock().advance(base::Seconds(90));
  }
  return article;
}

TEST(Votes, Each_browser_has_one_which_it_may_change_and_take_back) {
  TestSite site;
  const auto article = article_with_comments(site, 1);
  const http::Response first = vote(site, "up", 1, "198.51.100.1");
  ASSERT_EQ(first.status, 303);
  EXPECT_TRUE(header(first, "Location").ends_with("#comment-1")) << header(first, "Location");
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote up: 1 so far"));
  vote(site, "up", 1, "198.51.100.1");
  vote(site, "up", 1, "203.0.113.9", cookie_of(first));
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote up: 1 so far"));
  vote(site, "down", 1, "203.0.113.9", cookie_of(first));
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote up: 0 so far"));
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote down: 1 so far"));
  vote(site, "none", 1, "203.0.113.9", cookie_of(first));
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote down: 0 so far"));
}

TEST(Votes, Nobody_votes_by_reading_from_elsewhere_on_their_own_or_on_what_is_not_shown) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const http::Response posted = site.comment(article, "Mine.");
  const std::string before = site.database_digest();
  site.get("/comment/vote?up=1");
  EXPECT_EQ(site.get("/comment/vote?up=1").status, 405);
  EXPECT_EQ(site.handle(make_post("/comment/vote", {{"up", "1"}}, {})).status, 403);
  EXPECT_EQ(site.handle(make_post("/comment/vote", {{"up", "1"}}, {{"Origin", "https://evil.example"}})).status, 403);
  EXPECT_EQ(vote(site, "up", 1, "198.51.100.1", cookie_of(posted)).status, 403);
  EXPECT_EQ(vote(site, "up", 2, "198.51.100.1").status, 404);
  EXPECT_EQ(vote(site, "sideways", 1, "198.51.100.1").status, 404);
  EXPECT_EQ(site.database_digest(), before);
  ASSERT_TRUE(desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{1}}, news::CommentStatus::held));
  EXPECT_EQ(vote(site, "up", 1, "198.51.100.1").status, 404);
}

TEST(Counts, A_page_can_ask_how_many_comments_there_are) {
  TestSite site;
  const auto article = article_with_comments(site, 1);
  const std::string address = base::format("/comment/count/{}", article.id.value);
  EXPECT_EQ(site.get(address).body, "{\"comments\":1}");
  ASSERT_EQ(site.comment(article, "One more.").status, 303);
  EXPECT_EQ(site.get(address).body, "{\"comments\":2}");
  EXPECT_EQ(site.get("/comment/count/4711").status, 404);
  EXPECT_EQ(site.get("/comment/count/x").status, 404);
}

}  // namespace
}  // namespace site
