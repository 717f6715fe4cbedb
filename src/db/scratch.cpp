#include "db/scratch.h"

namespace db {

Scratch::Scratch() : connection_(open_nameless_sqlite()) {
  connection_->execute("CREATE TABLE entries (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID");
  // Never committed: there is nobody to see it, and what is not committed need not be written before memory is full.
  connection_->execute("BEGIN");
}

void Scratch::put(std::string_view key, std::string_view value) {
  connection_->query("INSERT INTO entries (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .with(Blob{key}, Blob{value})
      .run();
}

bool Scratch::put_new(std::string_view key, std::string_view value) {
  connection_->query("INSERT INTO entries (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
      .with(Blob{key}, Blob{value})
      .run();
  return connection_->changes() > 0;
}

std::optional<std::string> Scratch::get(std::string_view key) const {
  Query row = connection_->query("SELECT value FROM entries WHERE key = $1").with(Blob{key});
  if (!row.next()) return std::nullopt;
  return std::string(row.blob(0));
}

bool Scratch::contains(std::string_view key) const {
  Query row = connection_->query("SELECT 1 FROM entries WHERE key = $1").with(Blob{key});
  return row.next();
}

void Scratch::erase(std::string_view key) { connection_->query("DELETE FROM entries WHERE key = $1").with(Blob{key}).run(); }

std::optional<Scratch::Entry> Scratch::next(std::string_view prefix, std::string_view after) const {
  // What is behind `after` is at least `after` and one more byte of zero.
  const std::string from = after.empty() ? std::string(prefix) : std::string(after) + '\0';
  Query row = connection_->query("SELECT key, value FROM entries WHERE key >= $1 ORDER BY key LIMIT 1").with(Blob{from});
  if (!row.next() || !row.blob(0).starts_with(prefix)) return std::nullopt;
  return Entry{std::string(row.blob(0)), std::string(row.blob(1))};
}

}  // namespace db
