// Readers, their sealed emails, and the forms they sent. Emails are looked up by keyed hash alone (invariant 3).
#include "store/comments.h"
#include "store/counters.h"
#include "store/digests.h"
#include "store/rows.h"

namespace store {
news::ReaderId insert_reader(db::Transaction& tx, std::string_view name, base::Time now) {
  // Counted, so that one who was erased does not come again as another.
  const news::ReaderId id{next_number(tx, "readers")};
  tx.query("INSERT INTO readers (id, name, created) VALUES ($1, $2, $3)").with(id.value, name, base::to_unix(now)).run();
  return id;
}

news::ReaderId insert_reader(db::Transaction& tx, std::string_view name, const base::Digest& email_hash,
                             std::string_view sealed_email, base::Time now) {
  const news::ReaderId id = insert_reader(tx, name, now);
  tx.query("INSERT INTO reader_emails (reader_id, email_hash, sealed) VALUES ($1, $2, $3)")
      .with(id.value, bytes_of(email_hash), db::Blob{sealed_email})
      .run();
  return id;
}

std::optional<Reader> find_reader(db::Connection& connection, news::ReaderId id) {
  db::Query row = connection.query("SELECT name, published FROM readers WHERE id = $1").with(id.value);
  if (!row.next()) return std::nullopt;
  return Reader{id, stored_text(row, 0), stored_int(row, 1)};
}

std::optional<news::ReaderId> find_reader_by_email(db::Connection& connection, const base::Digest& email_hash) {
  db::Query row = connection.query("SELECT reader_id FROM reader_emails WHERE email_hash = $1 ORDER BY reader_id LIMIT 1")
                      .with(bytes_of(email_hash));
  if (!row.next()) return std::nullopt;
  return news::ReaderId{row.integer(0)};
}

std::optional<base::Digest> find_email_hash(db::Connection& connection, news::ReaderId id) {
  db::Query row = connection.query("SELECT email_hash FROM reader_emails WHERE reader_id = $1").with(id.value);
  if (!row.next()) return std::nullopt;
  return digest_of(row.blob(0));
}

std::optional<news::CommentId> find_submission(db::Connection& connection, const base::Digest& fingerprint, base::Time since) {
  db::Query row = connection.query("SELECT comment_id FROM submissions WHERE fingerprint = $1 AND at >= $2")
                      .with(bytes_of(fingerprint), base::to_unix(since));
  if (!row.next()) return std::nullopt;
  return news::CommentId{row.integer(0)};
}

void insert_submission(db::Transaction& tx, const base::Digest& fingerprint, news::CommentId comment, base::Time now) {
  tx.query(
        "INSERT INTO submissions (fingerprint, comment_id, at) VALUES ($1, $2, $3) "
        "ON CONFLICT (fingerprint) DO UPDATE SET comment_id = excluded.comment_id, at = excluded.at")
      .with(bytes_of(fingerprint), comment.value, base::to_unix(now))
      .run();
}

void prune_submissions(db::Transaction& tx, base::Time before) {
  tx.query("DELETE FROM submissions WHERE at < $1").with(base::to_unix(before)).run();
}

}  // namespace store
