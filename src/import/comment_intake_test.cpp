// The intake with records of the test's own making: no format, no file.
#include "import/comment_intake.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "base/format.h"
#include "desk/check_site.h"
#include "desk/test_site.h"

namespace import_ {
namespace {

class Moved {
 public:
  Moved() {
    for (const char* headline : {"First", "Second"}) articles_.push_back(site_.publish(headline));
  }

  struct Run {
    Report report;
    std::string json() const { return report.to_json(); }
  };

  Run take(const std::vector<CommentRecord>& records, Mode mode = Mode::real, const std::string& first_link = {}) {
    Run run;
    db::Scratch scratch;
    ThreadMatch match(site_.desk(), scratch, {});
    CommentIntake intake(site_.desk(), scratch, run.report, {"test", mode});
    intake.keep_thread({.id = "1", .link = first_link.empty() ? address(0) : first_link, .identifier = {}});
    intake.keep_thread({.id = "2", .link = address(1), .identifier = {}});
    intake.keep_thread({.id = "3", .link = address(0), .identifier = {}});  // a second thread of the first article
    intake.keep_thread({.id = "4", .link = "/nowhere/", .identifier = {}});
    intake.match_threads(match);
    for (const CommentRecord& record : records) intake.take(record);
    intake.finish();
    return run;
  }

  std::string address(std::size_t index) {
    auto reading = site_.database().read();
    db::Query row = reading.query("SELECT address FROM articles WHERE id = $1").with(articles_[index].value);
    row.next();
    return std::string(row.text(0));
  }

  // The text of each comment and the text of its parent; "" for none.
  std::map<std::string, std::string> parents() {
    std::map<std::string, std::string> found;
    auto reading = site_.database().read();
    db::Query row =
        reading.query("SELECT c.source, coalesce(p.source, '') FROM comments c LEFT JOIN comments p ON p.id = c.parent_id");
    while (row.next()) found[std::string(row.text(0))] = row.text(1);
    return found;
  }
  std::int64_t count(const std::string& sql) {
    auto reading = site_.database().read();
    db::Query row = reading.query(sql);
    row.next();
    return row.integer(0);
  }
  desk::TestSite& site() { return site_; }

 private:
  desk::TestSite site_;
  std::vector<news::ArticleId> articles_;
};

CommentRecord record(const std::string& id, const std::string& parent = "", const std::string& thread = "1") {
  CommentRecord comment;
  comment.id = id;
  comment.thread = thread;
  comment.parent = parent;
  comment.author = "Ada";
  comment.text = "text " + id;
  comment.written_in = WrittenIn::markdown;
  comment.created = base::from_unix(1'700'000'000 + std::stoll("0" + id));
  return comment;
}

void expect_sums(const Report& report) {
  for (const auto& [kind, count] : report.kinds())
    EXPECT_EQ(count.in, count.imported + count.already + count.left_out_count) << kind;
}

TEST(CommentIntake, Replies_hang_below_what_they_answer_though_all_came_first) {
  Moved moved;
  // A thousand generations, the youngest first: deeper than any thread is kept, longer than a transaction.
  std::vector<CommentRecord> records;
  for (int i = 1000; i > 0; --i) records.push_back(record(std::to_string(i), i > 1 ? std::to_string(i - 1) : ""));
  const auto run = moved.take(records);
  EXPECT_EQ(run.report.of("comments").imported, 1000);
  EXPECT_TRUE(run.report.notes().empty());
  const auto parents = moved.parents();
  EXPECT_EQ(parents.at("text 1"), "");
  for (int i = 2; i <= 60; ++i) EXPECT_EQ(parents.at(base::format("text {}", i)), base::format("text {}", i - 1));
  EXPECT_NE(parents.at("text 1000"), "");
}

TEST(CommentIntake, Whom_nobody_knows_by_email_is_still_one_person_and_their_account_is_not_kept) {
  Moved moved;
  CommentRecord first = record("1"), second = record("2"), third = record("3");
  first.person = second.person = "email_0a4d55a8d778e5022fab701977c5d840bbc486d0";
  third.person = "github_1";
  moved.take({first, second, third});
  EXPECT_EQ(moved.count("SELECT count(*) FROM readers"), 2);
  EXPECT_EQ(moved.count("SELECT count(*) FROM reader_emails"), 0);
  EXPECT_EQ(moved.count("SELECT count(*) FROM comments c JOIN comments d ON c.reader_id = d.reader_id WHERE c.source = 'text 1' "
                        "AND d.source = 'text 2'"),
            1);
  EXPECT_EQ(moved.count("SELECT count(*) FROM imported WHERE source_id LIKE '%0a4d55a8%'"), 0);
}

TEST(CommentIntake, An_email_of_the_account_is_sealed_and_serves_all_its_comments) {
  Moved moved;
  Report report;
  db::Scratch scratch;
  ThreadMatch match(moved.site().desk(), scratch, {});
  CommentIntake intake(moved.site().desk(), scratch, report, {"test", Mode::real});
  intake.keep_thread({.id = "1", .link = moved.address(0), .identifier = {}});
  intake.keep_person({.id = "p", .name = "Ada Marsh", .email = "ada@example.org", .website = "ada.example.org"});
  intake.match_threads(match);
  CommentRecord comment = record("1");
  comment.author.clear();
  comment.person = "p";
  intake.take(comment);
  intake.finish();
  EXPECT_EQ(
      moved.count(
          "SELECT count(*) FROM comments WHERE author = 'Ada Marsh' AND website = 'https://ada.example.org' AND reader_id > 0"),
      1);
  EXPECT_EQ(moved.count("SELECT count(*) FROM reader_emails WHERE sealed NOT LIKE '%ada%'"), 1);
}

TEST(CommentIntake, What_a_moderator_decided_since_stays_at_the_second_run) {
  Moved moved;
  moved.take({record("1")});
  ASSERT_TRUE(desk::moderate_comments(moved.site().desk(), desk::operator_at_the_command_line, {news::CommentId{1}},
                                      news::CommentStatus::spam));
  moved.take({record("1")});
  EXPECT_EQ(moved.count("SELECT count(*) FROM comments WHERE status = 2"), 1);
  EXPECT_EQ(moved.count("SELECT count(*) FROM comments"), 1);
}

TEST(CommentIntake, A_thread_that_was_matched_once_stays_with_its_article_whatever_its_address_is_later) {
  Moved moved;
  moved.take({record("1")});
  EXPECT_EQ(moved.take({record("1"), record("2")}, Mode::real, "/moved/away/").report.of("comments").imported, 1);
}

// --- whatever a file may hold

std::vector<CommentRecord> anything(std::mt19937& random) {
  const auto any = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  const int size = 1 + any(40);
  std::vector<CommentRecord> records;
  for (int i = 1; i <= size; ++i) {
    CommentRecord comment = record(std::to_string(any(9) == 0 ? any(size) : i));
    comment.thread = std::to_string(any(5));
    if (any(2) > 0) comment.parent = std::to_string(any(size + 2));  // earlier, later, itself, missing, in a ring
    if (any(9) == 0) comment.text.clear();
    if (any(9) == 0) comment.created.reset();
    if (any(9) == 0) comment.id.clear();
    if (any(3) == 0) comment.email = base::format("reader{}@example.org", any(3));
    if (any(3) == 0) comment.person = std::to_string(any(3));
    comment.status = static_cast<news::CommentStatus>(any(3));
    records.push_back(comment);
  }
  std::shuffle(records.begin(), records.end(), random);
  return records;
}

TEST(CommentIntakeProperty, Every_record_is_accounted_for_a_rehearsal_says_the_same_and_a_second_run_adds_nothing) {
  for (unsigned seed = 0; seed < 15; ++seed) {
    SCOPED_TRACE(base::format("seed {}", seed));
    std::mt19937 random(seed);
    const std::vector<CommentRecord> records = anything(random);
    Moved moved;
    const std::string rehearsed = moved.take(records, Mode::rehearsal).json();
    EXPECT_EQ(
        moved.count("SELECT (SELECT count(*) FROM comments) + (SELECT count(*) FROM readers) + (SELECT count(*) FROM imported)"),
        0);
    const Moved::Run first = moved.take(records);
    EXPECT_EQ(first.json(), rehearsed);
    expect_sums(first.report);
    EXPECT_EQ(first.report.of("comments").in, static_cast<std::int64_t>(records.size()));
    EXPECT_EQ(first.report.of("comments").imported, moved.count("SELECT count(*) FROM comments"));
    const auto before = moved.parents();
    const Moved::Run second = moved.take(records);
    expect_sums(second.report);
    EXPECT_EQ(second.report.of("comments").imported, 0);
    EXPECT_EQ(moved.parents(), before);
    desk::check_site(moved.site().desk(), moved.site().media(), [](const std::string& finding) { ADD_FAILURE() << finding; });
  }
}

TEST(CommentIntakeProperty, A_run_that_stops_anywhere_is_completed_by_the_next) {
  for (unsigned seed = 0; seed < 8; ++seed) {
    SCOPED_TRACE(base::format("seed {}", seed));
    std::mt19937 random(seed);
    std::vector<CommentRecord> records;
    for (int i = 1; i <= 900; ++i)
      records.push_back(record(std::to_string(i), i % 3 ? std::to_string(1 + static_cast<int>(random() % 900)) : ""));
    Moved whole, stopped;
    whole.take(records);
    stopped.site().faults->plan({.point = db::Faults::Point::commit, .nth = 1 + static_cast<int>(random() % 4)});
    EXPECT_THROW(stopped.take(records), db::DatabaseError);
    stopped.take(records);
    EXPECT_EQ(stopped.count("SELECT count(*) FROM comments"), 900);
  }
}

}  // namespace
}  // namespace import_
