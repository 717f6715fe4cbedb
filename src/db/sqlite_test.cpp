#include <gtest/gtest.h>

#include "db/connection.h"
#include "db/temporary_folder.h"

namespace db {
namespace {

struct Sqlite : testing::Test {
  std::filesystem::path file() const { return folder.path() / "test.db"; }

  TemporaryFolder folder;
  std::unique_ptr<Connection> connection = open_sqlite(file(), Access::write);
};

TEST_F(Sqlite, Values_of_every_type_come_back_as_they_were) {
  const std::string bytes("a\0\xff", 3);
  Query row = connection->query("SELECT $1, $2, $3, $4, $5, $6")
                  .with(std::int64_t{-5}, 2.5, std::string_view("f\xc3\xbcr"), Blob{bytes}, nullptr, std::string_view());
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.integer(0), -5);
  EXPECT_EQ(row.real(1), 2.5);
  EXPECT_EQ(row.text(2), "f\xc3\xbcr");
  EXPECT_EQ(row.blob(3), bytes);
  EXPECT_TRUE(row.is_null(4));
  EXPECT_FALSE(row.is_null(5));
  EXPECT_EQ(row.text(5), "");
  EXPECT_FALSE(row.next());
}

TEST_F(Sqlite, Parameters_are_bound_by_their_number_in_whatever_order_they_stand) {
  Query row = connection->query("SELECT $2, $1, $2").with(1, 2);
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.integer(0), 2);
  EXPECT_EQ(row.integer(1), 1);
  EXPECT_EQ(row.integer(2), 2);
}

TEST_F(Sqlite, A_statement_that_is_finished_is_not_run_again_by_another_step) {
  connection->execute("CREATE TABLE t (a INTEGER)");
  Query insert = connection->query("INSERT INTO t VALUES ($1)").with(1);
  EXPECT_FALSE(insert.next());
  EXPECT_FALSE(insert.next());
  Query count = connection->query("SELECT count(*) FROM t");
  ASSERT_TRUE(count.next());
  EXPECT_EQ(count.integer(0), 1);
}

TEST_F(Sqlite, A_query_may_run_inside_another_with_the_same_text) {
  connection->execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2), (3)");
  int pairs = 0;
  Query outer = connection->query("SELECT a FROM t");
  while (outer.next()) {
    Query inner = connection->query("SELECT a FROM t");
    while (inner.next()) ++pairs;
  }
  EXPECT_EQ(pairs, 9);
}

TEST_F(Sqlite, A_reading_connection_refuses_to_write) {
  connection->execute("CREATE TABLE t (a INTEGER)");
  const auto reader = open_sqlite(file(), Access::read);
  EXPECT_THROW(reader->execute("INSERT INTO t VALUES (1)"), DatabaseError);
}

TEST_F(Sqlite, A_reading_connection_does_not_make_a_missing_file) {
  EXPECT_THROW(open_sqlite(folder.path() / "none.db", Access::read), DatabaseError);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "none.db"));
}

TEST_F(Sqlite, A_file_that_is_no_database_is_called_damaged) {
  const auto other = folder.path() / "other.db";
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> written(std::fopen(other.c_str(), "w"), std::fclose);
  std::fputs(std::string(5000, 'x').c_str(), written.get());
  written.reset();
  try {
    open_sqlite(other, Access::write);
    FAIL() << "opened";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.cause(), DatabaseError::Cause::damaged);
  }
}

TEST_F(Sqlite, A_breach_of_a_constraint_says_so) {
  connection->execute("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
  try {
    connection->query("INSERT INTO t VALUES ($1)").with(1).run();
    FAIL() << "inserted";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.cause(), DatabaseError::Cause::constraint);
  }
}

TEST_F(Sqlite, A_commit_is_durable_and_the_log_ahead_of_it_is_in_use) {
  Query synchronous = connection->query("PRAGMA synchronous");
  ASSERT_TRUE(synchronous.next());
  EXPECT_EQ(synchronous.integer(0), 2);
  Query mode = connection->query("PRAGMA journal_mode");
  ASSERT_TRUE(mode.next());
  EXPECT_EQ(mode.text(0), "wal");
}

}  // namespace
}  // namespace db
