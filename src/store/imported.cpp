#include "store/imported.h"

namespace store {

std::optional<std::int64_t> find_imported(db::Connection& connection, const ForeignKey& key) {
  db::Query row = connection.query("SELECT object_id FROM imported WHERE origin = $1 AND kind = $2 AND source_id = $3")
                      .with(key.origin, key.kind, key.source_id);
  if (!row.next()) return std::nullopt;
  return row.integer(0);
}

void remember_imported(db::Transaction& tx, const ForeignKey& key, std::int64_t object_id) {
  tx.query(
        "INSERT INTO imported (origin, kind, source_id, object_id) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (origin, kind, source_id) DO UPDATE SET object_id = excluded.object_id")
      .with(key.origin, key.kind, key.source_id, object_id)
      .run();
}

}  // namespace store
