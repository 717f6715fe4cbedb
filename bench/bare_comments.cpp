// The database alone: the rows that a posted comment leaves, by prepared statements on one connection, BATCH of them a commit,
// each commit on disk. What the whole server is compared with. Everything that is not the database (texts, hashes, sealed emails)
// is ready before the clock starts. Prints one line: comments, seconds, comments a second, processor microseconds a comment.
//
//   bare_comments FILE BATCH SECONDS      FILE is made, with the migrations of this program, and must not be there before
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "db/database.h"
#include "load.h"
#include "prose.h"

namespace {

using bench::Clock;

constexpr std::int64_t began = 1'790'000'000;
constexpr std::size_t texts_made = 4096;

struct Row {
  std::string source;
  std::string body;
};

std::string number_as_bytes(std::int64_t number, int bytes) {
  std::string made;
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
    made += static_cast<char>(static_cast<unsigned char>((number >> shift) & 0xff));
  return made;
}

// As long and as random as a keyed hash or a sealed email.
std::string random_bytes(bench::Dice& dice, std::size_t count) {
  std::string made;
  while (made.size() < count) made += number_as_bytes(static_cast<std::int64_t>(dice.next()), 8);
  made.resize(count);
  return made;
}

void insert_comment(db::Connection& connection, const Row& row, bench::Dice& dice, std::int64_t id) {
  const std::int64_t now = began + id / 10'000;
  connection.query("INSERT INTO readers (id, name, created, published) VALUES ($1, $2, $3, 1)").with(id, "Reader", now).run();
  connection.query("INSERT INTO reader_emails (reader_id, email_hash, sealed) VALUES ($1, $2, $3)")
      .with(id, db::Blob{random_bytes(dice, 32)}, db::Blob{random_bytes(dice, 64)})
      .run();
  connection
      .query(
          "INSERT INTO comments (article_id, id, parent_id, thread_path, depth, kind, status, rule, shown, reader_id, author, "
          "website, "
          "created, source, body_html) VALUES (1, $1, 0, $2, 0, 0, 0, 'moderation.none', 1, $1, $3, '', $4, $5, $6)")
      .with(id, db::Blob{number_as_bytes(now, 5) + number_as_bytes(id, 5)}, "Reader", now, row.source, row.body)
      .run();
  connection.query("INSERT INTO submissions (fingerprint, comment_id, at) VALUES ($1, $2, $3)")
      .with(db::Blob{random_bytes(dice, 32)}, id, now)
      .run();
  connection
      .query(
          "UPDATE threads SET comment_count = comment_count + 1, shown_roots = shown_roots + 1, last_comment = $1 WHERE "
          "article_id = 1")
      .with(now)
      .run();
  connection.query("UPDATE thread_blocks SET roots = roots + 1 WHERE article_id = 1 AND first_path = x''").run();
  connection.query("UPDATE counters SET value = $1 WHERE name = 'comments'").with(id).run();
}

std::unique_ptr<db::Connection> make_database(const std::string& file) {
  if (std::filesystem::exists(file)) throw std::runtime_error(file + " is there already");
  if (const auto made = db::Database::open({.file = file, .readers = 1}); !made) throw std::runtime_error(made.error().key);
  auto connection = db::open_sqlite(file, db::Access::write);
  connection->execute(
      "INSERT INTO threads (article_id, comment_count, shown_roots, last_comment) VALUES (1, 0, 0, 0); "
      "INSERT INTO thread_blocks (article_id, first_path, roots) VALUES (1, x'', 0); "
      "INSERT INTO counters (name, value) VALUES ('comments', 0)");
  return connection;
}

std::vector<Row> make_rows() {
  bench::Prose prose(7);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < texts_made; ++i) {
    const std::string text = prose.comment();
    rows.push_back({text, "<p>" + text + "</p>\n"});
  }
  return rows;
}

void run(const std::string& file, std::size_t batch, double length) {
  const auto connection = make_database(file);
  const std::vector<Row> rows = make_rows();
  bench::Dice dice(8);
  std::int64_t id = 0;
  const double processor_before = bench::processor_seconds();
  const Clock::time_point start = Clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  while (elapsed() < length) {
    connection->execute("BEGIN IMMEDIATE");
    for (std::size_t i = 0; i < batch; ++i, ++id)
      insert_comment(*connection, rows[static_cast<std::size_t>(id) % rows.size()], dice, id + 1);
    connection->execute("COMMIT");
  }
  const double seconds = elapsed();
  const double processor = bench::processor_seconds() - processor_before;
  std::printf("%lld %.3f %.0f %.1f\n", static_cast<long long>(id), seconds, static_cast<double>(id) / seconds,
              processor * 1e6 / static_cast<double>(id));
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 4) bench::fail("usage: bare_comments FILE BATCH SECONDS");
  run(arguments[1], std::max<std::size_t>(std::stoul(arguments[2]), 1), std::stod(arguments[3]));
} catch (const std::exception& error) {
  bench::fail(error.what());
}
