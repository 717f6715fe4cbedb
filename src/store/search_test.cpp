#include <set>

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
  // So many articles, each newer than the one before, whose addresses begin so.
  void many(int count, const std::string& slug, const std::string& body) {
    write([&](db::Transaction& tx) {
      for (int i = 0; i < count; ++i) insert(tx, draft_of(slug + std::to_string(i), i), {"", body}, at(0));
    });
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

TEST_F(Search, A_beginning_is_found_without_regard_to_case_and_accents) {
  written("a", "Écologie", "", "");
  EXPECT_EQ(slugs("ECO"), Strings{"/a/"});
  EXPECT_EQ(slugs("éco"), Strings{"/a/"});
}

TEST_F(Search, Looks_for_longer_words_only_where_few_articles_hold_the_word_itself) {
  written("longer", "Bridges", "", "");
  many(99, "whole", "bridge");
  EXPECT_EQ(find("bridge").total, 100);
  many(1, "one-more", "bridge");
  EXPECT_EQ(find("bridge").total, 100);
  EXPECT_EQ(find("bridges").total, 1);
}

TEST_F(Search, A_beginning_stands_for_a_bounded_number_of_words) {
  for (int i = 100; i < 170; ++i) written("n" + std::to_string(i), "News", "", "harbour" + std::to_string(i));
  EXPECT_EQ(find("harbour").total, 64);
  EXPECT_EQ(find("harbour16").total, 10);
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

TEST_F(Search, Every_match_of_a_word_that_is_not_everywhere_is_on_some_page) {
  many(most_counted, "n", "bridge");
  std::set<std::string> found;
  for (int page = 1; page <= find("bridge").pages; ++page) {
    for (const auto& hit : find("bridge", page).hits) found.insert(hit.teaser.address);
  }
  EXPECT_EQ(found.size(), static_cast<std::size_t>(most_counted));
  EXPECT_FALSE(find("bridge").has_more);
}

TEST_F(Search, Of_very_many_the_newest_are_counted_and_listed_and_it_says_that_there_are_more) {
  many(most_counted + 50, "n", "bridge");
  const SearchPage page = find("bridge");
  EXPECT_EQ(page.total, most_counted);
  EXPECT_TRUE(page.has_more);
  EXPECT_EQ(page.hits[0].teaser.address, "/n" + std::to_string(most_counted + 49) + "/");
  EXPECT_EQ(find("bridge", page.pages).hits.back().teaser.address, "/n50/");
  EXPECT_TRUE(find("bridge", page.pages + 1).hits.empty());
}

TEST_F(Search, An_older_article_with_the_word_in_its_headline_comes_before_very_many_without) {
  written("old", "Bridge", "", "", ArticleStatus::published, -1);
  many(most_counted + 50, "n", "bridge");
  const Strings found = slugs("bridge");
  EXPECT_EQ(found[0], "/old/");
  EXPECT_EQ(found[1], "/n" + std::to_string(most_counted + 49) + "/");
}

TEST_F(Search, Words_in_a_headline_count_more_than_newness_and_many_places) {
  written("old", "Bridge", "", "", ArticleStatus::published, -1'000'000'000);
  written("new", "News", "A bridge", "bridge bridge bridge bridge bridge bridge");
  EXPECT_EQ(slugs("bridge"), (Strings{"/old/", "/new/"}));
}

}  // namespace
}  // namespace store
