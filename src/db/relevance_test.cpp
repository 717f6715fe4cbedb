#include "db/relevance.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "db/connection.h"
#include "db/temporary_folder.h"

namespace db {
namespace {

struct Relevance : testing::Test {
  Relevance() { connection->execute("PRAGMA synchronous = OFF; CREATE VIRTUAL TABLE texts USING fts5 (title, body); BEGIN"); }

  void add(std::int64_t id, std::string_view title, std::string_view body) {
    connection->query("INSERT INTO texts (rowid, title, body) VALUES ($1, $2, $3)").with(id, title, body).run();
  }
  std::vector<std::int64_t> best_first(std::string_view match) {
    std::vector<std::int64_t> ids;
    Query rows =
        connection->query("SELECT rowid FROM texts WHERE texts MATCH $1 ORDER BY relevance(texts, 10.0, 1.0) DESC, rowid LIMIT 2")
            .with(match);
    while (rows.next()) ids.push_back(rows.integer(0));
    return ids;
  }

  TemporaryFolder folder;
  std::unique_ptr<Connection> connection = open_sqlite(folder.path() / "texts.db", Access::write);
};

using Ids = std::vector<std::int64_t>;

TEST_F(Relevance, A_column_counts_as_much_as_its_weight_says) {
  add(1, "news", "bridge");
  add(2, "bridge", "news");
  EXPECT_EQ(best_first("bridge"), (Ids{2, 1}));
}

TEST_F(Relevance, More_places_and_shorter_texts_count_more) {
  add(1, "", "bridge and much else that is said about other things here");
  add(2, "", "bridge");
  add(3, "", "bridge bridge and much else that is said about other things");
  EXPECT_EQ(best_first("bridge AND much"), (Ids{3, 1}));
  EXPECT_EQ(best_first("bridge").front(), 2);
}

TEST_F(Relevance, A_rare_word_counts_more_than_one_that_many_rows_hold) {
  for (int id = 1; id <= 400; ++id) add(id, "", "council");
  add(401, "council", "bridge");
  add(402, "bridge", "council");
  EXPECT_EQ(best_first("council AND bridge"), (Ids{402, 401}));
}

// Two words, one held by every second row and one by every fourth: both by more rows than are looked at.
TEST_F(Relevance, Tells_how_rare_a_word_is_from_the_first_rows_that_hold_it) {
  for (int id = 1; id <= 1000; ++id) add(id, "", std::string(id % 2 == 0 ? "council " : "") + (id % 4 == 0 ? "bridge" : ""));
  add(1001, "council", "bridge");
  add(1002, "bridge", "council");
  EXPECT_EQ(best_first("council AND bridge"), (Ids{1002, 1001}));
}

}  // namespace
}  // namespace db
