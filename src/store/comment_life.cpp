#include "store/comment_life.h"

#include "news/comment_rules.h"
#include "store/comment_columns.h"
#include "store/comments.h"
#include "store/rows.h"

namespace store {
namespace {

void insert_row(db::Transaction& tx, news::CommentId id, const news::CommentVersion& version) {
  tx.query(
        "INSERT INTO comment_versions (comment_id, number, written, status, rule, source, body_html) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (comment_id, number) DO NOTHING")
      .with(id.value, version.number, base::to_unix(version.written), static_cast<int>(version.verdict.status),
            version.verdict.rule, version.source, version.body.string())
      .run();
}

news::CommentVersion present_version(const news::Comment& comment) {
  return {.number = comment.version,
          .written = comment.created,
          .source = comment.source,
          .body = comment.body,
          .verdict = comment.verdict};
}

news::CommentVersion version_of(const db::Query& row) {
  return {.number = stored_int(row, 0),
          .written = stored_time(row, 1),
          .source = stored_text(row, 4),
          .body = stored_html(row, 5),
          .verdict = {static_cast<news::CommentStatus>(row.integer(2)), stored_text(row, 3)}};
}

int newest_number(db::Transaction& tx, news::CommentId id) {
  return static_cast<int>(
      number(tx.query("SELECT coalesce(max(number), 0) FROM comment_versions WHERE comment_id = $1").with(id.value)));
}

void touch_thread(db::Transaction& tx, const news::Comment& comment) {
  if (comment.verdict.status != news::CommentStatus::published) return;
  touch(tx, news::thread_of(comment.article));
  touch(tx, news::SourceKind::comments);
}

int earlier_vote(db::Transaction& tx, news::CommentId id, std::int64_t voter) {
  return static_cast<int>(
      number(tx.query("SELECT vote FROM comment_votes WHERE comment_id = $1 AND voter = $2").with(id.value, voter)));
}

void write_vote(db::Transaction& tx, news::CommentId id, std::int64_t voter, int vote) {
  if (vote == 0) {
    tx.query("DELETE FROM comment_votes WHERE comment_id = $1 AND voter = $2").with(id.value, voter).run();
    return;
  }
  tx.query(
        "INSERT INTO comment_votes (comment_id, voter, vote) VALUES ($1, $2, $3) "
        "ON CONFLICT (comment_id, voter) DO UPDATE SET vote = excluded.vote")
      .with(id.value, voter, vote)
      .run();
}

}  // namespace

int insert_version(db::Transaction& tx, const news::Comment& comment, const news::CommentVersion& version) {
  if (newest_number(tx, comment.id) == 0) insert_row(tx, comment.id, present_version(comment));
  news::CommentVersion numbered = version;
  numbered.number = newest_number(tx, comment.id) + 1;
  insert_row(tx, comment.id, numbered);
  return numbered.number;
}

void show_version(db::Transaction& tx, const news::Comment& comment, const news::CommentVersion& version, base::Time edited) {
  tx.query("UPDATE comments SET version = $2, waiting = 0, edited = $3, source = $4, body_html = $5 WHERE id = $1")
      .with(comment.id.value, version.number, base::to_unix(edited), version.source, version.body.string())
      .run();
  touch_thread(tx, comment);
}

void set_waiting(db::Transaction& tx, news::CommentId id, int number) {
  tx.query("UPDATE comments SET waiting = $2 WHERE id = $1").with(id.value, number).run();
}

void set_version_verdict(db::Transaction& tx, news::CommentId id, int number, const news::Verdict& verdict) {
  tx.query("UPDATE comment_versions SET status = $3, rule = $4 WHERE comment_id = $1 AND number = $2")
      .with(id.value, number, static_cast<int>(verdict.status), verdict.rule)
      .run();
}

std::optional<news::CommentVersion> find_version(db::Connection& connection, news::CommentId id, int number) {
  db::Query row = connection
                      .query(
                          "SELECT number, written, status, rule, source, body_html FROM comment_versions "
                          "WHERE comment_id = $1 AND number = $2")
                      .with(id.value, number);
  if (!row.next()) return std::nullopt;
  return version_of(row);
}

std::vector<news::CommentVersion> list_versions(db::Connection& connection, const news::Comment& comment) {
  std::vector<news::CommentVersion> versions;
  db::Query rows = connection
                       .query(
                           "SELECT number, written, status, rule, source, body_html FROM comment_versions "
                           "WHERE comment_id = $1 ORDER BY number")
                       .with(comment.id.value);
  while (rows.next()) versions.push_back(version_of(rows));
  if (versions.empty()) versions.push_back(present_version(comment));
  return versions;
}

std::vector<news::Comment> list_edited_comments(db::Connection& connection, int most) {
  std::vector<news::Comment> comments;
  db::Query ids = connection.query("SELECT id FROM comments WHERE waiting <> 0 ORDER BY id DESC LIMIT $1").with(most);
  while (ids.next()) {
    if (std::optional<news::Comment> comment = find_comment(connection, {ids.integer(0)}))
      comments.push_back(*std::move(comment));
  }
  return comments;
}

bool set_marks(db::Transaction& tx, news::CommentId id, const news::Marks& marks) {
  const std::optional<news::Comment> comment = find_comment(tx.connection(), id);
  if (!comment) return false;
  tx.query("UPDATE comments SET marks = $2 WHERE id = $1").with(id.value, bits_of(marks)).run();
  touch_thread(tx, *comment);
  return true;
}

bool set_vote(db::Transaction& tx, const news::Comment& comment, std::int64_t voter, int vote) {
  const int before = earlier_vote(tx, comment.id, voter);
  if (before == vote) return false;
  write_vote(tx, comment.id, voter, vote);
  const news::Votes votes{comment.votes.up + (vote > 0) - (before > 0), comment.votes.down + (vote < 0) - (before < 0)};
  set_vote_totals(tx, comment.id, votes);
  touch(tx, news::thread_of(comment.article));
  return true;
}

void set_edited(db::Transaction& tx, news::CommentId id, base::Time edited) {
  tx.query("UPDATE comments SET edited = $2 WHERE id = $1").with(id.value, base::to_unix(edited)).run();
}

void set_vote_totals(db::Transaction& tx, news::CommentId id, const news::Votes& votes) {
  tx.query("UPDATE comments SET votes_up = $2, votes_down = $3, score = $4 WHERE id = $1")
      .with(id.value, votes.up, votes.down, news::score_of(votes))
      .run();
}

bool insert_report(db::Transaction& tx, const Report& report, std::int64_t reporter) {
  tx.query(
        "INSERT INTO comment_reports (comment_id, reporter, at, reason, words) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (comment_id, reporter) DO NOTHING")
      .with(report.comment.value, reporter, base::to_unix(report.at), report.reason, report.words)
      .run();
  return tx.connection().changes() > 0;
}

void close_reports(db::Transaction& tx, news::CommentId id) {
  tx.query("UPDATE comment_reports SET closed = 1 WHERE comment_id = $1 AND closed = 0").with(id.value).run();
}

std::vector<Report> list_open_reports(db::Connection& connection, int most) {
  std::vector<Report> reports;
  db::Query rows =
      connection
          .query("SELECT comment_id, at, reason, words FROM comment_reports WHERE closed = 0 ORDER BY at, comment_id LIMIT $1")
          .with(most);
  while (rows.next()) reports.push_back({{rows.integer(0)}, stored_time(rows, 1), stored_text(rows, 2), stored_text(rows, 3)});
  return reports;
}

}  // namespace store
