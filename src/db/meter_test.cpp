#include "db/meter.h"

#include <gmock/gmock.h>

#include <latch>
#include <tuple>

#include "db/database.h"
#include "db/faulty_connection.h"
#include "db/temporary_folder.h"
#include "db/time_spent.h"

namespace db {
namespace {

struct Metered : testing::Test {
  Metered() {
    DatabaseSettings settings{.file = folder.path() / "site.db"};
    settings.connect = meter->around([this](const std::filesystem::path& file, Access access) -> std::unique_ptr<Connection> {
      return std::make_unique<FaultyConnection>(open_sqlite(file, access), access == Access::read ? read_faults : write_faults);
    });
    database = *Database::open(std::move(settings));
    before = counts();
  }
  DatabaseCounts counts() const { return meter->read(folder.path() / "site.db"); }
  // Whether it went well; gives when it is decided.
  bool write() {
    std::latch decided(1);
    bool went_well = false;
    database->submit([](Transaction& tx) { tx.query("DELETE FROM settings").run(); },
                     [&](std::exception_ptr thrown, CommonReading&) {
                       went_well = !thrown;
                       decided.count_down();
                     });
    decided.wait();
    return went_well;
  }

  TemporaryFolder folder;
  std::shared_ptr<Faults> read_faults = std::make_shared<Faults>();
  std::shared_ptr<Faults> write_faults = std::make_shared<Faults>();
  std::shared_ptr<Meter> meter = std::make_shared<Meter>();
  std::unique_ptr<Database> database;
  DatabaseCounts before;
};

TEST_F(Metered, Writes_share_a_commit_and_are_counted_each) {
  std::latch entered(1), released(1), done(4);
  database->submit(
      [&](Transaction&) {
        entered.count_down();
        released.wait();
      },
      [&](std::exception_ptr, CommonReading&) { done.count_down(); });
  entered.wait();
  for (int i = 0; i < 3; ++i)
    database->submit([](Transaction&) {}, [&](std::exception_ptr, CommonReading&) { done.count_down(); });
  EXPECT_EQ(counts().begun, before.begun + 1);
  EXPECT_EQ(counts().works, before.works);
  released.count_down();
  done.wait();

  const DatabaseCounts now = counts();
  EXPECT_EQ(now.begun, before.begun + 2);
  EXPECT_EQ(now.works, before.works + 4);
  EXPECT_EQ(now.batch_sizes.counts[0], before.batch_sizes.counts[0] + 1);  // 1
  EXPECT_EQ(now.batch_sizes.counts[2], before.batch_sizes.counts[2] + 1);  // 3 to 4
  EXPECT_GT(now.file_bytes, 0U);
}

TEST_F(Metered, A_commit_that_is_lost_is_counted_as_such) {
  ASSERT_TRUE(write());
  write_faults->plan({.point = Faults::Point::commit});
  ASSERT_FALSE(write());
  EXPECT_EQ(counts().failed, before.failed + 1);
  write_faults->plan({.point = Faults::Point::commit, .aftermath = Faults::Aftermath::transaction_is_lost});
  ASSERT_FALSE(write());
  ASSERT_TRUE(write());
  EXPECT_EQ(counts().failed, before.failed + 2);
  EXPECT_EQ(counts().works, before.works + 2);
}

TEST_F(Metered, A_database_that_cannot_be_read_does_not_answer_until_it_can) {
  EXPECT_TRUE(answers(*database));
  read_faults->plan({.point = Faults::Point::begin});
  EXPECT_FALSE(answers(*database));
  EXPECT_TRUE(answers(*database));
  read_faults->plan({.point = Faults::Point::step});
  EXPECT_FALSE(answers(*database));
}

TEST_F(Metered, A_thread_knows_how_long_it_read_and_waited_for_commits) {
  const TimeSpent at_first = time_spent_on_this_thread();
  std::ignore = database->write([](Transaction&) -> base::Result<void> { return {}; });
  EXPECT_GT(time_spent_on_this_thread().committing, at_first.committing);
  EXPECT_TRUE(answers(*database));
  EXPECT_GT(time_spent_on_this_thread().reading, at_first.reading);
}

}  // namespace
}  // namespace db
