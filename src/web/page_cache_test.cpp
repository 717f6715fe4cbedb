#include "web/page_cache.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/format.h"
#include "web/cached_story_test.h"

namespace web {
namespace {

const news::Source other_story = news::source_of(news::ArticleId{2});
const news::Source everything{news::SourceKind::everything, 0};

std::shared_ptr<const http::Prepared> page_of(std::string body) {
  http::Response response;
  response.body = std::move(body);
  return http::prepare(response, http::Effort::quick);
}

std::string_view body_of(const http::Prepared* prepared) {
  return prepared == nullptr ? "(none)" : std::string_view(prepared->identity.body);
}

std::string_view body_of(const std::shared_ptr<const CachedPage>& page) {
  return page == nullptr ? "(none)" : body_of(page->prepared.get());
}

class Cache : public testing::Test {
 protected:
  void keep(std::string_view key, std::string body, std::vector<news::Source> sources = {story}) {
    PageCache::Start start = cache_.start(key);
    ASSERT_TRUE(start.making);
    start.making->keep(page_of(std::move(body)), std::move(sources), later);
  }
  void keep_anew(std::string_view key, std::string body) {
    cache_.make_stale({story});
    keep(key, std::move(body));
  }
  std::string given(std::string_view target) { return std::string(body_of(thread_->find(target))); }

  base::ManualClock clock_{noon};
  PageCache cache_{1'000'000, clock_};
  std::unique_ptr<http::PreparedSource> thread_ = cache_.make_source();
};

TEST_F(Cache, A_kept_page_is_found_by_every_thread_at_once) {
  const auto second = cache_.make_source();
  EXPECT_EQ(given("/a/"), "(none)");
  keep("/a/", "one");
  EXPECT_EQ(given("/a/"), "one");
  EXPECT_EQ(body_of(second->find("/a/")), "one");
  EXPECT_EQ(body_of(cache_.make_source()->find("/a/")), "one");  // a thread that came later
  EXPECT_EQ(body_of(cache_.start("/a/").page), "one");
}

TEST_F(Cache, The_duty_to_make_a_busy_page_anew_is_given_at_once_and_its_readers_get_the_one_before) {
  keep("/a/", "one");
  keep("/b/", "two");
  for (int i = 0; i < 19; ++i) given("/b/");
  for (int i = 0; i < 20; ++i) given("/a/");
  thread_->tick();
  {
    const auto makings = cache_.make_stale({story});
    ASSERT_EQ(makings.size(), 1u);
    EXPECT_EQ(makings[0].key(), "/a/");
    EXPECT_EQ(given("/a/"), "one");
    EXPECT_EQ(given("/b/"), "(none)");
    EXPECT_TRUE(cache_.make_stale({story}).empty());
  }
  EXPECT_EQ(given("/a/"), "(none)");  // nobody has the duty any more
  EXPECT_EQ(cache_.make_stale({story}).size(), 1u);
}

TEST_F(Cache, A_successor_is_busy_too_until_nobody_asks_any_more) {
  keep("/a/", "one");
  for (int i = 0; i < 10; ++i) given("/a/");
  keep_anew("/a/", "two");
  for (int i = 0; i < 10; ++i) given("/a/");
  thread_->tick();
  keep_anew("/a/", "three");
  EXPECT_EQ(cache_.make_stale({story}).size(), 1u);
  clock_.advance(base::Seconds(3));
  EXPECT_TRUE(cache_.make_stale({story}).empty());
}

TEST_F(Cache, A_new_theme_leaves_all_pages_to_their_readers) {
  keep("/a/", "one");
  for (int i = 0; i < 20; ++i) given("/a/");
  thread_->tick();
  EXPECT_TRUE(cache_.make_stale({everything}).empty());
  EXPECT_EQ(given("/a/"), "(none)");
}

TEST_F(Cache, What_a_waiting_duty_heard_before_it_began_does_not_count) {
  keep("/a/", "one");
  for (int i = 0; i < 20; ++i) given("/a/");
  thread_->tick();
  auto makings = cache_.make_stale({story});
  cache_.make_stale({story});
  makings.at(0).begin();
  EXPECT_TRUE(makings.at(0).keep(page_of("two"), {story}, later).page->fresh);
  EXPECT_EQ(given("/a/"), "two");
}

TEST_F(Cache, It_counts_what_was_ready_and_what_had_to_be_made) {
  const auto second = cache_.make_source();
  keep("/a/", "one");
  keep("/b/", "two", {other_story});
  given("/a/");
  second->find("/a/");
  given("/nowhere/");  // the thread alone does not know: the worker that is asked next decides
  cache_.start("/b/");
  cache_.make_stale({story});
  const PageCache::Start making = cache_.start("/a/");
  cache_.start("/a/");
  const CacheCounts now = cache_.counts();
  EXPECT_EQ(now.pages, 2U);
  EXPECT_EQ(now.bytes, cache_.bytes());
  EXPECT_EQ(now.hits, 4U);
  EXPECT_EQ(now.misses, 3U);
  EXPECT_EQ(now.evictions, 0U);
}

TEST_F(Cache, Campaign_parameters_share_the_page_and_meaningful_ones_do_not) {
  keep("/a/", "one");
  EXPECT_EQ(given("/a/?fbclid=x&utm_source=y"), "one");
  EXPECT_EQ(given("/a/?"), "one");
  for (const char* target : {"/a/?posted=x", "/a/?utm_source=y&replytocom=3", "/a/?%70osted=x", "/a/?s=x"})
    EXPECT_EQ(given(target), "(none)") << target;
}

TEST_F(Cache, What_a_write_touched_is_made_anew_and_nothing_else) {
  keep("/a/", "one");
  keep("/b/", "two", {other_story});
  cache_.make_stale({story});
  EXPECT_EQ(given("/a/"), "(none)");
  EXPECT_EQ(given("/b/"), "two");
  keep("/a/", "three");
  EXPECT_EQ(given("/a/"), "three");
  cache_.make_stale({everything});
  EXPECT_EQ(given("/a/"), "(none)");
  EXPECT_EQ(given("/b/"), "(none)");
}

TEST_F(Cache, While_one_makes_a_page_anew_the_others_get_the_one_before) {
  keep("/a/", "one");
  cache_.make_stale({story});
  PageCache::Start first = cache_.start("/a/");
  ASSERT_TRUE(first.making);
  PageCache::Start second = cache_.start("/a/");
  EXPECT_FALSE(second.making);
  EXPECT_EQ(body_of(second.page), "one");
  EXPECT_EQ(given("/a/"), "one");
  first.making->keep(page_of("two"), {story}, later);
  EXPECT_EQ(given("/a/"), "two");
}

TEST_F(Cache, A_making_that_fails_leaves_the_duty_to_the_next) {
  keep("/a/", "one");
  cache_.make_stale({story});
  { const PageCache::Start start = cache_.start("/a/"); }
  EXPECT_EQ(given("/a/"), "(none)");
  EXPECT_TRUE(cache_.start("/a/").making);
}

TEST_F(Cache, A_page_that_is_gone_is_forgotten) {
  keep("/a/", "one");
  cache_.make_stale({story});
  cache_.start("/a/").making->forget();
  EXPECT_EQ(given("/a/"), "(none)");
  EXPECT_EQ(cache_.bytes(), 0u);
}

// The interleaving of invariant 1: read, commit, make_stale, keep.
TEST_F(Cache, A_page_read_before_a_commit_is_not_fresh_after_it) {
  PageCache::Start start = cache_.start("/a/");
  cache_.make_stale({story});
  start.making->keep(page_of("old"), {story}, later);
  EXPECT_EQ(given("/a/"), "(none)");
  keep("/a/", "new");
  EXPECT_EQ(given("/a/"), "new");
}

TEST_F(Cache, A_write_that_touches_everything_reaches_a_page_in_making_too) {
  PageCache::Start start = cache_.start("/a/");
  cache_.make_stale({everything});
  start.making->keep(page_of("old"), {story}, later);
  EXPECT_EQ(given("/a/"), "(none)");
}

TEST_F(Cache, A_write_to_something_else_does_not_spoil_a_page_in_making) {
  PageCache::Start start = cache_.start("/a/");
  cache_.make_stale({other_story});
  start.making->keep(page_of("good"), {story}, later);
  EXPECT_EQ(given("/a/"), "good");
}

TEST_F(Cache, A_page_ends_with_its_time_and_its_successor_is_known_to_stay) {
  keep("/a/", "one");
  clock_.set(later);
  thread_->tick();
  EXPECT_EQ(given("/a/"), "(none)");
  const PageCache::Start start = cache_.start("/a/");
  ASSERT_TRUE(start.making);
  EXPECT_TRUE(start.making->stood_long());
}

TEST_F(Cache, Bytes_stay_below_the_limit_and_what_is_read_stays) {
  PageCache small(20'000, clock_);
  const auto thread = small.make_source();
  for (int i = 0; i < 100; ++i) {
    const std::string key = base::format("/{}/", i);
    small.start(key).making->keep(page_of(std::string(1000, 'x')), {story}, later);
    EXPECT_LE(small.bytes(), 20'000u);
    EXPECT_NE(thread->find("/0/"), nullptr) << i;
  }
  EXPECT_EQ(small.counts().evictions, 100u - small.counts().pages);
  EXPECT_EQ(thread->find("/1/"), nullptr);
  thread->tick();
  EXPECT_EQ(thread->find("/1/"), nullptr);
}

TEST_F(Cache, A_page_larger_than_the_cache_is_not_kept) {
  PageCache small(500, clock_);
  small.start("/a/").making->keep(page_of(std::string(1000, 'x')), {story}, later);
  EXPECT_EQ(small.bytes(), 0u);
  EXPECT_TRUE(small.start("/a/").making);
}

TEST_F(Cache, Somebody_who_finds_no_page_before_waits_for_the_one_in_making) {
  PageCache::Start start = cache_.start("/a/");
  std::thread waiting([&] { EXPECT_EQ(body_of(cache_.start("/a/").page), "one"); });
  start.making->keep(page_of("one"), {story}, later);
  waiting.join();
}

TEST_F(Cache, Somebody_who_waited_for_a_page_that_cannot_be_kept_makes_it_alone) {
  PageCache::Start start = cache_.start("/nowhere/");
  std::thread waiting([&] {
    const PageCache::Start second = cache_.start("/nowhere/");
    if (second.making) return;  // it came after the first had given up
    EXPECT_EQ(second.page, nullptr);
  });
  start.making->forget();
  waiting.join();
}

// Writers, makers and readers at once. A page's body is the version its maker read; a writer raises the version and then says so.
TEST_F(Cache, Under_load_no_fresh_page_is_older_than_the_last_announced_write) {
  std::atomic<int> committed{0};
  std::atomic<int> announced{0};
  std::atomic<bool> is_over{false};
  const auto make = [&] {
    PageCache::Start start = cache_.start("/a/");
    if (!start.making) return;
    const int version = committed.load();
    std::this_thread::yield();
    start.making->keep(page_of(std::to_string(version)), {story}, later);
  };
  const auto serve = [&] {
    const auto source = cache_.make_source();
    int last = 0;
    while (!is_over.load()) {
      if (const http::Prepared* found = source->find("/a/")) {
        const int version = std::stoi(found->identity.body);
        EXPECT_GE(version, last);
        last = version;
      } else {
        make();
      }
      source->tick();
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back(serve);
  for (int version = 1; version <= 2000; ++version) {
    committed.store(version);
    cache_.make_stale({story});
    announced.store(version);
    // With nobody else making it, a page that counts as fresh must hold this version.
    PageCache::Start start = cache_.start("/a/");
    if (start.making) start.making->keep(page_of(std::to_string(committed.load())), {story}, later);
  }
  is_over.store(true);
  for (std::thread& thread : threads) thread.join();
  make();
  EXPECT_EQ(given("/a/"), std::to_string(announced.load()));
}

}  // namespace
}  // namespace web
