#include <gmock/gmock.h>

#include "store/site_fixture.h"

namespace store {
namespace {

struct Damage {
  const char* sql;
  const char* sentence;  // part of it
};

struct Integrity : SiteFixture {
  Integrity() {
    const auto news = section("news");
    const auto town = section("town", news);
    news::NewArticle filed = draft_of("a");
    filed.sections = {town};
    filed.tags = {tag("bridge")};
    filed.authors = {author("ann")};
    const auto id = article(filed);
    const auto root = comment(comment_on(id, 1));
    comment(comment_on(id, 2, root));
    comment(comment_on(id, 3, root, news::CommentStatus::held));
  }
};

TEST_F(Integrity, A_whole_site_has_no_problems) { EXPECT_EQ(problems(), Strings()); }

class Damaged : public Integrity, public testing::WithParamInterface<Damage> {};

TEST_P(Damaged, Is_found) {
  is_damaged = true;
  sql(GetParam().sql);
  EXPECT_THAT(problems(), testing::Contains(testing::HasSubstr(GetParam().sentence))) << GetParam().sql;
}

INSTANTIATE_TEST_SUITE_P(
    All, Damaged,
    testing::Values(
        Damage{"UPDATE threads SET comment_count = 5", "Article 1 says it has 5 comments, but 2 are published."},
        Damage{"UPDATE threads SET shown_roots = 2", "Article 1 says it shows 2 top-level comments, but there are 1."},
        Damage{"DELETE FROM thread_blocks", "Article 1 says it shows 1 top-level comments, but its blocks hold 0."},
        Damage{"INSERT INTO thread_blocks VALUES (1, x'01', 0); UPDATE thread_blocks SET roots = 1 - roots",
               "Article 1 says of the block from '' that it holds 0 top-level comments, but there are 1."},
        Damage{"UPDATE threads SET last_comment = 0", "wrong time of its latest comment"},
        Damage{"DELETE FROM threads", "Article 1 has no counts"},
        Damage{"INSERT INTO readers (name, created, published) VALUES ('x', 0, 3)",
               "said to have 3 published comments, but has 0"},
        Damage{"UPDATE comments SET reader_id = 9 WHERE id = 1", "by reader 9, who is not there"},
        Damage{"DELETE FROM articles", "Comment 1 belongs to article 1, which is not there."},
        Damage{"UPDATE counters SET value = 1", "The newest comment is number 3, but only 1 were counted."},
        Damage{"UPDATE list_counts SET count = 9 WHERE kind = 2", "List 2/1 says it has 9 articles, but holds 1."},
        Damage{"DELETE FROM list_counts WHERE kind = 2", "never counted"},
        Damage{"DELETE FROM list_entries WHERE kind = 1 AND owner_id = 1", "List 1/1 lacks article 1."},
        Damage{
            "INSERT INTO list_entries SELECT kind, 77, published, article_id FROM list_entries WHERE kind = 1 AND owner_id = 1",
            "List 1/77 holds article 1, which is not filed there."},
        Damage{"UPDATE articles SET status = 0", "holds article 1, which is not there, not published"},
        Damage{"UPDATE comments SET shown = 0 WHERE id = 1", "Comment 1 of article 1 is hidden, and should not be."},
        Damage{"UPDATE comments SET shown = 1 WHERE id = 3", "Comment 3 of article 1 is shown, and should not be."},
        Damage{"UPDATE comments SET thread_path = x'01' WHERE id = 2", "Comment 2 of article 1 is out of its place"},
        Damage{"UPDATE comments SET created = created + 1 WHERE id = 2", "Comment 2 of article 1 is out of its place"},
        Damage{"DELETE FROM comments WHERE id = 1", "Comment 2 of article 1 is out of its place"},
        Damage{"UPDATE comments SET depth = 0 WHERE id = 2", "Comment 2 of article 1 is out of its place"},
        Damage{"UPDATE addresses SET object_id = 99 WHERE path = '/a'", "The address /a leads nowhere"},
        Damage{"DELETE FROM addresses WHERE path = '/a'", "The address /a/ does not lead to its article, number 1."},
        Damage{"DELETE FROM addresses WHERE path = '/tag/bridge'", "does not lead to its tag"},
        Damage{"DELETE FROM revisions", "Article 1 lacks its present revision"},
        Damage{"DELETE FROM article_search", "search does not know it"},
        Damage{"INSERT INTO article_search (rowid, headline) VALUES (9, 'x')", "Search knows article 9"},
        Damage{"UPDATE sections SET parent_id = 9 WHERE id = 2", "Section 2 stands below section 9"},
        Damage{"UPDATE articles SET lead_media_id = 4", "lead picture 4"}));

TEST_F(Integrity, No_sentence_holds_what_readers_wrote) {
  is_damaged = true;
  sql("DELETE FROM articles; UPDATE comments SET shown = 2, depth = 7, reader_id = 5");
  for (const std::string& sentence : problems()) {
    EXPECT_EQ(sentence.find("Nora"), std::string::npos);
    EXPECT_EQ(sentence.find("Well said"), std::string::npos);
  }
}

}  // namespace
}  // namespace store
