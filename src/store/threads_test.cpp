#include <algorithm>
#include <fstream>
#include <map>
#include <random>

#include "news/permalink.h"
#include "store/comment_life.h"
#include "store/site_fixture.h"
#include "store/threads.h"

namespace store {
namespace {

using news::CommentStatus;

struct Threads : SiteFixture {
  std::optional<news::ThreadPage> part(const news::ThreadPart& part, int per_page = 2, news::CommentId own = {}) {
    return read([&](db::Connection& connection) { return read_thread(connection, story, part, per_page, own); });
  }
  news::ThreadPage page(int number, int per_page = 2, news::CommentId own = {}) {
    return part({.page = number}, per_page, own).value();
  }
  news::ThreadPart place(news::CommentId id, int per_page = 2) {
    return read([&](db::Connection& connection) { return place_of(connection, *find_comment(connection, id), per_page); });
  }
  int page_of_comment(news::CommentId id, int per_page = 2) { return place(id, per_page).page; }
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

// More than a block holds, written from the end to the beginning and then from both, so that blocks are split everywhere.
TEST_F(Threads, Pages_and_their_comments_are_found_in_a_thread_of_many_blocks) {
  std::map<std::int64_t, news::CommentId> roots;  // by time
  write([&](db::Transaction& tx) {
    for (int i = 0; i < 2600; ++i) {
      const int time = i < 1300 ? 5000 - i : i % 2 == 0 ? 5000 + i : 3000 - i;
      const bool is_held = i % 50 == 7;
      const auto id = insert(tx, comment_on(story, time, {}, is_held ? CommentStatus::held : CommentStatus::published), 10);
      if (!is_held) roots[time] = id;
    }
    // And a stretch of them is taken away again.
    for (int time = 4000; time < 4900; ++time) {
      if (const auto root = roots.find(time); root != roots.end()) {
        set_verdict(tx, root->second, {CommentStatus::spam, "staff"});
        roots.erase(root);
      }
    }
  });
  std::vector<news::CommentId> expected;
  for (const auto& [time, id] : roots) expected.push_back(id);
  std::vector<news::CommentId> found;
  const int pages = page(1, 50).pages;
  for (int number = 1; number <= pages; ++number) {
    for (const news::CommentId id : ids(page(number, 50))) found.push_back(id);
  }
  EXPECT_EQ(found, expected);
  for (std::size_t i = 0; i < expected.size(); i += 7) ASSERT_EQ(page_of_comment(expected[i], 50), static_cast<int>(i / 50) + 1);
}

TEST_F(Threads, A_database_that_has_comments_already_gets_its_blocks) {
  write([&](db::Transaction& tx) {
    for (int i = 0; i < 1300; ++i)
      insert(tx, comment_on(story, i, {}, i % 50 == 7 ? CommentStatus::held : CommentStatus::published), 10);
    insert(tx, comment_on(insert(tx, draft_of("other"), {}, at(0))), 10);
  });
  std::ifstream file(std::filesystem::path(BROADSHEET_SOURCE_DIR) / "migrations/sqlite/0004_thread_blocks.sql");
  const std::string migration{std::istreambuf_iterator<char>(file), {}};
  sql("DROP TABLE thread_blocks; DROP INDEX comments_shown; " + migration);
  EXPECT_EQ(problems(), Strings());
  comment(comment_on(story, 0));
}

TEST_F(Threads, A_page_with_room_shows_all_and_a_crowded_one_shares_the_room_among_its_top_level_comments) {
  const auto first = comment(comment_on(story, 1));
  const auto second = comment(comment_on(story, 2));
  std::vector<news::CommentId> replies;
  for (int i = 0; i < 4; ++i) replies.push_back(comment(comment_on(story, 10 + i, first)));
  EXPECT_EQ(page(1).comments.size(), 6U);
  EXPECT_EQ(page(1).comments[0].folded_after, news::CommentId());

  // There is room for six comments. The second has no replies: the first one gets its share too.
  const auto fifth = comment(comment_on(story, 20, first));
  const news::ThreadPage crowded = page(1);
  EXPECT_EQ(ids(crowded), (std::vector{first, replies[0], replies[1], replies[2], replies[3], second}));
  EXPECT_EQ(crowded.comments[0].folded_after, replies[3]);
  EXPECT_EQ(place(replies[3]), (news::ThreadPart{.page = 1}));
  EXPECT_EQ(place(fifth), (news::ThreadPart{.branch = fifth}));

  for (int i = 0; i < 3; ++i) comment(comment_on(story, 30 + i, second));
  EXPECT_EQ(page(1).comments.size(), 6U);
  EXPECT_EQ(page(1).comments[0].folded_after, replies[1]);
  EXPECT_TRUE(page(1).comments[3].folded_after);
  EXPECT_EQ(place(second), (news::ThreadPart{.page = 1}));
}

TEST_F(Threads, A_branch_shows_what_its_comment_answers_and_then_all_below_it_page_after_page) {
  const auto root = comment(comment_on(story, 1));
  comment(comment_on(story, 2, root));
  const auto top = comment(comment_on(story, 3, root));
  std::vector<news::CommentId> below{top};
  write([&](db::Transaction& tx) {
    for (int i = 0; i < 250; ++i)
      below.push_back(insert(tx, comment_on(story, 10 + i, below[static_cast<std::size_t>(i % 3 == 0 ? 0 : i)]), 10));
  });
  comment(comment_on(story, 900, root));

  std::vector<news::CommentId> seen;
  news::ThreadPart wanted{.branch = top};
  do {
    const news::ThreadPage shown = part(wanted).value();
    EXPECT_EQ(shown.comments.front().id, root);
    int depth = -1;
    for (const news::CommentView& view : shown.comments) {
      EXPECT_LE(view.depth, depth + 1) << "it stands below what it answers";
      depth = view.depth;
      if (view.id != root && std::ranges::find(seen, view.id) == seen.end()) seen.push_back(view.id);
    }
    EXPECT_LE(shown.comments.size(), 105U);
    wanted.after = shown.next;
  } while (wanted.after);
  EXPECT_EQ(seen.size(), below.size());
  std::ranges::sort(seen);
  EXPECT_EQ(seen, below);
}

TEST_F(Threads, A_branch_or_cursor_that_the_public_does_not_see_here_is_none_whatever_it_is) {
  const auto root = comment(comment_on(story, 1));
  const auto held = comment(comment_on(story, 2, root, CommentStatus::held));
  const auto other = comment(comment_on(story, 3));
  const auto elsewhere = comment(comment_on(article("other"), 4));
  EXPECT_TRUE(part({.branch = root}));
  for (const news::CommentId none : {held, elsewhere, news::CommentId{999}}) {
    EXPECT_FALSE(part({.branch = none}));
    EXPECT_FALSE(part({.branch = root, .after = none}));
    EXPECT_FALSE(part({.order = news::ThreadOrder::newest, .after = none}));
    EXPECT_FALSE(part({.order = news::ThreadOrder::best, .after = none}));
  }
  EXPECT_FALSE(part({.branch = root, .after = other})) << "it stands in another branch";
  EXPECT_EQ(ids(part({.branch = held}, 2, held).value()), (std::vector{root, held})) << "but to its author";
}

TEST_F(Threads, Ones_own_comment_is_shown_where_the_page_has_no_room_with_what_it_answers) {
  const auto root = comment(comment_on(story, 1));
  news::CommentId last;
  for (int i = 0; i < 9; ++i) last = comment(comment_on(story, 10 + i, root));
  const auto held = comment(comment_on(story, 50, last, CommentStatus::held));
  EXPECT_EQ(place(held), (news::ThreadPart{.branch = held}));
  const std::vector<news::CommentId> numbered = ids(page(1, 2, held));
  ASSERT_GE(numbered.size(), 2U);
  EXPECT_EQ(std::vector(numbered.end() - 2, numbered.end()), (std::vector{last, held}));
  EXPECT_EQ(ids(part({.branch = held}, 2, held).value()), (std::vector{root, last, held}));
}

TEST_F(Threads, The_newest_and_the_best_come_first_and_go_on_behind_a_cursor) {
  std::vector<news::CommentId> roots;
  for (int i = 0; i < 5; ++i) roots.push_back(comment(comment_on(story, i)));
  const auto reply = comment(comment_on(story, 9, roots[4]));
  write([&](db::Transaction& tx) {
    set_vote_totals(tx, roots[3], {.up = 9, .down = 0});
    set_vote_totals(tx, roots[1], {.up = 2, .down = 0});
    set_vote_totals(tx, roots[2], {.up = 2, .down = 0});
    set_vote_totals(tx, roots[0], {.up = 0, .down = 9});
  });
  const auto all = [&](news::ThreadOrder order) {
    std::vector<news::CommentId> found;
    news::ThreadPart wanted{.order = order};
    do {
      const news::ThreadPage shown = part(wanted).value();
      for (const news::CommentId id : ids(shown)) found.push_back(id);
      wanted.after = shown.next;
    } while (wanted.after);
    return found;
  };
  EXPECT_EQ(all(news::ThreadOrder::newest), (std::vector{roots[4], reply, roots[3], roots[2], roots[1], roots[0]}));
  EXPECT_EQ(all(news::ThreadOrder::best), (std::vector{roots[3], roots[1], roots[2], roots[0], roots[4], reply}));
  EXPECT_FALSE(part({.order = news::ThreadOrder::newest, .after = reply})) << "pages begin with top-level comments";
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

TEST_F(Threads, Of_the_latest_comments_a_reply_in_a_long_thread_is_looked_for_only_when_somebody_follows_it) {
  const auto first = comment(comment_on(story, 1));
  for (int i = 2; i < 7; ++i) comment(comment_on(story, i, first));
  const auto root = comment(comment_on(story, 10));
  const auto reply = comment(comment_on(story, 11, root));
  const auto latest = read([](db::Connection& connection) { return latest_comments(connection, 2, 2); });
  ASSERT_EQ(latest.size(), 2U);
  EXPECT_EQ(latest[0].address, "/comment/" + std::to_string(reply.value));
  EXPECT_EQ(latest[1].address, news::comment_address("/story/", {.page = 1}, root));
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
