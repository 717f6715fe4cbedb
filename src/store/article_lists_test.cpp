#include "store/site_fixture.h"

namespace store {
namespace {

using news::ArticleStatus;
using news::ListKey;
using news::ListKind;

struct ArticleLists : SiteFixture {
  news::TeaserPage list(ListKey key, int page = 1, int per_page = 10) {
    return read([&](db::Connection& connection) { return list_teasers(connection, key, page, per_page); });
  }
  Strings in(ListKey key) { return headlines(list(key).teasers); }
  int count(news::SectionId id) {
    return read([&](db::Connection& connection) { return find_section(connection, id); })->article_count;
  }
  news::ArticleId filed(const std::string& slug, std::vector<news::SectionId> sections, std::int64_t published = 0) {
    news::NewArticle written = draft_of(slug, published);
    written.sections = std::move(sections);
    return article(written);
  }
  void set_status_of(news::ArticleId id, ArticleStatus status) {
    write([&](db::Transaction& tx) { set_status(tx, id, status); });
  }
};

ListKey key(news::SectionId id) { return {ListKind::section, id.value}; }
ListKey key(news::TagId id) { return {ListKind::tag, id.value}; }

TEST_F(ArticleLists, A_list_is_read_page_by_page_newest_first) {
  for (int i = 1; i <= 5; ++i) article(std::to_string(i), i);
  const news::TeaserPage second = list({}, 2, 2);
  EXPECT_EQ(headlines(second.teasers), (Strings{"3", "2"}));
  EXPECT_EQ(second.pages, 3);
  EXPECT_EQ(second.total, 5);
  EXPECT_TRUE(list({}, 4, 2).teasers.empty());
  EXPECT_EQ(list({ListKind::tag, 77}).pages, 1);
}

TEST_F(ArticleLists, An_article_stands_once_in_each_of_its_sections_and_their_ancestors) {
  const auto news = section("news");
  const auto town = section("town", news);
  const auto council = section("council", town);
  filed("a", {council, town});
  for (const auto id : {news, town, council}) {
    EXPECT_EQ(in(key(id)), Strings{"a"});
    EXPECT_EQ(count(id), 1);
  }
}

TEST_F(ArticleLists, Only_what_is_published_is_listed_and_pages_are_in_no_list) {
  for (const auto status : {ArticleStatus::draft, ArticleStatus::scheduled, ArticleStatus::private_, ArticleStatus::taken_down}) {
    news::NewArticle hidden = draft_of("hidden" + std::to_string(static_cast<int>(status)));
    hidden.status = status;
    article(hidden);
  }
  news::NewArticle page = draft_of("page");
  page.kind = news::ArticleKind::page;
  article(page);
  news::NewArticle locked = draft_of("locked");
  locked.status = ArticleStatus::password_protected;
  article(locked);
  EXPECT_EQ(in({}), Strings{"locked"});
}

TEST_F(ArticleLists, A_change_of_status_adds_and_removes_the_article) {
  const auto news = section("news");
  const auto id = filed("a", {news});
  set_status_of(id, ArticleStatus::taken_down);
  EXPECT_EQ(in(key(news)), Strings());
  EXPECT_EQ(count(news), 0);
  set_status_of(id, ArticleStatus::published);
  EXPECT_EQ(in(key(news)), Strings{"a"});
  EXPECT_EQ(count(news), 1);
}

TEST_F(ArticleLists, A_section_that_moves_takes_its_articles_along) {
  const auto news = section("news");
  const auto sport = section("sport");
  const auto clubs = section("clubs", news);
  const auto rowing = section("rowing", clubs);
  filed("a", {rowing});
  write([&](db::Transaction& tx) { set_parent(tx, clubs, sport, "/category/sport/clubs/"); });
  EXPECT_EQ(in(key(news)), Strings());
  EXPECT_EQ(in(key(sport)), Strings{"a"});
  EXPECT_EQ(in(key(clubs)), Strings{"a"});
  EXPECT_EQ(count(news), 0);
  EXPECT_EQ(count(sport), 1);
}

TEST_F(ArticleLists, An_archive_holds_what_was_published_in_its_time_and_nothing_of_the_next) {
  for (int i = 0; i < 5; ++i) article(std::to_string(i), i * 10);
  const auto page = read([](db::Connection& connection) { return list_teasers_between(connection, {at(10), at(30)}, 1, 10); });
  EXPECT_EQ(headlines(page.teasers), (Strings{"2", "1"}));
  EXPECT_EQ(page.total, 2);
}

TEST_F(ArticleLists, Neighbours_are_the_next_older_and_newer_ones_also_at_the_same_second) {
  article("a", 1);
  const auto b = article("b", 2);
  article("c", 2);
  const auto around = read([&](db::Connection& connection) { return neighbours(connection, *find_article(connection, b)); });
  EXPECT_EQ(around.previous->headline, "Headline of a");
  EXPECT_EQ(around.next->headline, "Headline of c");
}

TEST_F(ArticleLists, The_only_article_has_no_neighbours) {
  const auto a = article("a");
  const auto around = read([&](db::Connection& connection) { return neighbours(connection, *find_article(connection, a)); });
  EXPECT_FALSE(around.previous);
  EXPECT_FALSE(around.next);
}

TEST_F(ArticleLists, Related_are_those_that_share_most_and_then_the_newest) {
  const auto news = section("news");
  const auto bridge = tag("bridge");
  const auto river = tag("river");
  const auto with = [&](const std::string& slug, std::int64_t published, std::vector<news::TagId> tags,
                        std::vector<news::SectionId> sections) {
    news::NewArticle written = draft_of(slug, published);
    written.tags = std::move(tags);
    written.sections = std::move(sections);
    return article(written);
  };
  const auto id = with("self", 1, {bridge, river}, {news});
  with("both tags", 2, {bridge, river}, {});
  with("section only, older", 3, {}, {news});
  with("section only, newer", 4, {}, {news});
  with("one tag", 5, {river}, {});
  with("nothing", 6, {}, {});
  const auto related =
      read([&](db::Connection& connection) { return related_teasers(connection, *find_article(connection, id), 3); });
  EXPECT_EQ(headlines(related), (Strings{"both tags", "one tag", "section only, newer"}));
}

TEST_F(ArticleLists, Sticky_and_most_discussed_articles_are_those_the_public_may_see) {
  news::NewArticle sticky = draft_of("sticky", 1);
  sticky.sticky = true;
  article(sticky);
  sticky = draft_of("sticky draft", 2);
  sticky.sticky = true;
  sticky.status = ArticleStatus::draft;
  article(sticky);
  EXPECT_EQ(headlines(read([](db::Connection& connection) { return sticky_teasers(connection, 5); })), Strings{"sticky"});

  const auto quiet = article("quiet", 3);
  const auto loud = article("loud", 4);
  const auto old = article("old", 5);
  const auto gone = article("gone", 6);
  comment(comment_on(quiet, 100));
  for (int i = 0; i < 2; ++i) comment(comment_on(loud, 100));
  for (int i = 0; i < 3; ++i) comment(comment_on(old, 10));
  for (int i = 0; i < 4; ++i) comment(comment_on(gone, 100));
  set_status_of(gone, ArticleStatus::taken_down);
  EXPECT_EQ(headlines(read([](db::Connection& connection) { return most_discussed(connection, at(50), 5); })),
            (Strings{"loud", "quiet"}));
}

TEST_F(ArticleLists, Pages_are_children_of_their_parent_in_their_order) {
  const auto page = [&](const std::string& slug, int position, news::ArticleId parent) {
    news::NewArticle written = draft_of(slug);
    written.kind = news::ArticleKind::page;
    written.position = position;
    written.parent = parent;
    return article(written);
  };
  const auto about = page("about", 2, {});
  page("contact", 1, {});
  page("team", 0, about);
  const auto children = [&](news::ArticleId parent) {
    return headlines(read([&](db::Connection& connection) { return child_pages(connection, parent); }));
  };
  EXPECT_EQ(children({}), (Strings{"contact", "about"}));
  EXPECT_EQ(children(about), Strings{"team"});
}

TEST_F(ArticleLists, Scheduled_articles_are_due_when_their_time_has_come) {
  news::NewArticle planned = draft_of("planned", 100);
  planned.status = ArticleStatus::scheduled;
  const auto id = article(planned);
  const auto due = [&](std::int64_t now) {
    return read([&](db::Connection& connection) { return due_articles(connection, at(now)); });
  };
  EXPECT_TRUE(due(99).empty());
  EXPECT_EQ(due(100), std::vector{id});
}

TEST_F(ArticleLists, A_tag_counts_the_articles_that_bear_it) {
  const auto bridge = tag("bridge");
  news::NewArticle written = draft_of("a");
  written.tags = {bridge};
  article(written);
  EXPECT_EQ(in(key(bridge)), Strings{"a"});
  EXPECT_EQ(read([&](db::Connection& connection) { return find_tag(connection, bridge); })->article_count, 1);
}

}  // namespace
}  // namespace store
