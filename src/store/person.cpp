#include "store/person.h"

#include "store/comment_life.h"
#include "store/comments.h"
#include "store/digests.h"
#include "store/follows.h"
#include "store/identity.h"
#include "store/rows.h"

namespace store {
namespace {

// Shown or not, the thread's pages may hold what goes.
void touch_thread_of(db::Transaction& tx, news::CommentId id) {
  touch(tx, news::thread_of({number(tx.query("SELECT article_id FROM comments WHERE id = $1").with(id.value))}));
  touch(tx, news::SourceKind::comments);
}

void erase_reader(db::Transaction& tx, news::ReaderId reader) {
  tx.query("DELETE FROM follows WHERE reader_id = $1").with(reader.value).run();
  tx.query("DELETE FROM reader_sessions WHERE reader_id = $1").with(reader.value).run();
  tx.query("DELETE FROM confirmed_readers WHERE reader_id = $1").with(reader.value).run();
  tx.query("DELETE FROM worn_names WHERE kind = 1 AND owner_id = $1").with(reader.value).run();
  tx.query("DELETE FROM reader_emails WHERE reader_id = $1").with(reader.value).run();
  tx.query("DELETE FROM readers WHERE id = $1").with(reader.value).run();
}

}  // namespace

std::vector<ReaderRecord> list_readers(db::Connection& connection, const base::Digest& email) {
  std::vector<ReaderRecord> readers;
  db::Query rows =
      connection
          .query(
              "SELECT r.id, r.name, e.sealed, r.created, c.since FROM reader_emails e JOIN readers r ON r.id = "
              "e.reader_id LEFT JOIN confirmed_readers c ON c.reader_id = r.id WHERE e.email_hash = $1 ORDER BY r.id")
          .with(bytes_of(email));
  while (rows.next()) {
    ReaderRecord reader{{rows.integer(0)}, stored_text(rows, 1), std::string(rows.blob(2)), stored_time(rows, 3), std::nullopt};
    if (!rows.is_null(4)) reader.confirmed = stored_time(rows, 4);
    readers.push_back(std::move(reader));
  }
  return readers;
}

std::vector<SessionRecord> list_sessions(db::Connection& connection, news::ReaderId reader) {
  std::vector<SessionRecord> sessions;
  db::Query rows =
      connection.query("SELECT created, expires FROM reader_sessions WHERE reader_id = $1 ORDER BY id").with(reader.value);
  while (rows.next()) sessions.push_back({stored_time(rows, 0), stored_time(rows, 1)});
  return sessions;
}

std::vector<MailRecord> list_mails(db::Connection& connection, const base::Digest& email) {
  std::vector<MailRecord> mails;
  db::Query rows =
      connection.query("SELECT kind, state, attempts, language, created, due FROM outbox WHERE recipient_hash = $1 ORDER BY id")
          .with(bytes_of(email));
  while (rows.next()) {
    mails.push_back({stored_int(rows, 0), stored_int(rows, 1), stored_int(rows, 2), stored_text(rows, 3), stored_time(rows, 4),
                     stored_time(rows, 5)});
  }
  return mails;
}

std::vector<base::Time> list_sign_in_expiries(db::Connection& connection, const base::Digest& email) {
  std::vector<base::Time> expiries;
  db::Query rows = connection.query("SELECT expires FROM sign_ins WHERE email_hash = $1 ORDER BY id").with(bytes_of(email));
  while (rows.next()) expiries.push_back(stored_time(rows, 0));
  return expiries;
}

std::vector<news::CommentId> list_comments_of(db::Connection& connection, news::ReaderId reader) {
  std::vector<news::CommentId> ids;
  db::Query rows = connection.query("SELECT id FROM comments WHERE reader_id = $1 ORDER BY id").with(reader.value);
  while (rows.next()) ids.push_back({rows.integer(0)});
  return ids;
}

std::vector<VoteRecord> list_votes(db::Connection& connection, std::int64_t voter) {
  std::vector<VoteRecord> votes;
  db::Query rows =
      connection.query("SELECT comment_id, vote FROM comment_votes WHERE voter = $1 ORDER BY comment_id").with(voter);
  while (rows.next()) votes.push_back({{rows.integer(0)}, stored_int(rows, 1)});
  return votes;
}

std::vector<ReportRecord> list_reports(db::Connection& connection, std::int64_t reporter) {
  std::vector<ReportRecord> reports;
  db::Query rows =
      connection.query("SELECT comment_id, at, reason, words FROM comment_reports WHERE reporter = $1 ORDER BY comment_id")
          .with(reporter);
  while (rows.next()) reports.push_back({{rows.integer(0)}, stored_time(rows, 1), stored_text(rows, 2), stored_text(rows, 3)});
  return reports;
}

void erase_voter(db::Transaction& tx, std::int64_t voter) {
  for (const VoteRecord& vote : list_votes(tx.connection(), voter)) {
    if (const auto comment = find_comment(tx.connection(), vote.comment)) set_vote(tx, *comment, voter, 0);
  }
  tx.query("DELETE FROM comment_votes WHERE voter = $1").with(voter).run();
  tx.query("DELETE FROM comment_reports WHERE reporter = $1").with(voter).run();
}

void make_anonymous(db::Transaction& tx, news::CommentId id) {
  tx.query("UPDATE comments SET author = '', website = '', reader_id = 0 WHERE id = $1").with(id.value).run();
  tx.query("DELETE FROM submissions WHERE comment_id = $1").with(id.value).run();
  touch_thread_of(tx, id);
}

void empty_comment(db::Transaction& tx, news::CommentId id) {
  set_verdict(tx, id, {news::CommentStatus::deleted, "erased"});
  tx.query(
        "UPDATE comments SET author = '', website = '', reader_id = 0, source = '', body_html = '', quote = '', waiting = 0, "
        "marks = 0 "
        "WHERE id = $1")
      .with(id.value)
      .run();
  tx.query("DELETE FROM comment_versions WHERE comment_id = $1").with(id.value).run();
  tx.query("DELETE FROM comment_reports WHERE comment_id = $1").with(id.value).run();
  tx.query("DELETE FROM submissions WHERE comment_id = $1").with(id.value).run();
  // Nobody is to hear of it any more.
  tx.query("DELETE FROM outbox WHERE comment_id = $1 AND state <> 1").with(id.value).run();
  tx.query("DELETE FROM reply_notices WHERE reply_id = $1").with(id.value).run();
  touch_thread_of(tx, id);
}

void erase_person(db::Transaction& tx, const std::vector<base::Digest>& emails, const std::vector<news::ReaderId>& readers) {
  for (const base::Digest& email : emails) {
    remove_follows(tx, email);
    remove_sign_ins(tx, email);
    tx.query("DELETE FROM outbox WHERE recipient_hash = $1").with(bytes_of(email)).run();
  }
  for (const news::ReaderId reader : readers) erase_reader(tx, reader);
}

}  // namespace store
