#include "db/database.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <thread>

#include "db/faulty_connection.h"
#include "db/temporary_folder.h"

namespace db {
namespace {

using Cause = DatabaseError::Cause;

constexpr const char* insert_sql = "INSERT INTO settings (name, value) VALUES ($1, '')";

void insert(Transaction& tx, const std::string& name) { tx.query(insert_sql).with(name).run(); }

std::int64_t count(Reading& reading) {
  Query row = reading.query("SELECT count(*) FROM settings");
  row.next();
  return row.integer(0);
}

struct WithDatabase : testing::Test {
  std::unique_ptr<Database> open(bool announce = true) {
    DatabaseSettings settings{.file = folder.path() / "site.db", .announce = announce};
    settings.connect = [this](const std::filesystem::path& file, Access access) -> std::unique_ptr<Connection> {
      auto real = open_sqlite(file, access);
      if (access == Access::read) return real;
      return std::make_unique<FaultyConnection>(std::move(real), faults);
    };
    auto opened = Database::open(std::move(settings));
    EXPECT_TRUE(opened);
    return *std::move(opened);
  }
  std::int64_t stored() {
    Reading reading = database->read();
    return count(reading);
  }

  // Holds the writer inside a work, so that what is submitted meanwhile becomes one batch.
  struct Held {
    std::latch entered{1};
    std::latch released{1};
  };
  void hold_writer(Held& held) {
    database->submit(
        [&held](Transaction&) {
          held.entered.count_down();
          held.released.wait();
        },
        [](std::exception_ptr, CommonReading&) {});
    held.entered.wait();
  }

  TemporaryFolder folder;
  std::shared_ptr<Faults> faults = std::make_shared<Faults>();
  std::unique_ptr<Database> database = open();
};

struct Write : WithDatabase {};
struct Batch : WithDatabase {
  // Three works in one batch; the second throws if told so. True for each that was stored.
  std::vector<bool> run_three(bool second_throws) {
    Held held;
    hold_writer(held);
    std::vector<bool> ok(3);
    std::latch finished(3);
    for (std::size_t i = 0; i < 3; ++i) {
      database->submit(
          [i, second_throws](Transaction& tx) {
            insert(tx, "name " + std::to_string(i));
            if (i == 1 && second_throws) throw std::runtime_error("refused");
          },
          [&ok, &finished, i](std::exception_ptr thrown, CommonReading&) {
            ok[i] = !thrown;
            finished.count_down();
          });
    }
    held.released.count_down();
    finished.wait();
    return ok;
  }
};
struct Poll : WithDatabase {};

TEST_F(Write, A_result_with_an_error_is_handed_on_and_rolled_back) {
  const auto refused = database->write([](Transaction& tx) -> base::Result<int> {
    insert(tx, "a");
    return base::Error{base::Errc::conflict, "taken", {}};
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "taken");
  EXPECT_EQ(stored(), 0);
}

TEST_F(Write, A_value_is_handed_on_once_it_is_stored) {
  const auto written = database->write([](Transaction& tx) -> base::Result<int> {
    insert(tx, "a");
    return 7;
  });
  ASSERT_TRUE(written);
  EXPECT_EQ(*written, 7);
  EXPECT_EQ(stored(), 1);
}

TEST_F(Write, An_exception_reaches_the_caller_and_nothing_stays) {
  EXPECT_THROW((void)database->write([](Transaction& tx) -> base::Result<void> {
    insert(tx, "a");
    throw std::runtime_error("bug");
  }),
               std::runtime_error);
  EXPECT_EQ(stored(), 0);
}

TEST_F(Write, A_write_inside_a_write_is_refused_instead_of_waiting_for_itself) {
  EXPECT_THROW((void)database->write([this](Transaction&) -> base::Result<void> {
    return database->write([](Transaction&) -> base::Result<void> { return {}; });
  }),
               std::logic_error);
}

TEST_F(Write, Many_threads_write_and_read_at_once_and_nothing_is_lost) {
  constexpr int threads = 8;
  constexpr int writes = 60;
  std::atomic<int> failed = 0;
  std::vector<std::thread> writers;
  for (int t = 0; t < threads; ++t) {
    writers.emplace_back([&, t] {
      for (int i = 0; i < writes; ++i) {
        const auto written = database->write([&](Transaction& tx) -> base::Result<void> {
          insert(tx, std::to_string(t) + "/" + std::to_string(i));
          tx.touch({1, i});
          return {};
        });
        if (!written || stored() < i + 1) ++failed;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(stored(), threads * writes);
}

TEST_F(Write, What_is_queued_when_the_database_closes_is_written) {
  std::atomic<int> stored_count = 0;
  for (int i = 0; i < 50; ++i) {
    database->submit([i](Transaction& tx) { insert(tx, std::to_string(i)); },
                     [&](std::exception_ptr thrown, CommonReading&) { stored_count += !thrown; });
  }
  database.reset();
  EXPECT_EQ(stored_count, 50);
  database = open();
  EXPECT_EQ(stored(), 50);
}

TEST_F(Write, An_answer_may_write_and_holds_up_no_other_write) {
  std::promise<void> other_is_stored;
  std::promise<bool> answered;
  database->submit([](Transaction& tx) { insert(tx, "one"); },
                   [&](std::exception_ptr, CommonReading&) {
                     const bool was_held_up =
                         other_is_stored.get_future().wait_for(std::chrono::seconds(10)) != std::future_status::ready;
                     try {
                       answered.set_value(!was_held_up && database->write([](Transaction& tx) -> base::Result<void> {
                         insert(tx, "three");
                         return {};
                       }));
                     } catch (...) {
                       answered.set_exception(std::current_exception());
                     }
                   });
  ASSERT_TRUE(database->write([](Transaction& tx) -> base::Result<void> {
    insert(tx, "two");
    return {};
  }));
  other_is_stored.set_value();
  EXPECT_TRUE(answered.get_future().get());
  EXPECT_EQ(stored(), 3);
}

TEST_F(Write, The_listener_hears_of_a_write_before_its_writer_is_answered) {
  std::vector<std::string> order;
  database->on_touched([&](const std::vector<Touched>& touched) {
    order.push_back("listener");
    EXPECT_EQ(touched, (std::vector<Touched>{{1, 4}, {2, 5}}));
  });
  std::latch finished(1);
  database->submit(
      [](Transaction& tx) {
        insert(tx, "a");
        tx.touch({2, 5});
        tx.touch({1, 4});
        tx.touch({2, 5});
      },
      [&](std::exception_ptr, CommonReading&) {
        order.push_back("done");
        finished.count_down();
      });
  finished.wait();
  EXPECT_EQ(order, (std::vector<std::string>{"listener", "done"}));
}

TEST_F(Write, A_write_that_touches_very_much_has_touched_everything) {
  std::vector<Touched> heard;
  database->on_touched([&](const std::vector<Touched>& touched) { heard = touched; });
  (void)database->write([](Transaction& tx) -> base::Result<void> {
    for (int i = 0; i <= 10'000; ++i) tx.touch({2, i});
    tx.touch({3, 1});
    return {};
  });
  EXPECT_EQ(heard, std::vector{touched_everything});
}

TEST_F(Write, No_transaction_stays_open_while_there_is_nothing_to_write) {
  (void)database->write([](Transaction& tx) -> base::Result<void> {
    insert(tx, "a");
    return {};
  });
  const auto other = open_sqlite(database->file(), Access::write);
  other->execute("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; ROLLBACK");
}

TEST_F(Batch, A_work_that_throws_is_rolled_back_alone) {
  EXPECT_EQ(run_three(true), (std::vector<bool>{true, false, true}));
  EXPECT_EQ(stored(), 2);
}

TEST_F(Batch, What_a_refused_work_touched_is_not_told) {
  std::vector<Touched> heard;
  database->on_touched([&](const std::vector<Touched>& touched) { heard = touched; });
  (void)database->write([](Transaction& tx) -> base::Result<void> {
    tx.touch({1, 1});
    return base::Error{base::Errc::conflict, "", {}};
  });
  EXPECT_TRUE(heard.empty());
}

TEST_F(Batch, A_commit_that_fails_is_reported_to_all_and_nothing_stays) {
  bool heard = false;
  database->on_touched([&](const std::vector<Touched>&) { heard = true; });
  faults->plan({.point = Faults::Point::commit, .nth = 2, .cause = Cause::full});  // the first is that of the work that holds
  EXPECT_EQ(run_three(false), (std::vector<bool>{false, false, false}));
  EXPECT_EQ(stored(), 0);
  EXPECT_FALSE(heard);
}

TEST_F(Batch, A_transaction_that_the_database_gave_up_is_reported_to_all) {
  faults->plan(
      {.point = Faults::Point::step, .nth = 2, .cause = Cause::full, .aftermath = Faults::Aftermath::transaction_is_lost});
  EXPECT_EQ(run_three(false), (std::vector<bool>{false, false, false}));
  EXPECT_EQ(stored(), 0);
}

TEST_F(Batch, A_statement_that_fails_once_costs_nobody_anything) {
  faults->plan({.point = Faults::Point::step, .nth = 2, .cause = Cause::other});
  EXPECT_EQ(run_three(false), (std::vector<bool>{true, true, true}));
  EXPECT_EQ(stored(), 3);
}

TEST_F(Batch, What_is_waited_for_is_run_once_whatever_happens_to_the_others) {
  Held held;
  hold_writer(held);
  std::atomic<int> runs = 0;
  std::latch finished(1);
  std::thread waiting([&] {
    EXPECT_TRUE(database->write([&](Transaction& tx) -> base::Result<void> {
      ++runs;
      insert(tx, "once");
      return {};
    }));
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // until it is queued; were it too short, the two would not meet
  database->submit([](Transaction&) { throw std::runtime_error("refused"); },
                   [&](std::exception_ptr, CommonReading&) { finished.count_down(); });
  held.released.count_down();
  finished.wait();
  waiting.join();
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(stored(), 1);
}

TEST_F(Batch, What_was_touched_by_a_run_that_was_undone_is_not_told) {
  std::vector<Touched> heard;
  database->on_touched([&](const std::vector<Touched>& touched) { heard = touched; });
  Held held;
  hold_writer(held);
  std::latch finished(2);
  const auto done = [&](std::exception_ptr, CommonReading&) { finished.count_down(); };
  database->submit([](Transaction& tx) { tx.touch({1, 1}); }, done);
  database->submit(
      [](Transaction& tx) {
        tx.touch({1, 2});
        throw std::runtime_error("refused");
      },
      done);
  held.released.count_down();
  finished.wait();
  EXPECT_EQ(heard, (std::vector<Touched>{{1, 1}}));
}

TEST_F(Batch, The_writer_goes_on_after_every_failure) {
  for (const Faults::Point point : {Faults::Point::begin, Faults::Point::step, Faults::Point::commit}) {
    faults->plan({.point = point, .nth = 1, .cause = Cause::other});
    EXPECT_THROW((void)database->write([](Transaction& tx) -> base::Result<void> {
      insert(tx, "lost");
      return {};
    }),
                 DatabaseError);
  }
  (void)database->write([](Transaction& tx) -> base::Result<void> {
    insert(tx, "kept");
    return {};
  });
  EXPECT_EQ(stored(), 1);
}

TEST_F(WithDatabase, All_statements_of_a_reading_see_one_snapshot) {
  Reading reading = database->read();
  EXPECT_EQ(count(reading), 0);
  (void)database->write([](Transaction& tx) -> base::Result<void> {
    insert(tx, "a");
    return {};
  });
  EXPECT_EQ(count(reading), 0);
  EXPECT_EQ(stored(), 1);
}

TEST_F(WithDatabase, A_database_that_is_no_database_is_refused_with_a_sentence) {
  const auto opened = Database::open({.file = folder.path() / "no such folder" / "site.db"});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, base::Errc::unavailable);
  EXPECT_NE(opened.error().key.find("Check that the folder and the database are there"), std::string::npos);
}

std::vector<Touched> touch_elsewhere(Database& other, std::vector<Touched> what) {
  (void)other.write([&](Transaction& tx) -> base::Result<void> {
    insert(tx, base::random_hex(8));
    for (const Touched& touched : what) tx.touch(touched);
    return {};
  });
  return what;
}

TEST_F(Poll, What_another_process_touched_is_heard_once) {
  const auto other = open();
  std::vector<std::vector<Touched>> heard;
  database->on_touched([&](const std::vector<Touched>& touched) { heard.push_back(touched); });
  database->poll();
  EXPECT_TRUE(heard.empty());
  const auto touched = touch_elsewhere(*other, {{2, 1}, {3, 1}});
  database->poll();
  database->poll();
  EXPECT_EQ(heard, std::vector<std::vector<Touched>>{touched});
}

TEST_F(Poll, What_this_process_announced_is_not_heard_a_second_time) {
  int heard = 0;
  database->on_touched([&](const std::vector<Touched>&) { ++heard; });
  touch_elsewhere(*database, {{2, 1}});
  database->poll();
  EXPECT_EQ(heard, 1);
}

TEST_F(Poll, A_process_that_does_not_announce_is_not_heard) {
  const auto server = open(false);
  int heard = 0;
  database->on_touched([&](const std::vector<Touched>&) { ++heard; });
  touch_elsewhere(*server, {{2, 1}});
  database->poll();
  EXPECT_EQ(heard, 0);
}

TEST_F(Poll, Rows_that_were_pruned_before_they_were_seen_count_as_everything) {
  const auto other = open();
  std::vector<Touched> heard;
  database->on_touched([&](const std::vector<Touched>& touched) { heard = touched; });
  touch_elsewhere(*other, {{2, 1}});
  touch_elsewhere(*other, {{2, 2}});
  open_sqlite(database->file(), Access::write)->execute("DELETE FROM touched WHERE number = 1");
  database->poll();
  EXPECT_EQ(heard, std::vector{touched_everything});
}

TEST_F(Poll, Rows_older_than_an_hour_go_but_the_newest_stays) {
  touch_elsewhere(*database, {{2, 1}, {2, 2}});
  const auto direct = open_sqlite(database->file(), Access::write);
  direct->execute("UPDATE touched SET at = 0");
  const auto other = open();
  touch_elsewhere(*other, {{2, 3}});
  Query rows = direct->query("SELECT min(number), max(number) FROM touched");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 2);
  EXPECT_EQ(rows.integer(1), 3);
}

}  // namespace
}  // namespace db
