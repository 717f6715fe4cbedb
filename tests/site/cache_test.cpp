// The read path as an I/O thread takes it: pages are found without a handler, and never older than what was committed (invariant
// 10).
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "desk/moderate_comment.h"
#include "http/server.h"
#include "site/test_site.h"

namespace site {
namespace {

// Whether the page was there without asking the handler.
bool is_ready(http::PreparedSource& thread, const std::string& target) { return thread.find(target) != nullptr; }

TEST(PageCaching, A_page_is_ready_after_its_first_visit_also_for_campaign_links) {
  TestSite site;
  const auto thread = site.web().make_source();
  const auto article = site.publish("The bridge opens");
  EXPECT_FALSE(is_ready(*thread, article.address));
  const http::Response first = site.get(article.address);
  ASSERT_TRUE(is_ready(*thread, article.address));
  EXPECT_EQ(thread->find(article.address)->identity.body, first.body);
  EXPECT_TRUE(is_ready(*thread, article.address + "?fbclid=abc&utm_medium=x"));
  EXPECT_EQ(header(first, "Cache-Control"), "public, max-age=0, must-revalidate");
}

TEST(PageCaching, The_plain_text_of_a_page_is_kept_once_somebody_asks_for_it) {
  TestSite site;
  const auto thread = site.web().make_source();
  const auto article = site.publish("The bridge opens");
  http::Request coded = make_get(article.address);
  coded.headers.push_back({"Accept-Encoding", "gzip, br"});
  const http::Response first = site.handle(coded);
  ASSERT_TRUE(is_ready(*thread, article.address));
  EXPECT_TRUE(thread->find(article.address)->is_packed());
  site.handle(coded);
  EXPECT_TRUE(thread->find(article.address)->is_packed());
  const http::Response plain = site.get(article.address);
  EXPECT_TRUE(contains(plain.body, "The bridge opens"));
  EXPECT_EQ(plain.body, first.body);  // which was unpacked to be looked at here
  ASSERT_FALSE(thread->find(article.address)->is_packed());
  EXPECT_EQ(thread->find(article.address)->identity.body, plain.body);
}

TEST(PageCaching, What_is_personal_is_never_ready) {
  TestSite site;
  const auto thread = site.web().make_source();
  const auto article = site.publish("The bridge opens");
  const http::Response posted = site.comment(article);
  std::string place = header(posted, "Location");
  place.resize(place.find('#'));
  site.get(place);
  EXPECT_FALSE(is_ready(*thread, place));
  site.get("/nowhere/");
  EXPECT_FALSE(is_ready(*thread, "/nowhere/"));
  site.get(article.address + "?replytocom=1");
  EXPECT_FALSE(is_ready(*thread, article.address + "?replytocom=1"));
  site.get("/search?q=bridge");
  EXPECT_FALSE(is_ready(*thread, "/search?q=bridge"));
}

TEST(PageCaching, A_comment_makes_its_article_stale_and_leaves_others_ready) {
  TestSite site;
  const auto thread = site.web().make_source();
  desk::PublishRequest elsewhere = TestSite::some_article("The harbour closes");
  elsewhere.sections = {"Sport"};
  elsewhere.tags = {};
  const auto other = site.publish(elsewhere);
  const auto article = site.publish("The bridge opens");
  site.get(article.address);
  site.get(other.address);
  site.get("/");
  ASSERT_EQ(site.comment(article, "New words.").status, 303);
  EXPECT_FALSE(is_ready(*thread, article.address));
  EXPECT_FALSE(is_ready(*thread, "/"));
  EXPECT_TRUE(contains(site.get(article.address).body, "New words."));
  EXPECT_TRUE(contains(site.get("/").body, "New words."));
  ASSERT_TRUE(desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{1}}, news::CommentStatus::spam));
  EXPECT_FALSE(contains(site.get(article.address).body, "New words."));
  EXPECT_FALSE(contains(site.get("/").body, "New words."));
}

TEST(PageCaching, A_page_that_everybody_reads_is_made_anew_without_any_of_them) {
  TestSite site;
  const auto thread = site.web().make_source();
  const auto article = site.publish("The bridge opens");
  site.get(article.address);
  for (int i = 0; i < 100; ++i) is_ready(*thread, article.address);
  thread->tick();
  ASSERT_EQ(site.comment(article, "New words.").status, 303);
  const auto has_come = [&] {
    const http::Prepared* page = thread->find(article.address);
    return page != nullptr && contains(http::plain_body(*page), "New words.");
  };
  for (int i = 0; i < 10'000 && !has_come(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_TRUE(has_come());
}

TEST(PageCaching, A_new_article_is_on_the_front_page_at_once_and_a_404_ends) {
  TestSite site;
  site.publish("The bridge opens");
  site.get("/");
  EXPECT_EQ(site.get("/2026/11/the-second-story/").status, 404);
  site.publish("The second story");
  EXPECT_TRUE(contains(site.get("/").body, "The second story"));
  EXPECT_EQ(site.get("/2026/11/the-second-story/").status, 200);
  desk::PublishRequest down = TestSite::some_article("The second story");
  down.slug = "the-second-story";
  down.status = news::ArticleStatus::taken_down;
  site.publish(down);
  EXPECT_EQ(site.get("/2026/11/the-second-story/").status, 410);
  EXPECT_FALSE(contains(site.get("/").body, "The second story"));
}

// Another process at the same folder: the command line while the server runs.
TEST(PageCaching, What_another_process_writes_shows_after_the_next_look) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  site.comment(article, "Spam, spam.");
  EXPECT_TRUE(contains(site.get(article.address).body, "Spam, spam."));
  site.database().poll();
  {
    auto second = db::Database::open({.file = site.folder() / "broadsheet.db", .announce = true});
    ASSERT_TRUE(second);
    const desk::Desk desk{**second, site.desk().clock, site.desk().secrets, site.desk().settings, site.desk().zone};
    ASSERT_TRUE(desk::moderate_comments(desk, desk::operator_at_the_command_line, {{1}}, news::CommentStatus::spam));
  }
  site.database().poll();
  EXPECT_FALSE(contains(site.get(article.address).body, "Spam, spam."));
}

TEST(PageCaching, A_page_is_made_anew_after_an_hour_and_at_midnight) {
  TestSite site;
  const auto thread = site.web().make_source();
  const auto article = site.publish("The bridge opens");
  site.get(article.address);
  site.clock().advance(base::Seconds(3599));
  thread->tick();
  EXPECT_TRUE(is_ready(*thread, article.address));
  site.clock().advance(base::Seconds(1));
  thread->tick();
  EXPECT_FALSE(is_ready(*thread, article.address));
  site.clock().set(noon + base::Seconds(11 * 3600 + 3000));  // 23:50
  EXPECT_TRUE(contains(words_of(site.get("/")), "23 November 2026"));
  site.clock().advance(base::Seconds(600));
  EXPECT_TRUE(contains(words_of(site.get("/")), "24 November 2026"));
}

TEST(PageCaching, A_page_made_anew_without_change_keeps_its_tag) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const std::string tag = header(site.get(article.address), "ETag");
  EXPECT_NE(tag, "");
  site.web().make_stale({news::Source{news::SourceKind::everything, 0}});
  EXPECT_EQ(header(site.get(article.address), "ETag"), tag);
}

}  // namespace
}  // namespace site
