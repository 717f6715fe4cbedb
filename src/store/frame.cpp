// Menus and settings: what the frame of every page is made from.
#include <map>

#include "store/rows.h"
#include "store/taxonomy.h"

namespace store {
namespace {

struct Item {
  std::int64_t id = 0;
  std::string label;
  std::string address;
};
using Children = std::map<std::int64_t, std::vector<Item>>;

void append_below(std::int64_t parent, int depth, Children& children, std::vector<news::MenuEntry>& out) {
  const auto found = children.find(parent);
  if (found == children.end()) return;
  const std::vector<Item> items = std::move(found->second);
  children.erase(found);  // so that a loop in a foreign menu ends
  for (const Item& item : items) {
    out.push_back({item.label, item.address, depth});
    append_below(item.id, depth + 1, children, out);
  }
}

}  // namespace

std::int64_t insert_menu(db::Transaction& tx, std::string_view slug, std::string_view name) {
  if (const std::int64_t present = number(tx.query("SELECT id FROM menus WHERE slug = $1").with(slug))) return present;
  tx.query("INSERT INTO menus (slug, name) VALUES ($1, $2)").with(slug, name).run();
  return tx.connection().last_insert_id();
}

news::MenuItemId insert(db::Transaction& tx, const NewMenuItem& item) {
  tx.query("INSERT INTO menu_items (menu_id, parent_id, position, label, address) VALUES ($1, $2, $3, $4, $5)")
      .with(item.menu, item.parent.value, item.position, item.label, item.address)
      .run();
  touch(tx, news::SourceKind::frame);
  return {tx.connection().last_insert_id()};
}

std::vector<news::MenuEntry> main_menu(db::Connection& connection) {
  Children children;
  db::Query rows = connection.query(
      "SELECT id, parent_id, label, address FROM menu_items WHERE menu_id = (SELECT min(menu_id) FROM menu_items) "
      "ORDER BY position, id");
  while (rows.next()) children[rows.integer(1)].push_back({rows.integer(0), stored_text(rows, 2), stored_text(rows, 3)});
  std::vector<news::MenuEntry> menu;
  append_below(0, 0, children, menu);
  while (!children.empty()) append_below(children.begin()->first, 0, children, menu);
  return menu;
}

std::optional<std::string> find_setting(db::Connection& connection, std::string_view name) {
  db::Query row = connection.query("SELECT value FROM settings WHERE name = $1").with(name);
  if (!row.next()) return std::nullopt;
  return stored_text(row, 0);
}

void set_setting(db::Transaction& tx, std::string_view name, std::string_view value) {
  if (find_setting(tx.connection(), name) == value) return;
  tx.query("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
      .with(name, value)
      .run();
  touch(tx, news::SourceKind::everything);
}

}  // namespace store
