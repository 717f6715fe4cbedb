// Comments that move in from other systems: each file in golden/moving is imported into the same small site, and what is there
// afterwards, with the report, must be what stands in the .expected file beside it. BROADSHEET_REWRITE_GOLDEN=1 writes those
// files anew; read the difference before committing it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "base/format.h"
#include "db/temporary_folder.h"
#include "desk/intake.h"
#include "golden/imported_site.h"
#include "import/comment_system_import.h"
#include "site/test_site.h"

namespace golden {
namespace {

namespace fs = std::filesystem;
using import_::CommentSystem;
using import_::Mode;

const fs::path fixtures = BROADSHEET_SOURCE_DIR "/tests/golden/moving";

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A file as the other system would hand it over: a database is made from its SQL.
fs::path made_file(const fs::path& fixture, const fs::path& folder) {
  if (fixture.extension() != ".sql") return fixture;
  const fs::path file = folder / (fixture.stem().string() + ".db");
  const auto connection = db::open_sqlite(file, db::Access::write);
  connection->execute("PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF");
  connection->execute(read_file(fixture));
  return file;
}

class MovedSite {
 public:
  MovedSite() {
    const auto bridge = site_.publish("The bridge opens");
    const auto ferry = site_.publish("The ferry returns");
    EXPECT_EQ(bridge.address, "/2026/11/the-bridge-opens/");
    EXPECT_EQ(ferry.address, "/2026/11/the-ferry-returns/");
    // As an import from WordPress leaves it.
    EXPECT_TRUE(desk::take_in(site_.desk(), [&](desk::Intake& intake) -> base::Result<void> {
      intake.alias("?p=12", ferry.address);
      return {};
    }));
  }

  import_::Report import(CommentSystem system, const std::vector<fs::path>& wanted, Mode mode = Mode::real) {
    std::vector<fs::path> files;
    for (const fs::path& fixture : wanted) files.push_back(made_file(fixture, made_.path()));
    import_::Report report;
    const auto result =
        import_::import_comment_system(site_.desk(), {.system = system, .files = files, .map = {}, .hosts = {}, .mode = mode},
                                       report, [](const std::string&, std::uint64_t, std::uint64_t) {});
    EXPECT_TRUE(result) << (result ? "" : result.error().key);
    for (const fs::path& file : files)
      if (file.extension() == ".db") fs::remove(file);
    return report;
  }

  // Every comment in reading order, with everything that is kept of it.
  std::string comments();
  std::string digest() { return site_.database_digest(); }
  site::TestSite& site() { return site_; }

  // Everything that stands on the disk where the database is.
  std::string bytes() const {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(site_.folder()))
      if (entry.is_regular_file()) all += read_file(entry.path());
    return all;
  }

 private:
  std::string reader_name(std::int64_t id);

  db::TemporaryFolder made_;
  site::TestSite site_;
  std::map<std::int64_t, int> readers_;
};

std::string MovedSite::reader_name(std::int64_t id) {
  if (id == 0) return "none";
  const int number = readers_.try_emplace(id, static_cast<int>(readers_.size()) + 1).first->second;
  auto reading = site_.database().read();
  db::Query row = reading.query("SELECT sealed FROM reader_emails WHERE reader_id = $1").with(id);
  if (!row.next()) return base::format("{} without an email", number);
  return base::format("{} <{}>", number,
                      site_.secrets().unseal(base::Purpose::email_seal, row.blob(0)).value_or("not to be opened"));
}

std::string MovedSite::comments() {
  static constexpr const char* statuses[] = {"published", "held", "spam", "rejected"};
  std::string dump;
  auto reading = site_.database().read();
  db::Query row = reading.query(
      "SELECT a.slug, c.depth, c.status, c.author, c.website, c.created, c.reader_id, c.body_html, c.votes_up, c.votes_down, "
      "c.marks, c.edited FROM comments c JOIN articles "
      "a ON a.id = c.article_id "
      "ORDER BY c.article_id, c.thread_path");
  while (row.next()) {
    const std::string indent(static_cast<std::size_t>(row.integer(1)) * 2, ' ');
    dump += base::format("{}{} | {} | {} | {} | reader {}\n", indent, row.text(0), statuses[row.integer(2)],
                         row.text(3).empty() ? "(no name)" : row.text(3),
                         text::TimeZone::utc().iso8601(base::from_unix(row.integer(5))), reader_name(row.integer(6)));
    if (!row.text(4).empty()) dump += base::format("{}  website {}\n", indent, row.text(4));
    if (row.integer(8) + row.integer(9) > 0)
      dump += base::format("{}  votes {} for it, {} against\n", indent, row.integer(8), row.integer(9));
    if (row.integer(11) != 0)
      dump += base::format("{}  edited {}\n", indent, text::TimeZone::utc().iso8601(base::from_unix(row.integer(11))));
    if (row.integer(10) != 0) dump += base::format("{}  marks {}\n", indent, row.integer(10));
    dump += base::format("{}  {}\n", indent, row.text(7));
  }
  return dump;
}

struct Fixture {
  const char* file;
  CommentSystem system;
};

constexpr Fixture all_fixtures[] = {
    {"disqus.xml", CommentSystem::disqus},           {"isso.sql", CommentSystem::isso},
    {"isso_old.sql", CommentSystem::isso},           {"isso_generic.json", CommentSystem::isso},
    {"remark42.jsonl", CommentSystem::remark42},     {"commento.json", CommentSystem::commento},
    {"comentario1.json", CommentSystem::comentario}, {"comentario3.json", CommentSystem::comentario},
};

class Moving : public testing::TestWithParam<Fixture> {
 protected:
  import_::Report import(Mode mode = Mode::real) { return moved_.import(GetParam().system, {fixtures / GetParam().file}, mode); }
  MovedSite moved_;
};

TEST_P(Moving, What_is_there_afterwards_and_the_report_are_as_written_down) {
  const import_::Report report = import();
  const std::string got = moved_.comments() + "\n" + report.to_text(1000);
  const fs::path expected = fixtures / (std::string(GetParam().file) + ".expected");
  if (std::getenv("BROADSHEET_REWRITE_GOLDEN") != nullptr) std::ofstream(expected, std::ios::binary) << got;
  EXPECT_EQ(got, read_file(expected));
}

TEST_P(Moving, A_packed_file_is_the_same_file) {
  const fs::path file = fixtures / GetParam().file;
  if (file.extension() == ".sql") return;  // a database is never packed
  const db::TemporaryFolder folder;
  const fs::path packed = folder.path() / (file.filename().string() + ".gz");
  ASSERT_EQ(std::system(base::format("gzip -c '{}' > '{}'", file.string(), packed.string()).c_str()), 0);
  const std::string report = moved_.import(GetParam().system, {packed}).to_text(1000);
  MovedSite plain;
  EXPECT_EQ(report, plain.import(GetParam().system, {file}).to_text(1000));
  EXPECT_EQ(moved_.comments(), plain.comments());
}

TEST_P(Moving, Every_record_is_accounted_for) { EXPECT_EQ(wrong_sums(import()), std::vector<std::string>{}); }

TEST_P(Moving, The_second_run_changes_nothing) {
  import();
  const std::string before = moved_.digest();
  const import_::Report again = import();
  EXPECT_EQ(moved_.digest(), before);
  for (const auto& [kind, count] : again.kinds()) EXPECT_EQ(count.imported, 0) << kind;
  EXPECT_EQ(wrong_sums(again), std::vector<std::string>{});
}

TEST_P(Moving, A_rehearsal_reports_what_the_run_will_do_and_stores_nothing) {
  const std::string before = moved_.digest();
  const std::string rehearsed = import(Mode::rehearsal).to_json();
  EXPECT_EQ(moved_.digest(), before);
  EXPECT_EQ(import().to_json(), rehearsed);
  EXPECT_EQ(import(Mode::rehearsal).to_json(), import().to_json());
}

TEST_P(Moving, No_email_network_address_or_name_of_an_account_is_to_be_read_on_the_disk) {
  import();
  const std::string bytes = moved_.bytes();
  for (const char* secret :
       {"tove@example.org", "orla@example.org", "una@example.org", "peer@example.org", "203.0.113.", "0a4d55a8d778e5022fab",
        "ef0f706a79cc24b17bbb", "6b7e1f00aa55", "f1a2b3c4", "tovemarsh", "33333333-0000"}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
}

TEST_P(Moving, The_site_serves_its_pages_and_shows_no_script) {
  import();
  for (const std::string& address : moved_.site().crawl()) {
    const http::Response page = moved_.site().get(address);
    EXPECT_EQ(page.body.find("alert(1)</script>"), std::string::npos) << address;
    EXPECT_EQ(page.body.find("onerror="), std::string::npos) << address;
    EXPECT_EQ(page.body.find("javascript:"), std::string::npos) << address;
  }
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Moving, testing::ValuesIn(all_fixtures), [](const auto& fixture) {
  const std::string name = fixture.param.file;
  return name.substr(0, name.find('.'));
});

TEST(MovingTogether, Two_Issos_whose_numbers_are_the_same_are_both_brought) {
  MovedSite moved;
  const import_::Report report = moved.import(CommentSystem::isso, {fixtures / "isso.sql", fixtures / "isso_old.sql"});
  EXPECT_NE(moved.comments().find("The <em>first</em> word"), std::string::npos);
  EXPECT_NE(moved.comments().find("From the first Isso of all."), std::string::npos);
  EXPECT_EQ(report.of("comments").already, 0);
}

TEST(MovingTogether, A_comment_that_a_reader_wrote_here_is_not_touched) {
  MovedSite moved;
  const auto article = moved.site().publish("A third story");
  EXPECT_EQ(moved.site().comment(article).status, 303);
  const std::string before = moved.comments();
  moved.import(CommentSystem::remark42, {fixtures / "remark42.jsonl"});
  const std::string after = moved.comments();
  EXPECT_NE(after.find(before), std::string::npos) << before << after;
}

}  // namespace
}  // namespace golden
