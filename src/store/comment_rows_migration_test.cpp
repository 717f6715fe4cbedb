// A site from before migration 0005, in which comments lay in the order of their threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/format.h"
#include "db/connection.h"
#include "db/temporary_folder.h"

namespace store {
namespace {

using Strings = std::vector<std::string>;

constexpr std::string_view new_rows = "0005_comment_rows.sql";

Strings list(db::Connection& connection, std::string_view sql) {
  Strings values;
  db::Query rows = connection.query(sql);
  while (rows.next()) values.emplace_back(rows.text(0));
  return values;
}

std::string joined(const Strings& parts, std::string_view between) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : std::string(between)) + part;
  return all;
}

struct CommentRowsMigration : testing::Test {
  CommentRowsMigration() {
    for (const auto& file : std::filesystem::directory_iterator(folder_of_migrations)) files_.push_back(file.path());
    std::ranges::sort(files_);
  }

  // What comes before the migration, or that one and what comes after it.
  void migrate(bool before) {
    for (const std::filesystem::path& path : files_) {
      if ((path.filename() < new_rows) != before) continue;
      std::ifstream file(path);
      connection->execute({std::istreambuf_iterator<char>(file), {}});
    }
  }
  Strings columns() { return list(*connection, "SELECT name FROM pragma_table_info('comments') ORDER BY name"); }

  // Every value is another one.
  void insert_comment(int number) {
    const Strings names = columns();
    Strings values;
    for (std::size_t i = 0; i < names.size(); ++i) values.push_back(base::format("{}", number * 1000 + static_cast<int>(i)));
    connection->execute(base::format("INSERT INTO comments ({}) VALUES ({})", joined(names, ", "), joined(values, ", ")));
  }
  Strings comments(const Strings& names) {
    return list(*connection, base::format("SELECT {} FROM comments ORDER BY id", joined(names, " || ' ' || ")));
  }

  const std::filesystem::path folder_of_migrations = std::filesystem::path(BROADSHEET_SOURCE_DIR) / "migrations/sqlite";
  db::TemporaryFolder folder;
  std::unique_ptr<db::Connection> connection = db::open_sqlite(folder.path() / "test.db", db::Access::write);

 private:
  std::vector<std::filesystem::path> files_;
};

TEST_F(CommentRowsMigration, Keeps_every_value_of_every_comment_and_gives_none_the_id_of_another) {
  migrate(true);
  const Strings names = columns();
  for (const int number : {3, 1, 2}) insert_comment(number);
  const Strings before = comments(names);
  ASSERT_EQ(before.size(), 3U);

  migrate(false);
  EXPECT_EQ(comments(names), before);
  EXPECT_THROW(insert_comment(2), db::DatabaseError);
  insert_comment(4);
  EXPECT_EQ(comments(names).size(), 4U);
}

}  // namespace
}  // namespace store
