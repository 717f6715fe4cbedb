// Invariant 1 on a disk whose power fails: what was acknowledged is there afterwards, whatever the disk lost of what was not
// synced; what was not is there whole or not at all. Each run posts comments through the use case into the real database on a
// LossyDisk, lets the power fail at a random operation, opens what the disk holds then, and examines it. How many runs:
// BROADSHEET_POWER_LOSSES.
#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <latch>
#include <map>
#include <mutex>
#include <random>
#include <set>

#include "base/format.h"
#include "crash/lossy_disk.h"
#include "crash/program.h"
#include "db/database.h"
#include "desk/check_site.h"
#include "desk/moderate_comment.h"
#include "desk/post_comment.h"
#include "desk/publish_article.h"

namespace {

namespace fs = std::filesystem;
using crash::LossyDisk;
using crash::TemporaryFolder;

std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* const given = std::getenv(name);
  return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

// A site in one folder, as the server has it open.
class Opened {
 public:
  Opened(const fs::path& folder, const base::Secrets& secrets, const std::string& pragma = {}) : secrets_(secrets) {
    settings_.moderation = news::Moderation::none;
    db::DatabaseSettings settings{.file = folder / "broadsheet.db", .readers = 1, .announce = false};
    settings.connect = [pragma](const fs::path& file, db::Access access) {
      auto connection = db::open_sqlite(file, access);
      if (!pragma.empty()) connection->execute(pragma);
      return connection;
    };
    auto opened = db::Database::open(std::move(settings));
    if (!opened) throw std::runtime_error(opened.error().key);
    database_ = *std::move(opened);
  }

  desk::Desk desk() const { return {*database_, clock_, secrets_, settings_, zone_}; }
  db::Database& database() { return *database_; }

 private:
  base::ManualClock clock_{base::from_unix(1'790'000'000)};
  const base::Secrets& secrets_;
  news::SiteSettings settings_;
  text::TimeZone zone_ = text::TimeZone::utc();
  std::unique_ptr<db::Database> database_;
};

// What the clients know.
struct Record {
  std::mutex mutex;
  std::set<std::string> sent;
  std::set<std::string> acknowledged;

  void acknowledge(const std::string& words) {
    const std::lock_guard lock(mutex);
    acknowledged.insert(words);
  }
  std::set<std::string> acknowledged_now() {
    const std::lock_guard lock(mutex);
    return acknowledged;
  }
};

// So many comments in one commit: the writer is held until all are queued, so that a seed always makes the same run.
void post_batch(Opened& site, news::ArticleId article, int count, const std::string& name, std::mt19937_64& random,
                Record& record) {
  std::latch queued(1), answered(count + 1);
  site.database().submit([&](db::Transaction&) { queued.wait(); }, [&](std::exception_ptr, db::CommonReading&) { answered.count_down(); });
  for (int i = 0; i < count; ++i) {
    const std::string words =
        base::format("{} {} {}", name, i, std::string(1 + (random() % 2 ? random() % 200 : random() % 9000), 'w'));
    record.sent.insert(words);
    desk::post_comment(site.desk(), {},
                       {.article = article, .parent = {}, .name = "Bo", .email = "bo@example.org", .website = "", .comment = words},
                       [&, words](const base::Result<desk::PostedComment>& posted) {
                         if (posted) record.acknowledge(words);
                         answered.count_down();
                       });
  }
  queued.count_down();
  answered.wait();
}

struct Outcome {
  std::size_t missing = 0;  // acknowledged, but not there
  std::size_t foreign = 0;  // there, but never sent, or twice
  std::size_t stored = 0;
  std::vector<std::string> problems;
  bool is_open = true;

  bool is_whole() const { return missing == 0 && foreign == 0 && problems.empty() && is_open; }
};

Outcome examine(const fs::path& aftermath, const base::Secrets& secrets, const std::set<std::string>& sent,
                const std::set<std::string>& acknowledged) {
  Outcome outcome;
  try {
    const Opened site(aftermath, secrets);
    desk::check_site(site.desk(), aftermath / "media",
                     [&](std::string sentence) { outcome.problems.push_back(std::move(sentence)); });
    std::map<std::string, int> stored;
    const auto comments = desk::list_comments(site.desk(), desk::operator_at_the_command_line, std::nullopt, 1'000'000);
    for (const news::Comment& comment : *comments) ++stored[comment.source];
    outcome.stored = comments->size();
    for (const auto& [words, times] : stored) outcome.foreign += times > 1 || !sent.contains(words) ? 1 : 0;
    for (const std::string& words : acknowledged) outcome.missing += stored.contains(words) ? 0 : 1;
  } catch (const std::exception& failure) {
    outcome.is_open = false;
    outcome.problems.push_back(failure.what());
  }
  return outcome;
}

// The site all runs begin with, made once.
struct Template {
  Template() {
    Opened site(folder.path(), secrets);
    article =
        desk::publish_article(
            site.desk(), {.headline = "A story", .standfirst = {}, .body = "Words.", .published = base::from_unix(1'780'000'000)})
            ->id;
  }
  TemporaryFolder folder;
  base::Secrets secrets = base::Secrets::ephemeral();
  news::ArticleId article;
};

Outcome run_once(const Template& base_site, std::uint64_t seed, const std::string& pragma) {
  const TemporaryFolder folder;
  const fs::path before = folder.path() / "before", aftermath = folder.path() / "aftermath";
  fs::create_directory(before);
  fs::create_directory(aftermath);
  fs::copy(base_site.folder.path() / "broadsheet.db", before / "broadsheet.db");
  std::mt19937_64 random(seed);
  Record record;
  std::set<std::string> acknowledged;
  {
    LossyDisk disk(before);
    Opened site(before, base_site.secrets, pragma);
    disk.plan({.operation = 1 + random() % 400, .seed = random(), .aftermath = aftermath, .on_loss = [&] {
                 acknowledged = record.acknowledged_now();
               }});
    for (int batch = 0; !disk.has_lost_power() && batch < 400; ++batch) {
      post_batch(site, base_site.article, 1 + static_cast<int>(random() % 6), base::format("batch {}", batch), random, record);
    }
  }
  return examine(aftermath, base_site.secrets, record.sent, acknowledged);
}

std::string checkpoint_after(std::uint64_t seed) {
  constexpr int pages[] = {1, 8, 40, 1000};
  return base::format("PRAGMA wal_autocheckpoint = {};", pages[seed % 4]);
}

TEST(PowerLoss, Nothing_acknowledged_is_missing_nothing_is_half_there_and_nothing_is_double) {
  const std::uint64_t runs = number_of("BROADSHEET_POWER_LOSSES", 150);
  const std::uint64_t first = number_of("BROADSHEET_SEED", std::random_device()());
  std::printf("%llu power losses, seeds from %llu on\n", static_cast<unsigned long long>(runs),
              static_cast<unsigned long long>(first));
  const Template base_site;
  for (std::uint64_t seed = first; seed < first + runs; ++seed) {
    const Outcome outcome = run_once(base_site, seed, checkpoint_after(seed));
    ASSERT_TRUE(outcome.is_whole()) << "BROADSHEET_SEED=" << seed << ": " << outcome.missing << " missing, " << outcome.foreign
                                    << " foreign, " << (outcome.problems.empty() ? "" : outcome.problems.front());
  }
}

// The test of the test: with less than synchronous=FULL the same disk does lose what was acknowledged, and with none it damages
// the file.
TEST(PowerLoss, It_is_seen_where_the_database_does_not_wait_for_the_disk) {
  const Template base_site;
  std::size_t missing = 0, damaged = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed)
    missing += run_once(base_site, seed, checkpoint_after(seed) + "PRAGMA synchronous = NORMAL").missing;
  for (std::uint64_t seed = 1; seed <= 60; ++seed)
    damaged += run_once(base_site, seed, checkpoint_after(seed) + "PRAGMA synchronous = OFF").problems.empty() ? 0 : 1;
  EXPECT_GT(missing, 0U);
  EXPECT_GT(damaged, 0U);
}

// What is refused late, in the middle of what a commit writes, is as if it had never been, and the next commit finds its place.
TEST(FullDisk, Stores_what_it_acknowledged_and_nothing_else) {
  const Template base_site;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const TemporaryFolder folder;
    fs::copy(base_site.folder.path() / "broadsheet.db", folder.path() / "broadsheet.db");
    std::mt19937_64 random(seed);
    Record record;
    {
      LossyDisk disk(folder.path());
      Opened site(folder.path(), base_site.secrets, checkpoint_after(seed));
      for (int batch = 0; batch < 40; ++batch) {
        disk.set_full(random() % 3 == 0);
        post_batch(site, base_site.article, 1 + static_cast<int>(random() % 60), base::format("batch {}", batch), random, record);
      }
      disk.set_full(false);
      const std::size_t before = record.acknowledged.size();
      post_batch(site, base_site.article, 3, "room again", random, record);
      EXPECT_EQ(record.acknowledged.size(), before + 3) << "seed " << seed;
    }
    EXPECT_LT(record.acknowledged.size(), record.sent.size()) << "seed " << seed << ": it was never full";
    const Outcome outcome = examine(folder.path(), base_site.secrets, record.sent, record.acknowledged);
    EXPECT_TRUE(outcome.is_whole()) << "seed " << seed << ": " << outcome.missing << " missing, " << outcome.foreign << " foreign";
    EXPECT_EQ(outcome.stored, record.acknowledged.size()) << "seed " << seed;
  }
}

}  // namespace
