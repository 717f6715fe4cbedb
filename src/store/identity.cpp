#include "store/identity.h"

#include "store/digests.h"
#include "store/rows.h"

namespace store {

std::int64_t insert(db::Transaction& tx, const SignIn& sign_in) {
  tx.query("INSERT INTO sign_ins (email_hash, sealed, expires) VALUES ($1, $2, $3)")
      .with(bytes_of(sign_in.email), db::Blob{sign_in.sealed}, base::to_unix(sign_in.expires))
      .run();
  return tx.connection().last_insert_id();
}

std::optional<SignIn> find_sign_in(db::Connection& connection, std::int64_t id) {
  db::Query row = connection.query("SELECT email_hash, sealed, expires FROM sign_ins WHERE id = $1").with(id);
  if (!row.next()) return std::nullopt;
  const std::optional<base::Digest> email = digest_of(row.blob(0));
  if (!email) return std::nullopt;
  return SignIn{*email, std::string(row.blob(1)), stored_time(row, 2)};
}

void remove_sign_in(db::Transaction& tx, std::int64_t id) { tx.query("DELETE FROM sign_ins WHERE id = $1").with(id).run(); }

void remove_sign_ins(db::Transaction& tx, const base::Digest& email) {
  tx.query("DELETE FROM sign_ins WHERE email_hash = $1").with(bytes_of(email)).run();
}

std::int64_t insert_session(db::Transaction& tx, news::ReaderId reader, base::Time now, base::Time expires) {
  tx.query("INSERT INTO reader_sessions (reader_id, created, expires) VALUES ($1, $2, $3)")
      .with(reader.value, base::to_unix(now), base::to_unix(expires))
      .run();
  return tx.connection().last_insert_id();
}

news::ReaderId find_session(db::Connection& connection, std::int64_t id, base::Time now) {
  return {number(
      connection.query("SELECT reader_id FROM reader_sessions WHERE id = $1 AND expires > $2").with(id, base::to_unix(now)))};
}

void remove_session(db::Transaction& tx, std::int64_t id) {
  tx.query("DELETE FROM reader_sessions WHERE id = $1").with(id).run();
}

void remove_sessions(db::Transaction& tx, news::ReaderId reader) {
  tx.query("DELETE FROM reader_sessions WHERE reader_id = $1").with(reader.value).run();
}

void prune_identity(db::Transaction& tx, base::Time now) {
  tx.query("DELETE FROM sign_ins WHERE expires < $1").with(base::to_unix(now)).run();
  tx.query("DELETE FROM reader_sessions WHERE expires < $1").with(base::to_unix(now)).run();
}

news::ReaderId find_confirmed_reader(db::Connection& connection, const base::Digest& email) {
  return {number(connection.query("SELECT reader_id FROM confirmed_readers WHERE email_hash = $1").with(bytes_of(email)))};
}

bool is_confirmed(db::Connection& connection, news::ReaderId reader) {
  return number(connection.query("SELECT 1 FROM confirmed_readers WHERE reader_id = $1").with(reader.value)) != 0;
}

void confirm_reader(db::Transaction& tx, news::ReaderId reader, const base::Digest& email, base::Time now) {
  tx.query("INSERT INTO confirmed_readers (reader_id, email_hash, since) VALUES ($1, $2, $3)")
      .with(reader.value, bytes_of(email), base::to_unix(now))
      .run();
}

int count_published_under(db::Connection& connection, const base::Digest& email) {
  return static_cast<int>(
      number(connection
                 .query("SELECT coalesce(sum(r.published), 0) FROM reader_emails e JOIN readers r ON r.id = e.reader_id WHERE "
                        "e.email_hash = $1")
                 .with(bytes_of(email))));
}

bool is_worn_by_another(db::Connection& connection, const std::vector<std::string>& keys, news::ReaderId reader) {
  for (const std::string& key : keys) {
    const bool is_worn =
        number(connection.query("SELECT 1 FROM worn_names WHERE name_key = $1 AND NOT (kind = 1 AND owner_id = $2) LIMIT 1")
                   .with(key, reader.value)) != 0;
    if (is_worn) return true;
  }
  return false;
}

void set_worn_name(db::Transaction& tx, NameOwner kind, std::int64_t owner, const std::vector<std::string>& keys) {
  tx.query("DELETE FROM worn_names WHERE kind = $1 AND owner_id = $2").with(static_cast<int>(kind), owner).run();
  for (const std::string& key : keys) {
    tx.query("INSERT INTO worn_names (name_key, kind, owner_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .with(key, static_cast<int>(kind), owner)
        .run();
  }
}

void set_reader_name(db::Transaction& tx, news::ReaderId reader, std::string_view name) {
  tx.query("UPDATE readers SET name = $2 WHERE id = $1").with(reader.value, name).run();
}

std::vector<UnlearnedAuthor> list_unlearned_authors(db::Connection& connection, int most) {
  std::vector<UnlearnedAuthor> authors;
  db::Query rows = connection
                       .query(
                           "SELECT a.id, a.name FROM authors a WHERE NOT EXISTS (SELECT 1 FROM worn_names w WHERE w.kind = 0 AND "
                           "w.owner_id = a.id) AND a.name <> '' ORDER BY a.id LIMIT $1")
                       .with(most);
  while (rows.next()) authors.push_back({rows.integer(0), stored_text(rows, 1)});
  return authors;
}

}  // namespace store
