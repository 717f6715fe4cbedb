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

}  // namespace store
