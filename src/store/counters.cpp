#include "store/counters.h"

#include "store/rows.h"

namespace store {

std::int64_t find_counter(db::Connection& connection, std::string_view name) {
  return number(connection.query("SELECT value FROM counters WHERE name = $1").with(name));
}

void set_counter(db::Transaction& tx, std::string_view name, std::int64_t value) {
  tx.query("INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
      .with(name, value)
      .run();
}

// Not with RETURNING, which SQLite runs as a trigger: each would open a savepoint of its own, and with it write out what
// full-text search still keeps in memory.
std::int64_t next_number(db::Transaction& tx, std::string_view name) {
  tx.query("UPDATE counters SET value = value + 1 WHERE name = $1").with(name).run();
  if (tx.connection().changes() == 0) set_counter(tx, name, 1);
  return find_counter(tx.connection(), name);
}

}  // namespace store
