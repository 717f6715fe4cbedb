#include "store/addresses.h"
#include "store/rows.h"
#include "store/taxonomy.h"

namespace store {
namespace {

news::ListKey list_of(news::TagId id) { return {news::ListKind::tag, id.value}; }
news::AddressTarget target_of(news::TagId id) { return {news::AddressKind::tag, id.value, {}}; }

}  // namespace

// Nothing shows a tag before an article bears it: the frame stays as it is.
news::TagId insert(db::Transaction& tx, const news::NewTag& tag, std::string_view address) {
  tx.query("INSERT INTO tags (slug, name, description_html, address) VALUES ($1, $2, $3, $4)")
      .with(tag.slug, tag.name, tag.description.string(), address)
      .run();
  const news::TagId id{tx.connection().last_insert_id()};
  set_address(tx, key_of(address), target_of(id));
  touch(tx, news::source_of(list_of(id)));
  return id;
}

std::optional<news::Tag> find_tag(db::Connection& connection, news::TagId id) {
  db::Query row = connection
                      .query(
                          "SELECT t.id, t.slug, t.name, t.description_html, t.address, coalesce(c.count, 0) "
                          "FROM tags t LEFT JOIN list_counts c ON c.kind = 2 AND c.owner_id = t.id WHERE t.id = $1")
                      .with(id.value);
  if (!row.next()) return std::nullopt;
  news::Tag tag;
  tag.id = {row.integer(0)};
  tag.slug = stored_text(row, 1);
  tag.name = stored_text(row, 2);
  tag.description = stored_html(row, 3);
  tag.address = stored_text(row, 4);
  tag.article_count = stored_int(row, 5);
  return tag;
}

std::optional<news::Tag> find_tag_by_slug(db::Connection& connection, std::string_view slug) {
  return find_tag(connection, {number(connection.query("SELECT id FROM tags WHERE slug = $1").with(slug))});
}

// Every article that bears it links to it: the frame stands for them all.
void set_address(db::Transaction& tx, news::TagId id, std::string_view address) {
  const std::optional<news::Tag> before = find_tag(tx.connection(), id);
  if (!before || before->address == address) return;
  tx.query("UPDATE tags SET address = $2 WHERE id = $1").with(id.value, address).run();
  move_address(tx, {target_of(id), before->address, address});
  touch(tx, news::SourceKind::frame);
  touch(tx, news::source_of(list_of(id)));
}

}  // namespace store
