#include "web/polisher.h"

#include <gtest/gtest.h>

#include <string>

#include "web/cached_story_test.h"

namespace web {
namespace {

http::Response page_of_words() {
  http::Response response;
  response.set("Content-Type", "text/html; charset=utf-8");
  // Words that come again at distances which only a longer search finds.
  for (unsigned i = 0; i < 3000; ++i) response.body += "word" + std::to_string(i * i * 7919U % 4001U) + (i % 9 == 0 ? ". " : " ");
  return response;
}

class Polishing : public testing::Test {
 protected:
  std::shared_ptr<const CachedPage> keep() {
    return cache_.start("/a/").making->keep(http::prepare(page_of_words(), http::Effort::quick), {story},
                                            noon + base::Seconds(3600)).page;
  }

  base::ManualClock clock_{noon};
  PageCache cache_{1'000'000, clock_};
  std::unique_ptr<http::PreparedSource> thread_ = cache_.make_source();
};

TEST_F(Polishing, A_page_that_stands_is_given_out_smaller_than_it_was_made) {
  Polisher polisher(cache_, std::chrono::milliseconds(0));
  const auto page = keep();
  EXPECT_TRUE(thread_->find("/a/")->brotli.body.empty());
  const std::size_t before = page->prepared->gzip.body.size();
  polisher.add(page, page_of_words(), http::Effort::thorough);
  polisher.finish();
  const http::Prepared* better = thread_->find("/a/");
  ASSERT_NE(better, nullptr);
  EXPECT_FALSE(better->brotli.body.empty());
  EXPECT_LT(better->gzip.body.size(), before);
  EXPECT_EQ(better->identity.body, page->prepared->identity.body);
  EXPECT_EQ(better->identity.etag, page->prepared->identity.etag);
}

TEST_F(Polishing, A_page_without_its_plain_body_stays_without_it) {
  Polisher polisher(cache_, std::chrono::milliseconds(0));
  const auto packed = http::prepare(page_of_words(), http::Effort::quick, http::Plain::leave_out);
  polisher.add(cache_.start("/a/").making->keep(packed, {story}, noon + base::Seconds(3600)).page, page_of_words(), http::Effort::good);
  polisher.finish();
  const http::Prepared* better = thread_->find("/a/");
  ASSERT_NE(better, nullptr);
  EXPECT_LT(better->gzip.body.size(), packed->gzip.body.size());
  EXPECT_TRUE(better->is_packed());
}

TEST_F(Polishing, A_page_that_was_touched_meanwhile_does_not_come_back) {
  const auto page = keep();
  cache_.make_stale({story});
  cache_.improve(page, http::prepare(page_of_words(), http::Effort::thorough));
  EXPECT_EQ(thread_->find("/a/"), nullptr);
}

TEST_F(Polishing, A_page_that_was_made_anew_keeps_its_new_words) {
  const auto old = keep();
  cache_.make_stale({story});
  keep();
  cache_.improve(old, http::prepare(page_of_words(), http::Effort::thorough));
  EXPECT_TRUE(thread_->find("/a/")->brotli.body.empty());
}

TEST_F(Polishing, A_better_page_goes_stale_like_any_other) {
  Polisher polisher(cache_, std::chrono::milliseconds(0));
  polisher.add(keep(), page_of_words(), http::Effort::thorough);
  polisher.finish();
  cache_.make_stale({story});
  EXPECT_EQ(thread_->find("/a/"), nullptr);
}

TEST_F(Polishing, What_waits_is_bounded) {
  Polisher polisher(cache_, std::chrono::hours(1));
  constexpr std::size_t size = 3 * 1024 * 1024;
  const auto page = keep();
  for (int i = 0; i < 100; ++i) {
    http::Response large = page_of_words();
    large.body.resize(size, 'x');
    polisher.add(page, std::move(large), http::Effort::thorough);
  }
  EXPECT_EQ(polisher.bytes_waiting(), size);
}

}  // namespace
}  // namespace web
