#include <gtest/gtest.h>

#include <fstream>

#include "db/database.h"
#include "db/temporary_folder.h"

namespace db {
namespace {

namespace fs = std::filesystem;

struct Moved : testing::Test {
  base::Result<void> insert(const std::string& name) {
    return database->write([&](Transaction& tx) {
      tx.query("INSERT INTO settings (name, value) VALUES ($1, '')").with(name).run();
      return base::Result<void>();
    });
  }
  std::string why() {
    try {
      (void)insert("refused");
    } catch (const DatabaseError& error) {
      return error.what();
    }
    return "it was taken";
  }
  std::int64_t stored() {
    Reading reading = database->read();
    Query row = reading.query("SELECT count(*) FROM settings");
    row.next();
    return row.integer(0);
  }

  TemporaryFolder folder;
  const fs::path file = folder.path() / "site.db";
  std::unique_ptr<Database> database = *Database::open({.file = file});
};

TEST_F(Moved, A_write_into_a_file_that_was_moved_away_is_refused_and_goes_on_when_it_is_back) {
  ASSERT_TRUE(insert("first"));
  ASSERT_EQ(stored(), 1);  // so that a connection for reading is open
  fs::rename(file, folder.path() / "elsewhere.db");
  EXPECT_NE(why().find("removed or replaced"), std::string::npos) << why();
  EXPECT_EQ(stored(), 1) << "who has it open can still read it";
  fs::rename(folder.path() / "elsewhere.db", file);
  ASSERT_TRUE(insert("second"));
  EXPECT_EQ(stored(), 2);
}

TEST_F(Moved, A_write_beside_a_file_that_took_the_place_is_refused) {
  ASSERT_TRUE(insert("first"));
  std::ofstream(folder.path() / "other.db") << "another file";
  fs::rename(folder.path() / "other.db", file);
  EXPECT_NE(why().find("removed or replaced"), std::string::npos) << why();
}

TEST_F(Moved, A_write_into_a_log_that_was_removed_is_refused) {
  ASSERT_TRUE(insert("first"));
  fs::remove(file.string() + "-wal");
  EXPECT_NE(why().find("removed or replaced"), std::string::npos) << why();
}

}  // namespace
}  // namespace db
