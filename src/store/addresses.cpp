#include "store/addresses.h"

#include "store/rows.h"
#include "text/url.h"

namespace store {
namespace {

bool is_own_address(news::AddressKind kind) { return kind != news::AddressKind::redirect && kind != news::AddressKind::gone; }

void redirect_followers(db::Transaction& tx, std::string_view from, std::string_view to) {
  tx.query("UPDATE addresses SET target = $2 WHERE kind = 5 AND target = $1").with(from, to).run();
}

}  // namespace

std::string key_of(std::string_view address) {
  if (address.starts_with("?")) return std::string(address);
  if (address.starts_with("/?")) return std::string(address.substr(1));
  return text::address_key(address).value_or(std::string(address));
}

std::optional<news::AddressTarget> find_address(db::Connection& connection, std::string_view key) {
  db::Query row = connection.query("SELECT kind, object_id, target FROM addresses WHERE path = $1").with(key);
  if (!row.next()) return std::nullopt;
  return news::AddressTarget{static_cast<news::AddressKind>(row.integer(0)), row.integer(1), stored_text(row, 2)};
}

void set_address(db::Transaction& tx, std::string_view key, const news::AddressTarget& target, Overwrite overwrite) {
  if (overwrite == Overwrite::keep) {
    const std::optional<news::AddressTarget> present = find_address(tx.connection(), key);
    if (present && is_own_address(present->kind)) return;
  }
  tx.query(
        "INSERT INTO addresses (path, kind, object_id, target) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, object_id = excluded.object_id, target = excluded.target")
      .with(key, static_cast<int>(target.kind), target.object_id, target.target)
      .run();
  touch(tx, news::SourceKind::addresses);
}

bool is_address_free(db::Connection& connection, std::string_view key) { return !find_address(connection, key); }

void move_address(db::Transaction& tx, const Move& move) {
  const std::string from = key_of(move.from);
  const std::string to = key_of(move.to);
  set_address(tx, to, move.object);
  if (from != to) {
    // Somebody else may have moved to the old address meanwhile: then it is theirs.
    const std::optional<news::AddressTarget> left = find_address(tx.connection(), from);
    if (left && left->kind == move.object.kind && left->object_id == move.object.object_id) {
      set_address(tx, from, {news::AddressKind::redirect, 0, std::string(move.to)});
    }
  }
  redirect_followers(tx, move.from, move.to);
}

}  // namespace store
