#include "desk/publish_article.h"

#include <gmock/gmock.h>

#include "desk/read_site.h"
#include "desk/test_site.h"

namespace desk {
namespace {

using Outcome = PublishedArticle::Outcome;
using testing::HasSubstr;
using testing::Not;

PublishRequest bridge() {
  return {.headline = "The bridge",
          .standfirst = "It *stands*.",
          .body = "First words.\n\n“Quoted,” he said.",
          .sections = {"News/Town hall"},
          .tags = {"river"},
          .authors = {"Nell Farraday", "Ottilie Vane"},
          .published = base::from_unix(1'789'000'000)};
}

TEST(PublishArticle, It_stands_where_the_rules_put_it_with_all_that_it_names) {
  TestSite site;
  const auto published = publish_article(site.desk(), bridge());
  ASSERT_TRUE(published);
  EXPECT_EQ(published->outcome, Outcome::created);
  EXPECT_EQ(published->address, "/2026/09/the-bridge/");
  const auto content = read_article(site.desk(), published->id, 0);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->article.standfirst.string(), "It stands.");
  EXPECT_THAT(content->article.body.string(), HasSubstr("“Quoted,” he said."));
  EXPECT_THAT(content->article.authors, testing::ElementsAre(news::Link{"Nell Farraday", "/author/nell-farraday/"},
                                                             news::Link{"Ottilie Vane", "/author/ottilie-vane/"}));
  EXPECT_EQ(content->article.sections.at(0).name, "Town hall");
  EXPECT_EQ(content->article.updated, content->article.published);
}

TEST(PublishArticle, The_same_again_changes_nothing_and_other_words_are_a_revision) {
  TestSite site;
  const auto first = publish_article(site.desk(), bridge());
  site.clock.advance(std::chrono::hours(1));
  const auto same = publish_article(site.desk(), bridge());
  ASSERT_TRUE(first && same);
  EXPECT_EQ(same->outcome, Outcome::unchanged);
  PublishRequest corrected = bridge();
  corrected.body += " Correction: it leans.";
  const auto revised = publish_article(site.desk(), corrected);
  ASSERT_TRUE(revised);
  EXPECT_EQ(revised->outcome, Outcome::revised);
  EXPECT_EQ(revised->id, first->id);
  const auto content = read_article(site.desk(), first->id, 0);
  EXPECT_EQ(content->article.revision, 2);
  EXPECT_EQ(content->article.updated, site.clock.now());
  EXPECT_EQ(read_latest(site.desk(), 10).size(), 1U);
}

TEST(PublishArticle, Without_a_date_it_is_published_now_and_keeps_that_time) {
  TestSite site;
  PublishRequest request = bridge();
  request.published.reset();
  const auto first = publish_article(site.desk(), request);
  const base::Time then = site.clock.now();
  site.clock.advance(std::chrono::hours(5));
  EXPECT_EQ(publish_article(site.desk(), request)->outcome, Outcome::unchanged);
  EXPECT_EQ(read_article(site.desk(), first->id, 0)->article.published, then);
}

TEST(PublishArticle, A_date_to_come_schedules_it) {
  TestSite site;
  PublishRequest request = bridge();
  request.published = site.clock.now() + base::Seconds(1);
  const auto published = publish_article(site.desk(), request);
  ASSERT_TRUE(published);
  EXPECT_EQ(read_article(site.desk(), published->id, 0).error().code, base::Errc::not_found);
}

TEST(PublishArticle, A_password_protects_it_and_running_it_again_changes_nothing) {
  TestSite site;
  PublishRequest request = bridge();
  request.password = "lantern";
  const auto published = publish_article(site.desk(), request);
  ASSERT_TRUE(published);
  EXPECT_TRUE(read_article(site.desk(), published->id, 0)->is_locked);
  EXPECT_EQ(publish_article(site.desk(), request)->outcome, Outcome::unchanged);
}

TEST(PublishArticle, Scripts_and_pictures_from_elsewhere_do_not_survive) {  // invariant 4
  TestSite site;
  PublishRequest request = bridge();
  request.headline = "<script>alert(1)</script>";
  request.slug = "hostile";
  request.body = "<script>alert(1)</script><p onclick=alert(1)>Words</p> ![x](https://tracker.example/x.png)";
  const auto published = publish_article(site.desk(), request);
  ASSERT_TRUE(published);
  const std::string body = read_article(site.desk(), published->id, 0)->article.body.string();
  EXPECT_THAT(body, Not(HasSubstr("<script")));
  EXPECT_THAT(body, Not(HasSubstr("onclick")));
  EXPECT_THAT(body, Not(HasSubstr("<img")));
}

TEST(PublishArticle, A_lead_picture_is_kept_with_its_words) {
  TestSite site;
  PublishRequest request = bridge();
  LeadPicture lead;
  lead.media.address = "/media/bridge.svg";
  lead.media.file = "bridge.svg";
  lead.media.type = "image/svg+xml";
  lead.media.width = 1200;
  lead.media.height = 675;
  lead.media.alternative_text = "A bridge";
  lead.media.credit = "Ottilie Vane";
  lead.caption = "It <leans>";
  request.lead = lead;
  const auto published = publish_article(site.desk(), request);
  ASSERT_TRUE(published);
  const auto content = read_article(site.desk(), published->id, 0);
  ASSERT_TRUE(content->article.lead);
  EXPECT_EQ(content->article.lead->width, 1200);
  EXPECT_EQ(content->article.lead->caption.string(), "It &lt;leans&gt;");
  EXPECT_EQ(find_media_file(site.desk(), "/media/bridge.svg"), "bridge.svg");
  EXPECT_EQ(publish_article(site.desk(), request)->outcome, Outcome::unchanged);
}

TEST(PublishArticle, What_is_missing_is_said_and_nothing_is_stored) {
  TestSite site;
  PublishRequest request = bridge();
  request.headline = "  ";
  EXPECT_EQ(publish_article(site.desk(), request).error().fields.at(0).field, "headline");
  request = bridge();
  request.parent_slug = "nowhere";
  request.kind = news::ArticleKind::page;
  EXPECT_EQ(publish_article(site.desk(), request).error().fields.at(0).field, "parent_slug");
  request = bridge();
  request.body = "\xff";
  EXPECT_FALSE(publish_article(site.desk(), request));
  EXPECT_TRUE(read_latest(site.desk(), 10).empty());
  EXPECT_TRUE(read_frame(site.desk()).pages.empty());
}

}  // namespace
}  // namespace desk
