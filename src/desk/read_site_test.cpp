#include "desk/read_site.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "desk/open_article.h"
#include "desk/publish_due.h"
#include "desk/test_site.h"
#include "text/url.h"

namespace desk {
namespace {

using base::Errc;
using news::CommentStatus;
using news::Source;
using news::SourceKind;

bool has_source(const std::vector<Source>& sources, Source source) {
  return std::find(sources.begin(), sources.end(), source) != sources.end();
}

news::ArticleId publish_in(TestSite& site, const std::string& headline, const std::string& section, int hours_ago) {
  return site.publish({.headline = headline,
                       .standfirst = {},
                       .body = "Words of " + headline + ".",
                       .sections = {section},
                       .tags = {"river"},
                       .authors = {"Nell Farraday"},
                       .published = site.clock.now() - std::chrono::hours(hours_ago)});
}

// Thirty articles in three sections, a word about some of them.
void fill(TestSite& site, const std::string& email_of_readers) {
  site.settings.moderation = news::Moderation::none;
  for (int i = 0; i < 30; ++i) {
    const news::ArticleId article = publish_in(site, "Story " + std::to_string(i),
                                               i % 3 == 0   ? "News"
                                               : i % 3 == 1 ? "Sport"
                                                            : "Arts",
                                               40 - i);
    for (int c = 0; c < i % 4; ++c) {
      CommentForm form = form_for(article, "Thought " + std::to_string(c));
      form.email = std::to_string(i * 10 + c) + email_of_readers;
      ASSERT_TRUE(site.post(form));
    }
  }
  site.settings.moderation = news::Moderation::first;
  CommentForm held = form_for(publish_in(site, "Quiet", "News", 50), "I wait.");
  held.email = "waiting" + email_of_readers;
  ASSERT_TRUE(site.post(held));
}

news::SectionId section_id(TestSite& site, const std::string& name) {
  news::SectionId id;
  EXPECT_TRUE(take_in(site.desk(), [&](Intake& intake) -> base::Result<void> {
    id = intake.section_named(name);
    return {};
  }));
  return id;
}

// All that a reader could learn from the pages, as one text.
std::string told(const news::Teaser& teaser) {
  return teaser.headline + "|" + teaser.address + "|" + teaser.standfirst + "|" + std::to_string(teaser.comment_count) + "\n";
}
std::string told(const std::vector<news::Teaser>& teasers) {
  std::string all;
  for (const news::Teaser& teaser : teasers) all += told(teaser);
  return all;
}

std::string told_by_front(TestSite& site) {
  const FrontContent front = read_front(site.desk());
  std::string all = (front.lead ? told(*front.lead) : "") + told(front.seconds) + told(front.latest) + told(front.most_discussed);
  for (const FrontContent::Block& block : front.blocks) all += block.section.name + "\n" + told(block.teasers);
  for (const news::CommentTeaser& comment : front.comments)
    all += comment.author + "|" + comment.excerpt + "|" + comment.address + "\n";
  return all;
}

std::string told_by_articles(TestSite& site) {
  std::string all;
  for (const news::Teaser& teaser : read_latest(site.desk(), 50)) {
    const auto content = read_article(site.desk(), teaser.id, 0);
    if (!content) continue;
    all += content->article.headline + content->article.body.string() + std::to_string(content->thread.total) +
           told(content->related);
    for (const news::CommentView& comment : content->thread.comments) {
      all += std::to_string(comment.id.value) + comment.author + comment.website + comment.body.string() + "\n";
      all += find_comment_place(site.desk(), comment.id).value().address;
    }
  }
  return all;
}

std::string told_by_search(TestSite& site, const std::string& words) {
  const SearchContent found = search(site.desk(), words, 1);
  std::string all = std::to_string(found.total) + "/" + std::to_string(found.pages) + "\n";
  for (const news::SearchHit& hit : found.hits) all += told(hit.teaser) + hit.snippet.string();
  return all;
}

std::string everything_told(TestSite& site) {
  std::string all = told_by_front(site) + told_by_articles(site);
  for (const char* words : {"story", "ada", "example.org", "waiting", "secret.test", "0@example.org", "wait"})
    all += told_by_search(site, words);
  for (int page = 1; page < 4; ++page) {
    if (const auto list = read_list(site.desk(), {}, page)) all += told(list->teasers.teasers);
  }
  if (const auto archive = read_archive(site.desk(), {.year = 2026}, 1)) all += told(archive->teasers.teasers);
  return all;
}

TEST(ReadSite, Two_sites_that_differ_only_in_private_columns_tell_the_same) {  // invariant 3
  TestSite one;
  TestSite other;
  fill(one, "@example.org");
  fill(other, "@secret.test");
  const std::string told = everything_told(one);
  EXPECT_GT(told.size(), 5000U);
  EXPECT_EQ(told, everything_told(other));
  for (const char* secret : {"@example.org", "@secret.test", "waiting"}) EXPECT_EQ(told.find(secret), std::string::npos);
}

TEST(ReadSite, Reading_changes_nothing) {  // invariant 5
  TestSite site;
  fill(site, "@example.org");
  const auto watcher = db::open_sqlite(site.folder() / "broadsheet.db", db::Access::read);
  const std::int64_t before = watcher->data_version();
  everything_told(site);
  read_frame(site.desk());
  find_address(site.desk(), "/nowhere");
  find_media_file(site.desk(), "/nowhere.jpg");
  EXPECT_EQ(publish_due(site.desk()), 0);
  EXPECT_EQ(watcher->data_version(), before);
  site.publish("One more");
  EXPECT_NE(watcher->data_version(), before);  // the watch would have seen it
}

TEST(ReadFront, No_story_stands_twice) {
  TestSite site;
  fill(site, "@example.org");
  const FrontContent front = read_front(site.desk());
  std::vector<news::ArticleId> shown{front.lead.value().id};
  for (const news::Teaser& teaser : front.seconds) shown.push_back(teaser.id);
  for (const FrontContent::Block& block : front.blocks) {
    for (const news::Teaser& teaser : block.teasers) shown.push_back(teaser.id);
  }
  for (const news::Teaser& teaser : front.latest) shown.push_back(teaser.id);
  EXPECT_EQ(std::set<news::ArticleId>(shown.begin(), shown.end()).size(), shown.size());
  EXPECT_EQ(front.seconds.size(), 3U);
  EXPECT_EQ(front.blocks.size(), 3U);
  for (const FrontContent::Block& block : front.blocks) EXPECT_EQ(block.teasers.size(), 4U);
  EXPECT_EQ(front.latest.size(), 10U);
  EXPECT_EQ(front.most_discussed.size(), 5U);
  EXPECT_EQ(front.comments.size(), 5U);
}

TEST(ReadFront, The_newest_sticky_story_leads_else_the_newest) {
  TestSite site;
  publish_in(site, "Older", "News", 5);
  publish_in(site, "Newest", "News", 1);
  EXPECT_EQ(read_front(site.desk()).lead->headline, "Newest");
  site.publish({.headline = "Pinned",
                .standfirst = {},
                .body = "x",
                .published = site.clock.now() - std::chrono::hours(90),
                .sticky = true});
  EXPECT_EQ(read_front(site.desk()).lead->headline, "Pinned");
}

TEST(ReadFront, An_empty_site_has_an_empty_front) {
  TestSite site;
  const FrontContent front = read_front(site.desk());
  EXPECT_FALSE(front.lead);
  EXPECT_TRUE(front.blocks.empty());
}

TEST(ReadFront, Its_sources_cover_all_that_it_shows) {
  TestSite site;
  fill(site, "@example.org");
  const FrontContent front = read_front(site.desk());
  for (const SourceKind kind : {SourceKind::frame, SourceKind::list_all, SourceKind::comments})
    EXPECT_TRUE(has_source(front.sources, {kind}));
  for (const FrontContent::Block& block : front.blocks) {
    EXPECT_TRUE(has_source(front.sources, {SourceKind::list_section, block.section.id.value}));
    for (const news::Teaser& teaser : block.teasers) EXPECT_TRUE(has_source(front.sources, news::thread_of(teaser.id)));
  }
}

// What a write touches meets what the page was made from: the heart of the page cache.
TEST(ReadSite, Every_write_that_changes_a_page_touches_a_source_of_it) {
  TestSite site;
  const news::ArticleId article = publish_in(site, "The bridge", "News", 9);
  const news::ArticleId other = publish_in(site, "The ferry", "News", 8);
  std::set<Source> touched;
  site.database().on_touched([&](const std::vector<db::Touched>& all) {
    for (const db::Touched& one : all) touched.insert({static_cast<SourceKind>(one.kind), one.id});
  });
  const auto meets = [&](const std::vector<Source>& sources) {
    const bool met = std::any_of(sources.begin(), sources.end(), [&](Source source) { return touched.contains(source); });
    touched.clear();
    return met;
  };
  const auto page_before = read_article(site.desk(), article, 1)->sources;
  const auto front_before = read_front(site.desk()).sources;
  const auto list_before = read_list(site.desk(), {news::ListKind::section, section_id(site, "News").value}, 1)->sources;
  touched.clear();

  site.settings.moderation = news::Moderation::none;
  ASSERT_TRUE(site.post(form_for(article)));
  const std::set<Source> by_comment = touched;
  EXPECT_TRUE(meets(page_before));
  touched = by_comment;
  EXPECT_TRUE(meets(front_before));
  touched = by_comment;
  EXPECT_TRUE(meets(list_before));

  publish_in(site, "The lock", "News", 1);
  const std::set<Source> by_article = touched;
  EXPECT_TRUE(meets(page_before));  // it has a newer neighbour
  touched = by_article;
  EXPECT_TRUE(meets(front_before));
  touched = by_article;
  EXPECT_TRUE(meets(list_before));

  site.publish({.headline = "The ferry, again", .standfirst = {}, .body = "New words.", .slug = "the-ferry"});
  const std::set<Source> by_revision = touched;
  EXPECT_TRUE(meets(read_article(site.desk(), other, 1)->sources));
  touched = by_revision;
  EXPECT_TRUE(meets(front_before));
}

TEST(ReadList, A_section_comes_with_its_parents_children_and_pages) {
  TestSite site;
  site.settings.articles_per_page = 2;
  for (int i = 0; i < 3; ++i) publish_in(site, "Hall " + std::to_string(i), "News/Town hall", i + 1);
  const auto list = read_list(site.desk(), {news::ListKind::section, section_id(site, "News/Town hall").value}, 2);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->title, "Town hall");
  EXPECT_EQ(list->address, "/category/news/town-hall/");
  EXPECT_THAT(list->parents, testing::ElementsAre(news::Link{"News", "/category/news/"}));
  EXPECT_EQ(list->teasers.teasers.size(), 1U);
  EXPECT_EQ(list->teasers.pages, 2);
  const auto above = read_list(site.desk(), {news::ListKind::section, section_id(site, "News").value}, 1);
  ASSERT_TRUE(above);
  EXPECT_EQ(above->teasers.total, 3);
  ASSERT_EQ(above->children.size(), 1U);
  EXPECT_EQ(above->children[0].name, "Town hall");
}

TEST(ReadList, A_page_that_is_not_there_is_not_found) {
  TestSite site;
  publish_in(site, "Only", "News", 1);
  for (const int page : {-1, 0, 2, 2'000'000'000})
    EXPECT_EQ(read_list(site.desk(), {}, page).error().code, Errc::not_found) << page;
  EXPECT_EQ(read_list(site.desk(), {news::ListKind::tag, 999}, 1).error().code, Errc::not_found);
}

TEST(ReadArchive, Years_months_and_days_are_those_of_the_sites_zone) {
  TestSite site;
  site.zone = *text::TimeZone::named("Europe/Berlin");
  // 23:30 UTC on New Year's Eve is next year in Berlin.
  site.clock.set(base::from_unix(1'800'000'000));
  site.publish(
      {.headline = "Bells", .standfirst = {}, .body = "x", .published = text::parse_time("2026-12-31T23:30:00Z", site.zone)});
  EXPECT_EQ(read_archive(site.desk(), {.year = 2026}, 1).error().code, Errc::not_found);
  ASSERT_TRUE(read_archive(site.desk(), {.year = 2027}, 1));
  ASSERT_TRUE(read_archive(site.desk(), {.year = 2027, .month = 1}, 1));
  const auto day = read_archive(site.desk(), {.year = 2027, .month = 1, .day = 1}, 1);
  ASSERT_TRUE(day);
  EXPECT_EQ(day->address, "/2027/01/01/");
  EXPECT_EQ(day->teasers.teasers.at(0).headline, "Bells");
}

TEST(ReadArchive, Impossible_and_empty_dates_are_not_found) {
  TestSite site;
  publish_in(site, "Only", "News", 1);
  for (const DateKey date : {DateKey{2026, 13, 0}, DateKey{2026, 2, 30}, DateKey{2026, 0, 5}, DateKey{0, 0, 0}, DateKey{-5, 1, 1},
                             DateKey{99999, 0, 0}, DateKey{1999, 0, 0}, DateKey{9999, 12, 31}}) {
    EXPECT_EQ(read_archive(site.desk(), date, 1).error().code, Errc::not_found)
        << date.year << " " << date.month << " " << date.day;
  }
}

TEST(ReadArticle, What_the_public_may_not_see_is_not_there) {
  TestSite site;
  const auto with_status = [&](const std::string& headline, news::ArticleStatus status) {
    return site.publish({.headline = headline, .standfirst = {}, .body = "x", .status = status});
  };
  EXPECT_EQ(read_article(site.desk(), with_status("Draft", news::ArticleStatus::draft), 1).error().code, Errc::not_found);
  EXPECT_EQ(read_article(site.desk(), with_status("Private", news::ArticleStatus::private_), 1).error().code, Errc::not_found);
  EXPECT_EQ(read_article(site.desk(), with_status("Later", news::ArticleStatus::scheduled), 1).error().code, Errc::not_found);
  EXPECT_EQ(read_article(site.desk(), with_status("Gone", news::ArticleStatus::taken_down), 1).error().code, Errc::gone);
  EXPECT_EQ(read_article(site.desk(), {999}, 1).error().code, Errc::not_found);
  EXPECT_TRUE(read_latest(site.desk(), 10).empty());
  EXPECT_EQ(search(site.desk(), "draft", 1).total, 0);
}

TEST(ReadArticle, It_knows_its_neighbours_and_relations) {
  TestSite site;
  publish_in(site, "Before", "News", 3);
  const news::ArticleId middle = publish_in(site, "Middle", "News", 2);
  publish_in(site, "After", "News", 1);
  const auto content = read_article(site.desk(), middle, 0);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->previous->headline, "Before");
  EXPECT_EQ(content->next->headline, "After");
  EXPECT_EQ(content->related.size(), 2U);
  EXPECT_TRUE(content->may_comment);
}

TEST(ReadArticle, A_standing_page_knows_what_is_above_and_below) {
  TestSite site;
  site.publish({.kind = news::ArticleKind::page, .headline = "About", .standfirst = {}, .body = "x"});
  const news::ArticleId team =
      site.publish({.kind = news::ArticleKind::page, .headline = "Team", .standfirst = {}, .body = "x", .parent_slug = "about"});
  const auto content = read_article(site.desk(), team, 0);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->article.address, "/about/team/");
  EXPECT_THAT(content->ancestors, testing::ElementsAre(news::Link{"About", "/about/"}));
  const auto about = read_article(site.desk(), content->article.parent, 0);
  ASSERT_EQ(about->children.size(), 1U);
  EXPECT_EQ(about->children[0].headline, "Team");
  EXPECT_THAT(read_frame(site.desk()).pages, testing::ElementsAre(news::Link{"About", "/about/"}));
}

TEST(ReadArticle, A_protected_article_gives_its_words_only_for_the_password) {
  TestSite site;
  const news::ArticleId article =
      site.publish({.headline = "Members", .standfirst = "Hush.", .body = "The lantern words.", .password = "lantern"});
  const auto locked = read_article(site.desk(), article, 1);
  ASSERT_TRUE(locked);
  EXPECT_TRUE(locked->is_locked);
  EXPECT_TRUE(locked->article.body.empty());
  EXPECT_EQ(read_latest(site.desk(), 1).at(0).standfirst, "");
  EXPECT_EQ(search(site.desk(), "lantern", 1).total, 0);

  EXPECT_EQ(open_article(site.desk(), article, "lamp").error().code, Errc::unproven);
  const auto token = open_article(site.desk(), article, "lantern");
  ASSERT_TRUE(token);
  const auto opened = read_article(site.desk(), article, 1, {}, *token);
  EXPECT_THAT(opened->article.body.string(), testing::HasSubstr("lantern words"));
  CommentForm form = form_for(article);
  form.access = *token;
  EXPECT_TRUE(site.post(form));

  site.publish({.headline = "Members", .standfirst = "Hush.", .body = "The lantern words.", .password = "changed"});
  EXPECT_TRUE(read_article(site.desk(), article, 1, {}, *token)->is_locked);
}

TEST(FindCommentPlace, Only_published_comments_of_public_articles_have_one) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto posted = site.post(form_for(article));
  ASSERT_TRUE(posted);
  EXPECT_FALSE(find_comment_place(site.desk(), posted->id));
  ASSERT_TRUE(moderate_comments(site.desk(), operator_at_the_command_line, {posted->id}, CommentStatus::published));
  EXPECT_TRUE(find_comment_place(site.desk(), posted->id));
  site.publish({.headline = "The bridge", .standfirst = {}, .body = "x", .status = news::ArticleStatus::draft});
  EXPECT_FALSE(find_comment_place(site.desk(), posted->id));
}

TEST(PublishDue, A_scheduled_article_appears_when_its_time_has_come) {
  TestSite site;
  const news::ArticleId article = site.publish(
      {.headline = "Tomorrow", .standfirst = {}, .body = "x", .published = site.clock.now() + std::chrono::hours(24)});
  EXPECT_EQ(read_article(site.desk(), article, 1).error().code, Errc::not_found);
  EXPECT_EQ(publish_due(site.desk()), 0);
  site.clock.advance(std::chrono::hours(24));
  EXPECT_EQ(publish_due(site.desk()), 1);
  EXPECT_TRUE(read_article(site.desk(), article, 1));
  EXPECT_EQ(read_front(site.desk()).lead->headline, "Tomorrow");
  EXPECT_EQ(publish_due(site.desk()), 0);
}

TEST(Search, Any_words_are_only_words) {
  TestSite site;
  publish_in(site, "The bridge", "News", 1);
  for (const std::string& words : {std::string("\" OR *"), std::string("headline: NEAR("), std::string(5000, '('),
                                   std::string("\xff\xfe"), std::string("")}) {
    search(site.desk(), words, 1);
  }
  EXPECT_EQ(search(site.desk(), "bridge", 1).total, 1);
  EXPECT_EQ(search(site.desk(), "bridge", -7).hits.size(), 1U);
}

}  // namespace
}  // namespace desk
