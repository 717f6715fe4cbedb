#include "db/gathered_log.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "db/connection.h"
#include "db/temporary_folder.h"

namespace db {
namespace {

using Rows = std::map<std::int64_t, std::string>;

Rows read(Connection& connection) {
  Rows rows;
  Query query = connection.query("SELECT id, bytes FROM things");
  while (query.next()) rows[query.integer(0)] = query.blob(1);
  return rows;
}

void write(Connection& connection, std::int64_t id, const std::string& bytes) {
  connection.query("INSERT INTO things (id, bytes) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes")
      .with(id, Blob{bytes})
      .run();
}

struct GatheredLog : testing::Test {
  GatheredLog() {
    writing->execute("CREATE TABLE things (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
    reading->execute("PRAGMA cache_size = 0");
  }

  TemporaryFolder folder;
  std::unique_ptr<Connection> writing = open_sqlite(folder.path() / "a.db", Access::write);
  std::unique_ptr<Connection> reading = open_sqlite(folder.path() / "a.db", Access::read);
};

// Nothing but the end of the commit itself tells the layer that others may read now.
TEST_F(GatheredLog, A_commit_is_there_for_others_even_where_nothing_is_synced) {
  writing->execute("PRAGMA synchronous = OFF");
  for (const std::size_t size : {std::size_t{1}, std::size_t{5000}, std::size_t{70'000}, std::size_t{1'000'000}}) {
    const std::string bytes(size, 'a');
    writing->execute("BEGIN IMMEDIATE");
    write(*writing, 1, bytes);
    writing->execute("COMMIT");
    EXPECT_EQ(read(*reading), (Rows{{1, bytes}}));
  }
}

// Pages that find no room in the cache are in the log before the commit, and SQLite reads them from there.
TEST_F(GatheredLog, What_was_written_ahead_of_the_commit_is_read_back_and_given_up_with_it) {
  writing->execute("PRAGMA cache_size = 5");
  write(*writing, 1, "stays");
  writing->execute("BEGIN IMMEDIATE");
  Rows expected{{1, "stays"}};
  for (std::int64_t id = 2; id < 60; ++id)
    write(*writing, id, expected[id] = std::string(9000, static_cast<char>('a' + id % 26)));
  EXPECT_EQ(read(*writing), expected);
  EXPECT_EQ(read(*reading), (Rows{{1, "stays"}}));
  writing->execute("ROLLBACK");
  EXPECT_EQ(read(*writing), (Rows{{1, "stays"}}));
  write(*writing, 2, "is new");
  EXPECT_EQ(read(*reading), (Rows{{1, "stays"}, {2, "is new"}}));
}

// Any order of commits, rollbacks, readers, checkpoints and logs begun anew.
TEST_F(GatheredLog, Every_reader_finds_what_a_model_says) {
  std::mt19937 random(20);
  const auto below = [&](int most) { return std::uniform_int_distribution<int>(0, most - 1)(random); };
  writing->execute("PRAGMA cache_size = 5; PRAGMA wal_autocheckpoint = 20; PRAGMA journal_size_limit = 20000");
  Rows model;
  for (int step = 0; step < 400; ++step) {
    Rows changed = model;
    writing->execute("BEGIN IMMEDIATE");
    for (int i = below(12); i >= 0; --i) {
      const std::int64_t id = below(30);
      changed[id] = std::string(static_cast<std::size_t>(below(20'000)), static_cast<char>('a' + below(26)));
      write(*writing, id, changed[id]);
    }
    const bool is_kept = below(4) != 0;
    writing->execute(is_kept ? "COMMIT" : "ROLLBACK");
    if (is_kept) model = std::move(changed);
    if (below(20) == 0) writing->query("PRAGMA wal_checkpoint(TRUNCATE)").run();
    ASSERT_EQ(read(*reading), model) << "step " << step;
    ASSERT_EQ(read(*writing), model) << "step " << step;
  }
  Query intact = reading->query("PRAGMA integrity_check");
  ASSERT_TRUE(intact.next());
  EXPECT_EQ(intact.text(0), "ok");
}

}  // namespace
}  // namespace db
