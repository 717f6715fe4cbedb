#include "store/site_fixture.h"

namespace store {
namespace {

using news::CommentStatus;

struct Threads : SiteFixture {
  news::ThreadPage page(int number, int per_page = 2, news::CommentId own = {}) {
    return read([&](db::Connection& connection) { return thread_page(connection, story, number, per_page, own); });
  }
  int page_of_comment(news::CommentId id, int per_page = 2) {
    return read([&](db::Connection& connection) { return page_of(connection, *find_comment(connection, id), per_page); });
  }
  static std::vector<news::CommentId> ids(const news::ThreadPage& page) {
    std::vector<news::CommentId> found;
    for (const auto& view : page.comments) found.push_back(view.id);
    return found;
  }

  const news::ArticleId story = article("story");
};

TEST_F(Threads, An_article_without_comments_has_one_empty_page) {
  EXPECT_TRUE(page(1).comments.empty());
  EXPECT_EQ(page(1).pages, 1);
  EXPECT_EQ(page(1).total, 0);
}

TEST_F(Threads, A_page_holds_top_level_comments_with_all_their_replies_in_reading_order) {
  const auto first = comment(comment_on(story, 1));
  const auto second = comment(comment_on(story, 2));
  const auto third = comment(comment_on(story, 3));
  const auto reply = comment(comment_on(story, 9, first));
  const auto earlier_reply = comment(comment_on(story, 8, first));
  const auto answer = comment(comment_on(story, 10, reply));
  EXPECT_EQ(ids(page(1)), (std::vector{first, earlier_reply, reply, answer, second}));
  EXPECT_EQ(ids(page(2)), std::vector{third});
  EXPECT_TRUE(page(3).comments.empty());
  EXPECT_EQ(page(1).pages, 2);
  EXPECT_EQ(page(1).total, 6);
  EXPECT_EQ(page(1).comments[3].depth, 2);
  EXPECT_EQ(page_of_comment(answer), 1);
  EXPECT_EQ(page_of_comment(third), 2);
}

// More than are counted from the end (threads.cpp), so that both ways of counting are taken.
TEST_F(Threads, The_page_of_a_comment_is_found_from_both_ends_of_a_long_thread) {
  std::vector<news::CommentId> roots;
  for (int i = 0; i < 250; ++i) {
    const bool is_held = i % 50 == 7;
    const auto id = comment(comment_on(story, i, {}, is_held ? CommentStatus::held : CommentStatus::published));
    if (!is_held) roots.push_back(id);
  }
  for (std::size_t i = 0; i < roots.size(); ++i) EXPECT_EQ(page_of_comment(roots[i], 10), static_cast<int>(i / 10) + 1) << i;
}

TEST_F(Threads, What_is_held_is_seen_by_nobody_but_its_author) {
  const auto shown = comment(comment_on(story, 1));
  const auto held = comment(comment_on(story, 2, {}, CommentStatus::held));
  EXPECT_EQ(ids(page(1)), std::vector{shown});
  const news::ThreadPage own = page(1, 2, held);
  EXPECT_EQ(ids(own), (std::vector{shown, held}));
  EXPECT_EQ(own.comments[1].status, CommentStatus::held);
  EXPECT_EQ(own.comments[1].body.string(), "Well said");
  EXPECT_EQ(own.total, 1);
}

TEST_F(Threads, Ones_own_comment_stands_only_on_its_page_and_only_under_its_article) {
  for (int i = 0; i < 3; ++i) comment(comment_on(story, i));
  const auto held = comment(comment_on(story, 9, {}, CommentStatus::held));
  EXPECT_EQ(page(1, 2, held).comments.size(), 2U);
  EXPECT_EQ(page(2, 2, held).comments.size(), 2U);
  const auto elsewhere = comment(comment_on(article("other"), 9, {}, CommentStatus::held));
  EXPECT_EQ(page(2, 2, elsewhere).comments.size(), 1U);
}

TEST_F(Threads, A_held_comment_behind_a_full_last_page_stands_on_that_page) {
  for (int i = 0; i < 2; ++i) comment(comment_on(story, i));
  const auto held = comment(comment_on(story, 9, {}, CommentStatus::held));
  EXPECT_EQ(page_of_comment(held), 1);
  EXPECT_EQ(ids(page(1, 2, held)).back(), held);
  verdict(held, CommentStatus::published);
  EXPECT_EQ(page_of_comment(held), 2);
}

TEST_F(Threads, The_first_held_comment_is_seen_by_its_author) {
  const auto held = comment(comment_on(story, 9, {}, CommentStatus::held));
  EXPECT_EQ(ids(page(1, 2, held)), std::vector{held});
}

TEST_F(Threads, A_removed_comment_keeps_its_place_for_its_replies_but_not_a_word_of_it) {
  const auto root = comment(comment_on(story, 1));
  const auto reply = comment(comment_on(story, 2, root));
  verdict(root, CommentStatus::spam);
  const news::ThreadPage seen = page(1);
  ASSERT_EQ(ids(seen), (std::vector{root, reply}));
  const news::CommentView& removed = seen.comments[0];
  EXPECT_TRUE(removed.removed);
  EXPECT_EQ(removed.author + removed.website + removed.body.string(), "");
  EXPECT_EQ(removed.status, CommentStatus::rejected);
  EXPECT_FALSE(seen.comments[1].removed);

  verdict(reply, CommentStatus::rejected);
  EXPECT_TRUE(page(1).comments.empty());
}

TEST_F(Threads, The_latest_comments_lead_to_their_place_and_come_from_open_articles_only) {
  const auto locked = article("locked");
  comment(comment_on(locked, 50));
  write([&](db::Transaction& tx) { set_status(tx, locked, news::ArticleStatus::password_protected); });
  news::NewComment ping = comment_on(story, 40);
  ping.kind = news::CommentKind::pingback;
  comment(ping);
  comment(comment_on(story, 41, {}, CommentStatus::held));
  comment(comment_on(story, 1));
  const auto newest = comment(comment_on(story, 45));

  const auto latest = read([](db::Connection& connection) { return latest_comments(connection, 10, 2); });
  ASSERT_EQ(latest.size(), 2U);
  EXPECT_EQ(latest[0].id, newest);
  EXPECT_EQ(latest[0].address, "/story/comment-page-2/#comment-" + std::to_string(newest.value));
  EXPECT_EQ(latest[0].excerpt, "Well said");
  EXPECT_EQ(latest[0].article_headline, "Headline of story");
}

}  // namespace
}  // namespace store
