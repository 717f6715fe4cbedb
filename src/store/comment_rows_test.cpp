#include <algorithm>
#include <array>
#include <random>

#include "store/site_fixture.h"
#include "store/threads.h"

namespace store {
namespace {

using news::CommentStatus;
using news::Source;
using news::SourceKind;

struct CommentRows : SiteFixture {
  std::optional<news::Comment> find(news::CommentId id) {
    return read([&](db::Connection& connection) { return find_comment(connection, id); });
  }
  int count_of(news::ArticleId id) {
    return read([&](db::Connection& connection) { return find_article(connection, id); })->comment_count;
  }
  news::ReaderId reader() {
    return write([](db::Transaction& tx) { return insert_reader(tx, "Nora", base::Digest{7}, "sealed", at(0)); });
  }

  const news::ArticleId story = article("story");
};

TEST_F(CommentRows, Everything_that_was_written_is_read_back) {
  news::NewComment written = comment_on(story, 5, {}, CommentStatus::held);
  written.kind = news::CommentKind::pingback;
  written.reader = reader();
  const news::CommentId parent = comment(written);
  written.parent = parent;
  const news::Comment stored = find(comment(written)).value();
  EXPECT_EQ(stored.article, story);
  EXPECT_EQ(stored.parent, parent);
  EXPECT_EQ(stored.depth, 1);
  EXPECT_EQ(stored.kind, news::CommentKind::pingback);
  EXPECT_EQ(stored.reader, written.reader);
  EXPECT_EQ(stored.author, written.author);
  EXPECT_EQ(stored.website, written.website);
  EXPECT_EQ(stored.source, written.source);
  EXPECT_EQ(stored.body, written.body);
  EXPECT_EQ(stored.created, at(5));
  EXPECT_EQ(stored.verdict, written.verdict);
}

TEST_F(CommentRows, A_reply_that_would_be_too_deep_becomes_its_parents_sibling) {
  const auto root = comment(comment_on(story), 2);
  const auto one = comment(comment_on(story, 1, root), 2);
  const auto two = comment(comment_on(story, 2, one), 2);
  const auto deep = find(comment(comment_on(story, 3, two), 2)).value();
  EXPECT_EQ(deep.parent, one);
  EXPECT_EQ(deep.depth, 2);
  const auto flat = find(comment(comment_on(story, 3, two), 0)).value();
  EXPECT_EQ(flat.parent, news::CommentId());
}

TEST_F(CommentRows, A_parent_under_another_article_is_a_bug_and_nothing_is_stored) {
  const auto elsewhere = comment(comment_on(article("other")));
  EXPECT_THROW(comment(comment_on(story, 0, elsewhere)), std::logic_error);
  EXPECT_EQ(count_of(story), 0);
}

TEST_F(CommentRows, The_published_are_counted_for_the_article_and_their_reader) {
  news::NewComment written = comment_on(story);
  written.reader = reader();
  const auto id = comment(written);
  comment(comment_on(story, 1, {}, CommentStatus::held));
  EXPECT_EQ(count_of(story), 1);
  const auto published = [&] {
    return read([&](db::Connection& connection) { return find_reader(connection, written.reader); })->published;
  };
  EXPECT_EQ(published(), 1);
  verdict(id, CommentStatus::spam);
  EXPECT_EQ(count_of(story), 0);
  EXPECT_EQ(published(), 0);
}

TEST_F(CommentRows, Only_what_readers_see_makes_pages_stale) {
  const std::vector<Source> stale{news::thread_of(story), {SourceKind::comments, 0}};
  news::CommentId id;
  EXPECT_TRUE(touched_by([&] { id = comment(comment_on(story, 0, {}, CommentStatus::held)); }).empty());
  EXPECT_TRUE(touched_by([&] { verdict(id, CommentStatus::spam); }).empty());
  EXPECT_EQ(touched_by([&] { verdict(id, CommentStatus::published); }), stale);
  EXPECT_TRUE(touched_by([&] { verdict(id, CommentStatus::published); }).empty());
  EXPECT_EQ(touched_by([&] { verdict(id, CommentStatus::rejected); }), stale);
  EXPECT_EQ(touched_by([&] { comment(comment_on(story)); }), stale);
}

TEST_F(CommentRows, A_verdict_on_a_comment_that_is_not_there_says_so) {
  EXPECT_FALSE(write([](db::Transaction& tx) { return set_verdict(tx, {99}, {CommentStatus::spam, "staff"}); }));
}

TEST_F(CommentRows, An_id_is_never_given_twice) {
  const auto last = comment(comment_on(story));
  sql("DELETE FROM comments; DELETE FROM thread_blocks; UPDATE threads SET comment_count = 0, shown_roots = 0, last_comment = 0");
  EXPECT_GT(comment(comment_on(story)), last);
}

TEST_F(CommentRows, A_form_that_was_sent_is_known_until_it_is_forgotten) {
  const base::Digest form{3};
  write([&](db::Transaction& tx) { insert_submission(tx, form, {5}, at(10)); });
  const auto known = [&] { return read([&](db::Connection& connection) { return find_submission(connection, form, at(0)); }); };
  EXPECT_EQ(known(), news::CommentId{5});
  write([&](db::Transaction& tx) { prune_submissions(tx, at(10)); });
  EXPECT_EQ(known(), news::CommentId{5});
  write([&](db::Transaction& tx) { prune_submissions(tx, at(11)); });
  EXPECT_EQ(known(), std::nullopt);
}

TEST_F(CommentRows, A_form_that_is_too_old_is_not_known_even_before_it_is_forgotten) {
  const base::Digest form{3};
  write([&](db::Transaction& tx) { insert_submission(tx, form, {5}, at(10)); });
  const auto known = [&](std::int64_t since) {
    return read([&](db::Connection& connection) { return find_submission(connection, form, at(since)); });
  };
  EXPECT_EQ(known(10), news::CommentId{5});
  EXPECT_EQ(known(11), std::nullopt);
}

TEST_F(CommentRows, A_published_reply_to_a_held_comment_shows_its_place_and_counts_it) {
  const auto held = comment(comment_on(story, 1, {}, CommentStatus::held));
  comment(comment_on(story, 2, held));
  const auto page = read([&](db::Connection& connection) { return read_thread(connection, story, {}, 10).value(); });
  ASSERT_EQ(page.comments.size(), 2U);
  EXPECT_TRUE(page.comments[0].removed);
  EXPECT_EQ(page.total, 1);
}

TEST_F(CommentRows, The_time_of_the_latest_comment_is_that_of_the_newest_one_whatever_comes_last) {
  comment(comment_on(story, 9));
  comment(comment_on(story, 5));
  EXPECT_EQ(problems(), std::vector<std::string>());
}

TEST_F(CommentRows, A_reader_is_found_by_the_hash_of_their_email_alone) {
  const auto id = reader();
  const auto found = [&](base::Digest hash) {
    return read([&](db::Connection& connection) { return find_reader_by_email(connection, hash); });
  };
  EXPECT_EQ(found(base::Digest{7}), id);
  EXPECT_FALSE(found(base::Digest{8}));
  EXPECT_EQ(read([&](db::Connection& connection) { return find_email_hash(connection, id); }), base::Digest{7});
}

TEST_F(CommentRows, Moderators_see_each_status_by_itself_and_newest_first) {
  const auto held = comment(comment_on(story, 9, {}, CommentStatus::held));
  const auto published = comment(comment_on(story, 5));
  const auto later = comment(comment_on(story, 1, {}, CommentStatus::held));
  const auto ids = [&](std::optional<CommentStatus> status) {
    std::vector<news::CommentId> found;
    for (const auto& one : read([&](db::Connection& connection) { return list_comments(connection, status, 10); }))
      found.push_back(one.id);
    return found;
  };
  EXPECT_EQ(ids(CommentStatus::held), (std::vector{later, held}));
  EXPECT_EQ(ids(CommentStatus::published), std::vector{published});
  EXPECT_EQ(ids(std::nullopt), (std::vector{later, published, held}));
  EXPECT_EQ(read([](db::Connection& connection) { return count_comments(connection, CommentStatus::held); }), 2);
  EXPECT_EQ(read([](db::Connection& connection) { return count_comments(connection, CommentStatus::published); }), 1);
}

// A thread as one would keep it in memory, by the definitions and nothing else.
class NaiveThread {
 public:
  struct Entry {
    news::CommentId id;
    std::size_t parent;  // index, or none
    std::int64_t created;
    bool is_published;
  };
  using Ids = std::vector<std::int64_t>;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::size_t add(Entry entry) {
    entries_.push_back(entry);
    return entries_.size() - 1;
  }
  std::size_t size() const { return entries_.size(); }
  Entry& operator[](std::size_t i) { return entries_[i]; }

  int published() const { return static_cast<int>(std::ranges::count_if(entries_, &Entry::is_published)); }
  // Of each shown top-level comment the ids of its thread in reading order; those removed with a minus.
  std::vector<Ids> shown() const {
    std::vector<Ids> threads;
    for (const std::size_t root : replies_to(none)) {
      threads.push_back({written(root)});
      append(root, threads.back());
    }
    return threads;
  }
  // The page of so many top-level comments, each with as many of its thread as all may have alike.
  Ids page(int number, std::size_t per_page, std::size_t room) const {
    const std::vector<Ids> threads = shown();
    const std::size_t first = std::min((static_cast<std::size_t>(number) - 1) * per_page, threads.size());
    const std::vector<Ids> on_page(threads.begin() + static_cast<std::ptrdiff_t>(first),
                                   threads.begin() + static_cast<std::ptrdiff_t>(std::min(first + per_page, threads.size())));
    Ids all;
    for (std::size_t each = 1; each <= room; ++each) {
      Ids more;
      for (const Ids& thread : on_page)
        more.insert(more.end(), thread.begin(), thread.begin() + static_cast<std::ptrdiff_t>(std::min(each, thread.size())));
      if (more.size() <= room) all = std::move(more);
    }
    return all;
  }

 private:
  std::int64_t written(std::size_t i) const { return entries_[i].is_published ? entries_[i].id.value : -entries_[i].id.value; }
  bool is_shown(std::size_t i) const {
    if (entries_[i].is_published) return true;
    for (std::size_t reply = 0; reply < entries_.size(); ++reply) {
      if (entries_[reply].parent == i && is_shown(reply)) return true;
    }
    return false;
  }
  std::vector<std::size_t> replies_to(std::size_t parent) const {
    std::vector<std::size_t> replies;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].parent == parent && is_shown(i)) replies.push_back(i);
    }
    std::ranges::sort(replies, [&](std::size_t left, std::size_t right) {
      return std::pair(entries_[left].created, entries_[left].id) < std::pair(entries_[right].created, entries_[right].id);
    });
    return replies;
  }
  void append(std::size_t parent, Ids& ids) const {
    for (const std::size_t i : replies_to(parent)) {
      ids.push_back(written(i));
      append(i, ids);
    }
  }

  std::vector<Entry> entries_;
};

struct RandomThreads : CommentRows, testing::WithParamInterface<unsigned> {
  static constexpr int per_page = 3;

  news::ThreadPage read_part(const news::ThreadPart& part, news::CommentId own = {}) {
    return read([&](db::Connection& connection) { return read_thread(connection, story, part, per_page, own); }).value();
  }
  // Published or not: its author finds it where its address leads.
  bool is_found_at_its_place(news::CommentId id) {
    const news::ThreadPart place =
        read([&](db::Connection& connection) { return place_of(connection, *find_comment(connection, id), per_page); });
    return std::ranges::count(read_part(place, id).comments, id, &news::CommentView::id) == 1;
  }
};

TEST_P(RandomThreads, Are_what_a_naive_model_says_after_every_step) {
  std::mt19937 random(GetParam());
  const auto below = [&](std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random); };
  constexpr std::array statuses{CommentStatus::published, CommentStatus::held, CommentStatus::spam, CommentStatus::rejected,
                                CommentStatus::deleted};
  NaiveThread model;
  for (int step = 0; step < 60; ++step) {
    const CommentStatus status = statuses[below(2) == 0 ? 0 : below(5)];
    const bool is_published = status == CommentStatus::published;
    if (model.size() == 0 || below(3) > 0) {
      const std::size_t parent = model.size() == 0 || below(3) == 0 ? NaiveThread::none : below(model.size());
      const auto created = static_cast<std::int64_t>(below(20));
      const news::CommentId parent_id = parent == NaiveThread::none ? news::CommentId() : model[parent].id;
      model.add({comment(comment_on(story, created, parent_id, status), 100), parent, created, is_published});
    } else {
      NaiveThread::Entry& entry = model[below(model.size())];
      verdict(entry.id, status);
      entry.is_published = is_published;
    }
    for (int page = 1, pages = 1; page <= pages; ++page) {
      const news::ThreadPage found = read_part({.page = page});
      pages = found.pages;
      NaiveThread::Ids shown;
      for (const auto& view : found.comments) shown.push_back(view.removed ? -view.id.value : view.id.value);
      ASSERT_EQ(shown, model.page(page, per_page, per_page * comments_for_each_root)) << "step " << step << ", page " << page;
      ASSERT_EQ(found.total, model.published());
    }
    const news::CommentId any = model[below(model.size())].id;
    ASSERT_TRUE(is_found_at_its_place(any)) << "step " << step << ", comment " << any.value;
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, RandomThreads, testing::Range(1U, 9U));

}  // namespace
}  // namespace store
