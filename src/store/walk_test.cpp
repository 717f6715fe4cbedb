#include "store/walk.h"

#include "store/site_fixture.h"

namespace store {
namespace {

struct Walk : SiteFixture {};

TEST_F(Walk, Goes_through_all_articles_in_portions_and_ends) {
  for (const char* slug : {"a", "b", "c"}) article(slug);
  Strings slugs;
  news::ArticleId last;
  for (;;) {
    const auto portion = read([&](db::Connection& connection) { return walk_articles(connection, last, 2); });
    if (portion.empty()) break;
    for (const Slug& found : portion) slugs.push_back(found.slug + found.address);
    last = {portion.back().id};
  }
  EXPECT_EQ(slugs, (Strings{"a/a/", "b/b/", "c/c/"}));
}

TEST_F(Walk, Counts_what_is_there_and_gives_every_address) {
  comment(comment_on(article("a"), 0, {}, news::CommentStatus::spam));
  const RowCounts counts = read([](db::Connection& connection) { return count_rows(connection); });
  EXPECT_EQ(counts.articles, 1);
  EXPECT_EQ(counts.comments, 1);
  const auto addresses = read([](db::Connection& connection) { return walk_addresses(connection, "", 10); });
  ASSERT_EQ(addresses.size(), 1U);
  EXPECT_EQ(addresses[0].key, "/a");
}

}  // namespace
}  // namespace store
