#include "desk/check_site.h"

#include <gmock/gmock.h>

#include <fstream>

#include "desk/test_site.h"

namespace desk {
namespace {

using testing::Contains;
using testing::HasSubstr;

struct Checked {
  CheckCounts counts;
  std::vector<std::string> found;
};

Checked check(TestSite& site) {
  Checked checked;
  checked.counts =
      check_site(site.desk(), site.media(), [&](std::string sentence) { checked.found.push_back(std::move(sentence)); });
  return checked;
}

void break_it(TestSite& site, const std::string& sql) {
  db::open_sqlite(site.folder() / "broadsheet.db", db::Access::write)->execute(sql);
}

void fill(TestSite& site) {
  const news::ArticleId article = site.publish("The bridge");
  site.publish({.headline = "The ferry", .standfirst = {}, .body = "x", .sections = {"News/Town hall"}, .tags = {"river"}});
  site.publish({.headline = "Draft", .standfirst = {}, .body = "x", .status = news::ArticleStatus::draft});
  ASSERT_TRUE(site.post(form_for(article)));
  std::filesystem::create_directories(site.media());
  std::ofstream(site.media() / "boat.jpg") << "boat";
  ASSERT_TRUE(take_in(site.desk(), [](Intake& intake) -> base::Result<void> {
    news::NewMedia media;
    media.address = "/media/boat.jpg";
    media.file = "boat.jpg";
    media.bytes = 4;
    intake.media(media);
    intake.alias("?p=12", "/2026/09/the-bridge/");
    intake.alias("/feed", "/2026/09/");
    return {};
  }));
}

TEST(CheckSite, A_good_site_has_no_problems) {
  TestSite site;
  fill(site);
  const Checked checked = check(site);
  EXPECT_THAT(checked.found, testing::IsEmpty());
  EXPECT_EQ(checked.counts.problems, 0);
  EXPECT_EQ(checked.counts.articles, 3);
  EXPECT_EQ(checked.counts.comments, 1);
  EXPECT_EQ(checked.counts.media, 1);
  EXPECT_GE(checked.counts.addresses, 7);
}

TEST(CheckSite, A_missing_or_shortened_file_is_found) {
  TestSite site;
  fill(site);
  std::ofstream(site.media() / "boat.jpg") << "bo";
  EXPECT_THAT(check(site).found, Contains(HasSubstr("2 bytes instead of 4")));
  std::filesystem::remove(site.media() / "boat.jpg");
  EXPECT_THAT(check(site).found, Contains(HasSubstr("boat.jpg")));
}

TEST(CheckSite, A_file_outside_the_media_folder_is_found) {
  TestSite site;
  fill(site);
  break_it(site, "UPDATE media SET file = '../broadsheet.db'");
  EXPECT_THAT(check(site).found, Contains(HasSubstr("outside")));
}

TEST(CheckSite, A_redirect_into_nothing_or_in_a_circle_is_found) {
  TestSite site;
  fill(site);
  ASSERT_TRUE(take_in(site.desk(), [](Intake& intake) -> base::Result<void> {
    intake.alias("/a", "/b/");
    intake.alias("/b", "/a/");
    intake.alias("/c", "/nowhere/");
    return {};
  }));
  const Checked checked = check(site);
  EXPECT_THAT(checked.found, Contains(HasSubstr("circle")));
  EXPECT_THAT(checked.found, Contains(HasSubstr("/nowhere/")));
}

TEST(CheckSite, An_article_whose_address_leads_elsewhere_is_found) {
  TestSite site;
  fill(site);
  break_it(site, "DELETE FROM addresses WHERE path = '/2026/09/the-bridge'");
  EXPECT_THAT(check(site).found, Contains(HasSubstr("/2026/09/the-bridge/")));
}

TEST(CheckSite, An_email_sealed_with_another_key_is_found) {
  TestSite site;
  fill(site);
  site.secrets = base::Secrets::ephemeral();
  EXPECT_THAT(check(site).found, Contains(HasSubstr("email of reader 1 cannot be opened")));
}

}  // namespace
}  // namespace desk
