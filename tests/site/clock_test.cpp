// A clock that jumps back, as when a machine's battery is dead or somebody sets it by hand: nothing a reader does may depend on
// its running forward.
#include <gtest/gtest.h>

#include "base/format.h"
#include "desk/check_site.h"
#include "desk/moderate_comment.h"
#include "site/test_site.h"

namespace site {
namespace {

struct ClockJump : testing::Test {
  explicit ClockJump(news::SiteSettings settings = plain_settings()) : site(std::move(settings)) {}
  void jump_back(base::Seconds by) { site.clock().set(site.clock().now() - by); }
  void expect_whole_site() {
    std::string found;
    desk::check_site(site.desk(), site.folder() / "media", [&](const std::string& sentence) { found += sentence + "\n"; });
    EXPECT_EQ(found, "");
  }
  TestSite site;
  const desk::PublishedArticle article = site.publish("The bridge opens");
};

TEST_F(ClockJump, A_form_from_the_time_before_it_is_taken_and_so_is_one_from_after_it) {
  const Fields before = site.filled_form(article, "Before the jump.");
  jump_back(std::chrono::hours(48));
  EXPECT_EQ(site.post("/comment", before).status, 303);
  EXPECT_EQ(site.comment(article, "After the jump.").status, 303);
  EXPECT_TRUE(contains(site.get(article.address).body, "After the jump."));
  expect_whole_site();
}

TEST_F(ClockJump, Numbers_go_on_counting_and_replies_stand_under_what_they_answer) {
  ASSERT_EQ(site.comment(article, "The first.").status, 303);
  jump_back(std::chrono::hours(24 * 365));
  Fields reply = site.filled_form(article, "The reply.");
  for (auto& [name, value] : reply) {
    if (name == "parent") value = "1";
  }
  ASSERT_EQ(site.post("/comment", reply).status, 303);
  const auto comments = *desk::list_comments(site.desk(), desk::operator_at_the_command_line, std::nullopt, 10);
  ASSERT_EQ(comments.size(), 2U);
  const std::string page = site.get(article.address).body;
  EXPECT_LT(page.find("The first."), page.find("The reply."));
  expect_whole_site();
}

TEST_F(ClockJump, A_double_click_across_it_is_still_one_comment) {
  const Fields form = site.filled_form(article, "Only once.");
  ASSERT_EQ(site.post("/comment", form).status, 303);
  jump_back(std::chrono::hours(2));
  ASSERT_EQ(site.post("/comment", form).status, 303);
  EXPECT_EQ(desk::list_comments(site.desk(), desk::operator_at_the_command_line, std::nullopt, 10)->size(), 1U);
}

TEST_F(ClockJump, A_page_that_is_ready_shows_what_is_written_after_it) {
  ASSERT_EQ(site.get(article.address).status, 200);
  jump_back(std::chrono::hours(24 * 30));
  ASSERT_EQ(site.comment(article, "After the jump.").status, 303);
  EXPECT_TRUE(contains(site.get(article.address).body, "After the jump."));
  EXPECT_EQ(site.get(article.address).status, 200) << "what was published stays published";
}

struct LimitedClockJump : ClockJump {
  static news::SiteSettings limited() {
    news::SiteSettings settings = plain_settings();
    settings.comments_per_minute = 2;
    return settings;
  }
  LimitedClockJump() : ClockJump(limited()) {}
};

TEST_F(LimitedClockJump, Nobody_is_locked_out_for_longer_than_a_minute) {
  for (int i = 0; i < 2; ++i) ASSERT_EQ(site.comment(article, base::format("Words {}", i)).status, 303);
  jump_back(std::chrono::hours(2));  // within the day: on another one a client has another token, and nobody knows them
  EXPECT_EQ(site.comment(article, "Too fast.").status, 429);
  site.clock().advance(std::chrono::seconds(60));
  EXPECT_EQ(site.comment(article, "Slowly.").status, 303);
}

}  // namespace
}  // namespace site
