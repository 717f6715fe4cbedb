#include "store/follows.h"

#include "store/digests.h"
#include "store/rows.h"

namespace store {
namespace {

Follow read_follow(const db::Query& row) {
  Follow follow;
  follow.id = row.integer(0);
  follow.comment = {row.integer(1)};
  follow.article = {row.integer(2)};
  follow.reader = {row.integer(3)};
  follow.email = digest_of(row.blob(4)).value_or(base::Digest{});
  follow.sealed = std::string(row.blob(5));
  follow.language = stored_text(row, 6);
  follow.created = stored_time(row, 7);
  follow.confirmed = row.integer(8) != 0;
  return follow;
}

}  // namespace

std::int64_t insert(db::Transaction& tx, const Follow& follow) {
  const std::int64_t known = number(tx.query("SELECT id FROM follows WHERE comment_id = $1 AND email_hash = $2")
                                        .with(follow.comment.value, bytes_of(follow.email)));
  if (known != 0) return known;
  tx.query(
        "INSERT INTO follows (comment_id, article_id, reader_id, email_hash, sealed, language, created, confirmed) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
      .with(follow.comment.value, follow.article.value, follow.reader.value, bytes_of(follow.email), db::Blob{follow.sealed},
            follow.language, base::to_unix(follow.created), follow.confirmed)
      .run();
  return tx.connection().last_insert_id();
}

std::optional<Follow> find_follow(db::Connection& connection, std::int64_t id) {
  db::Query row = connection
                      .query(
                          "SELECT id, comment_id, article_id, reader_id, email_hash, sealed, language, created, confirmed FROM "
                          "follows WHERE id = $1")
                      .with(id);
  if (!row.next()) return std::nullopt;
  return read_follow(row);
}

void confirm_follow(db::Transaction& tx, std::int64_t id) {
  tx.query("UPDATE follows SET confirmed = 1 WHERE id = $1").with(id).run();
}

void remove_follow(db::Transaction& tx, std::int64_t id) {
  tx.query("DELETE FROM reply_notices WHERE follow_id = $1").with(id).run();
  tx.query("DELETE FROM follows WHERE id = $1").with(id).run();
}

void remove_follows(db::Transaction& tx, const base::Digest& email) {
  tx.query("DELETE FROM reply_notices WHERE follow_id IN (SELECT id FROM follows WHERE email_hash = $1)")
      .with(bytes_of(email))
      .run();
  tx.query("DELETE FROM follows WHERE email_hash = $1").with(bytes_of(email)).run();
}

std::vector<Follow> list_follows(db::Connection& connection, const base::Digest& email, int most) {
  std::vector<Follow> follows;
  db::Query rows = connection
                       .query(
                           "SELECT id, comment_id, article_id, reader_id, email_hash, sealed, language, created, confirmed FROM "
                           "follows WHERE email_hash = $1 AND confirmed = 1 ORDER BY id DESC LIMIT $2")
                       .with(bytes_of(email), most);
  while (rows.next()) follows.push_back(read_follow(rows));
  return follows;
}

std::vector<Follow> list_follows_of(db::Connection& connection, const base::Digest& email, int most) {
  std::vector<Follow> follows;
  db::Query rows = connection
                       .query(
                           "SELECT id, comment_id, article_id, reader_id, email_hash, sealed, language, created, confirmed FROM "
                           "follows WHERE email_hash = $1 ORDER BY id LIMIT $2")
                       .with(bytes_of(email), most);
  while (rows.next()) follows.push_back(read_follow(rows));
  return follows;
}

void prune_follows(db::Transaction& tx, base::Time unconfirmed_before) {
  tx.query("DELETE FROM follows WHERE confirmed = 0 AND created < $1").with(base::to_unix(unconfirmed_before)).run();
}

void insert_notices(db::Transaction& tx, const NewNotice& notice) {
  tx.query(
        "INSERT INTO reply_notices (reply_id, follow_id, actor, created) SELECT $1, id, $4, $5 FROM follows "
        "WHERE comment_id = $2 AND email_hash <> $3 ON CONFLICT DO NOTHING")
      .with(notice.reply.value, notice.answered.value, bytes_of(notice.author), db::Blob{notice.actor},
            base::to_unix(notice.created))
      .run();
}

std::vector<Notice> take_notices(db::Transaction& tx, news::CommentId reply) {
  std::vector<Notice> notices;
  {
    db::Query rows =
        tx.query("SELECT follow_id, actor FROM reply_notices WHERE reply_id = $1 ORDER BY follow_id").with(reply.value);
    while (rows.next()) notices.push_back({rows.integer(0), std::string(rows.blob(1))});
  }
  if (!notices.empty()) tx.query("DELETE FROM reply_notices WHERE reply_id = $1").with(reply.value).run();
  return notices;
}

}  // namespace store
