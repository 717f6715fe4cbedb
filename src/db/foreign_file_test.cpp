#include "db/foreign_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "db/temporary_folder.h"

namespace db {
namespace {

class ForeignFileTest : public testing::Test {
 protected:
  // A database as another program leaves it.
  std::filesystem::path make(const std::string& sql) {
    const std::filesystem::path file = folder_.path() / "their #1 100%.db";
    const auto connection = open_sqlite(file, Access::write);
    connection->execute("PRAGMA journal_mode = DELETE;" + sql);
    return file;
  }
  static std::string rows(const ForeignFile& file, const ForeignTable& table) {
    std::string text;
    file.each_row(table, [&](const Query& row) {
      for (std::size_t i = 0; i < table.columns.size(); ++i)
        text += row.is_null(static_cast<int>(i)) ? "- " : std::string(row.text(static_cast<int>(i))) + " ";
      text += "| ";
    });
    return text;
  }

  TemporaryFolder folder_;
};

TEST_F(ForeignFileTest, Rows_come_in_order_and_columns_that_are_missing_are_null) {
  const auto file = ForeignFile::open(
      make("CREATE TABLE comments (id INTEGER PRIMARY KEY, text); INSERT INTO comments VALUES (2, 'b'), (1, 'a')"));
  ASSERT_TRUE(file);
  EXPECT_EQ(rows(*file, {"comments", {"id", "email", "text"}, "id"}), "1 - a | 2 - b | ");
  EXPECT_EQ(rows(*file, {"threads", {"id"}, "id"}), "");
}

TEST_F(ForeignFileTest, Nothing_is_written_beside_the_file_nor_into_it) {
  const std::filesystem::path path = make("CREATE TABLE comments (id INTEGER PRIMARY KEY)");
  const auto before = std::filesystem::last_write_time(path);
  {
    const auto file = ForeignFile::open(path);
    ASSERT_TRUE(file);
    rows(*file, {"comments", {"id"}, "id"});
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_.path())) ++files;
    EXPECT_EQ(files, 1U);
  }
  EXPECT_EQ(std::filesystem::last_write_time(path), before);
}

TEST_F(ForeignFileTest, A_view_or_virtual_table_is_no_table) {
  const auto file =
      ForeignFile::open(make("CREATE VIEW comments AS SELECT 1 AS id; CREATE VIRTUAL TABLE threads USING fts5(id)"));
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->has_table("comments"));
  EXPECT_FALSE(file->has_table("threads"));
}

TEST_F(ForeignFileTest, What_is_no_database_or_is_in_use_is_refused_with_a_remedy) {
  EXPECT_EQ(ForeignFile::open(folder_.path() / "nothing").error().code, base::Errc::not_found);
  std::ofstream(folder_.path() / "text") << "SQLite is mentioned here";
  EXPECT_EQ(ForeignFile::open(folder_.path() / "text").error().code, base::Errc::invalid);
  const std::filesystem::path path = make("CREATE TABLE comments (id INTEGER PRIMARY KEY)");
  std::ofstream(path.string() + "-wal") << "writes that the file does not hold yet";
  const auto file = ForeignFile::open(path);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, base::Errc::conflict);
  EXPECT_NE(file.error().key.find(".backup"), std::string::npos);
}

TEST_F(ForeignFileTest, A_damaged_file_is_the_files_fault) {
  const std::filesystem::path path = make(
      "CREATE TABLE comments (id INTEGER PRIMARY KEY, text); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
      "WHERE i < 2000) "
      "INSERT INTO comments SELECT i, printf('%0100d', i) FROM n");
  {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(3 * 4096);
    file << std::string(20 * 4096, '\xff');
  }
  const auto file = ForeignFile::open(path);
  ASSERT_TRUE(file);
  EXPECT_THROW(rows(*file, {"comments", {"id", "text"}, "id"}), DamagedFile);
}

}  // namespace
}  // namespace db
