#include "store/site_fixture.h"

namespace store {
namespace {

using news::ArticleStatus;

struct Search : SiteFixture {
  news::ArticleId written(const std::string& slug, const std::string& headline, const std::string& standfirst,
                          const std::string& body, ArticleStatus status = ArticleStatus::published, std::int64_t published = 0) {
    news::NewArticle draft = draft_of(slug, published);
    draft.headline = headline;
    draft.standfirst = text::escape(standfirst);
    draft.body = text::escape(body);
    draft.source = body;
    draft.status = status;
    return article(draft);
  }
  SearchPage find(std::string_view words, int page = 1, int per_page = 10) {
    return read([&](db::Connection& connection) { return search(connection, words, page, per_page); });
  }
  Strings slugs(std::string_view words) {
    Strings found;
    for (const auto& hit : find(words).hits) found.push_back(hit.teaser.address);
    return found;
  }
};

TEST_F(Search, Finds_all_words_in_any_order_and_field_without_regard_to_case_and_accents) {
  written("a", "The café opens", "On the quay", "Rivers and boats");
  written("b", "The harbour", "", "A café by the river");
  EXPECT_EQ(slugs("BOATS cafe quay"), Strings{"/a/"});
  EXPECT_EQ(slugs("cafe").size(), 2U);
  EXPECT_EQ(slugs("cafe airport"), Strings());
}

TEST_F(Search, Takes_the_last_word_for_a_beginning) {
  written("a", "Harbourmaster", "", "");
  EXPECT_EQ(slugs("harb"), Strings{"/a/"});
  EXPECT_EQ(slugs("harb master"), Strings());
}

TEST_F(Search, A_word_in_the_headline_counts_more_than_one_in_the_body) {
  written("body", "News", "", "bridge");
  written("headline", "Bridge", "", "news");
  EXPECT_EQ(slugs("bridge"), (Strings{"/headline/", "/body/"}));
}

TEST_F(Search, Of_equal_hits_the_newer_comes_first) {
  written("old", "Bridge", "", "", ArticleStatus::published, -100'000'000);
  written("new", "Bridge", "", "", ArticleStatus::published, 0);
  EXPECT_EQ(slugs("bridge"), (Strings{"/new/", "/old/"}));
}

TEST_F(Search, Marks_the_words_and_escapes_everything_else) {
  written("a", "News", "", "a <script> by the bridge & \x01 more \x02 text");
  const SearchPage page = find("bridge");
  ASSERT_EQ(page.hits.size(), 1U);
  const std::string snippet = page.hits[0].snippet.string();
  EXPECT_NE(snippet.find("<mark>bridge</mark> &amp;"), std::string::npos) << snippet;
  EXPECT_EQ(snippet.find("<script"), std::string::npos) << snippet;
}

TEST_F(Search, Shows_the_standfirst_where_the_word_stands_only_there) {
  written("a", "News", "It is about a bridge", "Nothing here");
  EXPECT_EQ(find("bridge").hits[0].snippet.string(), "It is about a <mark>bridge</mark>");
}

TEST_F(Search, Nothing_typed_is_an_operator_or_an_error) {
  written("a", "not or near", "", "col umn");
  for (const char* typed : {"",
                            " ",
                            "\"",
                            "\"\"\"",
                            "*",
                            "a*b",
                            "NOT",
                            "OR AND",
                            "NEAR(",
                            "headline:x",
                            "{a b}:c",
                            "^x",
                            "-x",
                            "(",
                            ")",
                            "'",
                            "\xff\xfe",
                            "\xe2\x80\x9c\xe2\x80\x9d",
                            "\xe3\x80\x82",
                            "a\xe3\x80\x82",
                            "x OR y",
                            "--",
                            ";",
                            "\\",
                            "\x01"}) {
    EXPECT_NO_THROW(find(typed)) << typed;
  }
  EXPECT_EQ(slugs("NOT"), Strings{"/a/"}) << "a word as any other";
  EXPECT_EQ(slugs("column"), Strings());
}

TEST_F(Search, Looks_for_a_bounded_number_of_words) {
  written("a", "word", "", "");
  std::string typed;
  for (int i = 0; i < 10'000; ++i) typed += "word ";
  EXPECT_EQ(slugs(typed), Strings{"/a/"});
}

TEST_F(Search, Knows_only_what_the_public_may_see) {
  for (const auto status : {ArticleStatus::draft, ArticleStatus::scheduled, ArticleStatus::private_, ArticleStatus::taken_down}) {
    written("hidden" + std::to_string(static_cast<int>(status)), "Bridge", "", "bridge", status);
  }
  EXPECT_EQ(find("bridge").total, 0);
  written("locked", "Locked", "password", "bridge", ArticleStatus::password_protected);
  EXPECT_EQ(find("bridge").total, 0);
  EXPECT_EQ(find("password").total, 0);
  const SearchPage locked = find("locked");
  EXPECT_EQ(locked.total, 1);
  EXPECT_EQ(locked.hits[0].snippet.string(), "");
}

TEST_F(Search, A_change_of_status_or_text_is_known_at_once) {
  const auto id = written("a", "News", "", "bridge", ArticleStatus::scheduled);
  write([&](db::Transaction& tx) { set_status(tx, id, ArticleStatus::published); });
  EXPECT_EQ(find("bridge").total, 1);
  write([&](db::Transaction& tx) { set_status(tx, id, ArticleStatus::password_protected); });
  EXPECT_EQ(find("bridge").total, 0);
  write([&](db::Transaction& tx) { update(tx, id, draft_of("a"), {"", "ferry"}, at(1)); });
  EXPECT_EQ(find("bridge").total, 0);
  EXPECT_EQ(find("ferry").total, 1);
}

TEST_F(Search, Hits_come_page_by_page) {
  for (int i = 0; i < 5; ++i) written(std::to_string(i), "Bridge", "", "", ArticleStatus::published, i);
  const SearchPage last = find("bridge", 3, 2);
  EXPECT_EQ(last.hits.size(), 1U);
  EXPECT_EQ(last.pages, 3);
  EXPECT_EQ(last.total, 5);
  EXPECT_TRUE(find("bridge", 4, 2).hits.empty());
  EXPECT_TRUE(find("bridge", 2'000'000'000, 2).hits.empty());
}

TEST_F(Search, Counts_a_thousand_at_most_and_lists_the_newest_of_very_many) {
  write([&](db::Transaction& tx) {
    for (int i = 0; i < 2100; ++i) insert(tx, draft_of("n" + std::to_string(i), i), {"", "bridge"}, at(0));
  });
  const SearchPage page = find("bridge");
  EXPECT_EQ(page.total, most_counted);
  EXPECT_EQ(page.hits[0].teaser.address, "/n2099/");
  EXPECT_TRUE(find("bridge", 101).hits.empty());
}

}  // namespace
}  // namespace store
