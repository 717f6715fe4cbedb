#include "store/outbox.h"

#include "store/digests.h"
#include "store/rows.h"

namespace store {
namespace {

int count(db::Query row) { return static_cast<int>(number(std::move(row))); }

}  // namespace

void insert(db::Transaction& tx, const NewMail& mail) {
  tx.query(
        "INSERT INTO outbox (kind, state, recipient_hash, sealed, actor, object_id, comment_id, article_id, language, created, "
        "due, "
        "attempts, problem) VALUES ($1, 0, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, '')")
      .with(static_cast<int>(mail.kind), bytes_of(mail.recipient), db::Blob{mail.sealed}, db::Blob{mail.actor}, mail.object,
            mail.comment.value, mail.article.value, mail.language, base::to_unix(mail.created))
      .run();
}

news::MailCounts count_mails(db::Connection& connection, const NewMail& mail, base::Time since) {
  const int kind = static_cast<int>(mail.kind);
  const std::int64_t after = base::to_unix(since);
  news::MailCounts counts;
  counts.to_recipient =
      count(connection.query("SELECT count(*) FROM outbox WHERE recipient_hash = $1 AND kind = $2 AND created > $3")
                .with(bytes_of(mail.recipient), kind, after));
  counts.to_recipient_on_article = count(
      connection.query("SELECT count(*) FROM outbox WHERE recipient_hash = $1 AND kind = $2 AND created > $3 AND article_id = $4")
          .with(bytes_of(mail.recipient), kind, after, mail.article.value));
  counts.on_article = count(connection.query("SELECT count(*) FROM outbox WHERE article_id = $1 AND kind = $2 AND created > $3")
                                .with(mail.article.value, kind, after));
  if (!mail.actor.empty()) {
    counts.by_actor = count(
        connection.query("SELECT count(*) FROM outbox WHERE actor = $1 AND created > $2").with(db::Blob{mail.actor}, after));
  }
  return counts;
}

std::optional<WaitingMail> find_due_mail(db::Connection& connection, base::Time now) {
  db::Query row = connection
                      .query(
                          "SELECT id, kind, sealed, object_id, comment_id, article_id, language, attempts FROM outbox "
                          "WHERE state = 0 AND due <= $1 ORDER BY due, id LIMIT 1")
                      .with(base::to_unix(now));
  if (!row.next()) return std::nullopt;
  return WaitingMail{row.integer(0),           static_cast<news::MailKind>(row.integer(1)),
                     std::string(row.blob(2)), row.integer(3),
                     {row.integer(4)},         {row.integer(5)},
                     stored_text(row, 6),      stored_int(row, 7)};
}

int count_sent_mails(db::Connection& connection, base::Time since) {
  return count(connection.query("SELECT count(*) FROM outbox WHERE state = 1 AND due > $1").with(base::to_unix(since)));
}

void lease_mail(db::Transaction& tx, std::int64_t id, base::Time due) {
  tx.query("UPDATE outbox SET due = $2, attempts = attempts + 1 WHERE id = $1").with(id, base::to_unix(due)).run();
}

void mark_mail_sent(db::Transaction& tx, std::int64_t id, base::Time now) {
  tx.query("UPDATE outbox SET state = 1, sealed = X'', object_id = 0, problem = '', due = $2 WHERE id = $1")
      .with(id, base::to_unix(now))
      .run();
}

void mark_mail_failed(db::Transaction& tx, std::int64_t id, std::string_view problem, base::Time now) {
  tx.query("UPDATE outbox SET state = 2, problem = $2, due = $3 WHERE id = $1").with(id, problem, base::to_unix(now)).run();
}

void postpone_mail(db::Transaction& tx, std::int64_t id, std::string_view problem, base::Time due) {
  tx.query("UPDATE outbox SET problem = $2, due = $3 WHERE id = $1").with(id, problem, base::to_unix(due)).run();
}

void remove_mail(db::Transaction& tx, std::int64_t id) { tx.query("DELETE FROM outbox WHERE id = $1").with(id).run(); }

void prune_mails(db::Transaction& tx, const MailAges& before) {
  tx.query("DELETE FROM outbox WHERE state = 1 AND due < $1").with(base::to_unix(before.sent)).run();
  tx.query("DELETE FROM outbox WHERE state = 2 AND due < $1").with(base::to_unix(before.failed)).run();
  tx.query("UPDATE outbox SET actor = X'' WHERE created < $1 AND actor <> X''").with(base::to_unix(before.actors)).run();
  tx.query("DELETE FROM reply_notices WHERE created < $1").with(base::to_unix(before.failed)).run();
}

}  // namespace store
