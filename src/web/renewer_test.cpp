#include "web/renewer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "web/cached_story_test.h"

namespace web {
namespace {

class Renewing : public testing::Test {
 protected:
  PageCache::Kept keep(PageCache::Making making) {
    http::Response response;
    response.body = "made " + std::to_string(++made_) + " times";
    return making.keep(http::prepare(response, http::Effort::quick), {story}, later);
  }
  void make_busy() {
    for (int i = 0; i < 100; ++i) thread_->find("/a/");
    thread_->tick();
  }
  std::string given() {
    const http::Prepared* page = thread_->find("/a/");
    return page == nullptr ? "(none)" : page->identity.body;
  }
  // Ten seconds are more than any of it takes.
  bool comes(const std::string& body) {
    for (int i = 0; i < 10'000 && given() != body; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return given() == body;
  }

  base::ManualClock clock_{noon};
  PageCache cache_{1'000'000, clock_};
  std::unique_ptr<http::PreparedSource> thread_ = cache_.make_source();
  std::atomic<int> made_ = 0;
};

TEST_F(Renewing, A_busy_page_is_there_anew_without_a_reader_who_makes_it) {
  Renewer renewer([this](PageCache::Making making) { return keep(std::move(making)).again; });
  keep(*cache_.start("/a/").making);
  make_busy();
  renewer.add(cache_.make_stale({story}));
  EXPECT_TRUE(comes("made 2 times"));
}

TEST_F(Renewing, What_changes_while_a_page_is_made_makes_it_once_more) {
  Renewer renewer([this](PageCache::Making making) {
    if (made_ == 1) cache_.make_stale({story});
    return keep(std::move(making)).again;
  });
  keep(*cache_.start("/a/").making);
  make_busy();
  renewer.add(cache_.make_stale({story}));
  EXPECT_TRUE(comes("made 3 times"));
}

TEST_F(Renewing, What_changed_while_a_page_waited_for_its_turn_is_in_it) {
  keep(*cache_.start("/a/").making);
  make_busy();
  auto makings = cache_.make_stale({story});
  cache_.make_stale({story});
  std::atomic<bool> is_fresh = false;
  Renewer renewer([&](PageCache::Making making) {
    PageCache::Kept kept = keep(std::move(making));
    is_fresh = kept.page->fresh.load();
    return std::move(kept.again);
  });
  renewer.add(std::move(makings));
  ASSERT_TRUE(comes("made 2 times"));
  EXPECT_TRUE(is_fresh);
}

TEST_F(Renewing, A_page_that_cannot_be_made_is_left_to_its_next_reader) {
  std::atomic<int> tried = 0;
  Renewer renewer([&](PageCache::Making) -> std::optional<PageCache::Making> {
    ++tried;
    throw std::runtime_error("a fault made on purpose");
  });
  keep(*cache_.start("/a/").making);
  make_busy();
  renewer.add(cache_.make_stale({story}));
  EXPECT_TRUE(comes("(none)"));
  EXPECT_TRUE(cache_.start("/a/").making);
  EXPECT_EQ(tried, 1);
}

}  // namespace
}  // namespace web
