#include "db/migration.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "db/database.h"
#include "db/temporary_folder.h"

namespace db {
namespace {

constexpr base::EmbeddedFile first{"sqlite/0001_a.sql", "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)"};
constexpr base::EmbeddedFile second{"sqlite/0002_b.sql", "CREATE TABLE b (x INTEGER)"};
constexpr base::EmbeddedFile broken{"sqlite/0003_c.sql", "CREATE TABLE c (x INTEGER); INSERT INTO nowhere VALUES (1)"};

struct Migration : testing::Test {
  std::filesystem::path file() const { return folder.path() / "test.db"; }
  int count(const char* sql) {
    Query row = connection->query(sql);
    EXPECT_TRUE(row.next());
    return static_cast<int>(row.integer(0));
  }

  TemporaryFolder folder;
  std::unique_ptr<Connection> connection = open_sqlite(file(), Access::write);
};

TEST_F(Migration, Each_file_is_run_once_in_order_and_other_databases_files_are_left_alone) {
  const std::array files{base::EmbeddedFile{"postgres/0001_a.sql", "no SQL at all"}, first, second};
  ASSERT_TRUE(migrate(*connection, files));
  ASSERT_TRUE(migrate(*connection, files));
  EXPECT_EQ(count("SELECT count(*) FROM a"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM schema_migrations"), 2);
}

TEST_F(Migration, Where_one_fails_half_way_none_of_them_stays_and_the_old_program_still_opens_it) {
  const std::array older{first};
  ASSERT_TRUE(migrate(*connection, older));
  const std::array newer{first, second, broken};
  std::string told;
  try {
    (void)migrate(*connection, newer);
  } catch (const DatabaseError& error) {
    told = error.what();
  }
  EXPECT_NE(told.find("0003_c failed"), std::string::npos) << told;
  EXPECT_FALSE(connection->in_transaction());
  EXPECT_EQ(count("SELECT count(*) FROM sqlite_schema WHERE name IN ('b', 'c')"), 0);
  EXPECT_TRUE(migrate(*connection, older));
  EXPECT_EQ(count("SELECT count(*) FROM a"), 1);
}

TEST_F(Migration, A_newer_database_is_refused_with_the_remedy_and_is_not_changed) {
  const std::array newer{first, second};
  ASSERT_TRUE(migrate(*connection, newer));
  const std::array older{first};
  const base::Result<void> refused = migrate(*connection, older);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::Errc::conflict);
  EXPECT_NE(refused.error().key.find("0002_b"), std::string::npos);
  EXPECT_NE(refused.error().key.find("Install that version or newer"), std::string::npos);
  EXPECT_EQ(count("SELECT count(*) FROM schema_migrations"), 2);
}

TEST_F(Migration, Programs_that_start_at_the_same_time_migrate_once) {
  connection.reset();
  std::filesystem::remove_all(file());
  std::array<bool, 6> opened{};
  std::vector<std::thread> programs;
  for (bool& is_open : opened) {
    programs.emplace_back([&] { is_open = static_cast<bool>(Database::open({.file = file()})); });
  }
  for (std::thread& program : programs) program.join();
  for (const bool is_open : opened) EXPECT_TRUE(is_open);
}

}  // namespace
}  // namespace db
