// Reports by readers, and the marks of the newsroom.
#include <gtest/gtest.h>

#include "desk/moderate_comment.h"
#include "desk/report_comment.h"
#include "site/test_site.h"

namespace site {
namespace {

using desk::operator_at_the_command_line;

http::Response report(TestSite& site, const std::string& reason, const std::string& cookie = {}, const std::string& client = {}) {
  http::Request request = make_post("/comment/report", {{"comment", "1"}, {"reason", reason}, {"words", "Look <b>here</b>."}});
  if (!cookie.empty()) request.headers.push_back({"Cookie", cookie});
  if (!client.empty()) request.client = client;
  return site.handle(std::move(request));
}

std::string cookie_of(const http::Response& answer) {
  const std::string cookie = header(answer, "Set-Cookie");
  return cookie.substr(0, cookie.find(';'));
}

std::size_t open_reports(TestSite& site) { return desk::list_reports(site.desk(), operator_at_the_command_line, 10)->size(); }

TEST(Reports, A_reader_reports_a_comment_and_a_moderator_learns_why) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  ASSERT_EQ(site.comment(article, "Buy this.").status, 303);
  EXPECT_TRUE(contains(site.get(article.address).body, "/comment/report?comment=1"));
  const http::Response form = site.get("/comment/report?comment=1");
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(contains(form.body, "Buy this."));
  const http::Response answer = report(site, "spam");
  ASSERT_EQ(answer.status, 303);
  EXPECT_TRUE(contains(words_of(site.get(header(answer, "Location"))), "An editor will look at this comment."));
  const auto reports = desk::list_reports(site.desk(), operator_at_the_command_line, 10);
  ASSERT_EQ(reports->size(), 1u);
  EXPECT_EQ(reports->front().reason, "spam");
  EXPECT_EQ(reports->front().words, "Look <b>here</b>.");
  EXPECT_TRUE(contains(site.get(article.address).body, "Buy this."));
}

TEST(Reports, One_browser_counts_once_with_its_cookie_and_without) {
  TestSite site;
  ASSERT_EQ(site.comment(site.publish("The bridge opens")).status, 303);
  const http::Response first = report(site, "spam");
  const std::string cookie = cookie_of(first);
  EXPECT_TRUE(cookie.starts_with("browser="));
  EXPECT_TRUE(contains(header(first, "Set-Cookie"), "Path=/comment; Max-Age=31536000; HttpOnly; SameSite=Lax"));
  EXPECT_EQ(report(site, "abuse").status, 303);
  EXPECT_EQ(report(site, "abuse", cookie, "198.51.100.9").status, 303);
  EXPECT_EQ(open_reports(site), 1u);
  EXPECT_EQ(report(site, "abuse", {}, "198.51.100.9").status, 303);
  EXPECT_EQ(open_reports(site), 2u);
}

TEST(Reports, A_decision_closes_them) {
  TestSite site;
  ASSERT_EQ(site.comment(site.publish("The bridge opens")).status, 303);
  report(site, "other");
  ASSERT_TRUE(desk::publish_comments(site.desk(), operator_at_the_command_line, {{{1}, 1}}));
  EXPECT_EQ(open_reports(site), 0u);
  report(site, "other", {}, "198.51.100.9");
  ASSERT_TRUE(desk::moderate_comments(site.desk(), operator_at_the_command_line, {{1}}, news::CommentStatus::spam));
  EXPECT_EQ(open_reports(site), 0u);
}

TEST(Reports, A_report_without_a_reason_or_about_nothing_is_refused_with_its_words) {
  TestSite site;
  ASSERT_EQ(site.comment(site.publish("The bridge opens")).status, 303);
  const http::Response page = report(site, "nonsense");
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(contains(words_of(page), "Please choose what is wrong with it."));
  EXPECT_TRUE(contains(page.body, "Look &lt;b&gt;here&lt;/b&gt;."));
  ASSERT_TRUE(desk::moderate_comments(site.desk(), operator_at_the_command_line, {{1}}, news::CommentStatus::held));
  EXPECT_EQ(report(site, "spam").status, 404);
  EXPECT_EQ(site.get("/comment/report?comment=1").status, 404);
  EXPECT_EQ(site.get("/comment/report").status, 404);
  EXPECT_EQ(open_reports(site), 0u);
}

TEST(Marks, What_the_newsroom_marks_is_shown_and_pinned_ones_stand_at_the_head) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  ASSERT_EQ(site.comment(article, "First.").status, 303);
  site.clock().advance(std::chrono::minutes(1));
  ASSERT_EQ(site.comment(article, "Second.").status, 303);
  for (const desk::Mark mark : {desk::Mark::pinned, desk::Mark::picked, desk::Mark::by_author})
    ASSERT_TRUE(desk::mark_comment(site.desk(), operator_at_the_command_line, {2}, mark, true));
  const http::Response page = site.get(article.address);
  for (const char* words : {"Pinned by the editors", "Picked by the editors", "Author of this article"})
    EXPECT_TRUE(contains(words_of(page), words)) << words;
  EXPECT_EQ(count(page.body, "<p>Second.</p>"), 2);
  EXPECT_LT(page.body.find("Second."), page.body.find("First."));
  EXPECT_EQ(count(page.body, "id=\"comment-2\""), 1);
  ASSERT_TRUE(desk::mark_comment(site.desk(), operator_at_the_command_line, {2}, desk::Mark::pinned, false));
  EXPECT_EQ(count(site.get(article.address).body, "<p>Second.</p>"), 1);
  ASSERT_TRUE(desk::mark_comment(site.desk(), operator_at_the_command_line, {2}, desk::Mark::pinned, true));
  ASSERT_TRUE(desk::moderate_comments(site.desk(), operator_at_the_command_line, {{2}}, news::CommentStatus::held));
  EXPECT_FALSE(contains(site.get(article.address).body, "Second."));
  EXPECT_FALSE(desk::mark_comment(site.desk(), {}, {1}, desk::Mark::picked, true));
}

}  // namespace
}  // namespace site
