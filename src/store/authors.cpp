#include "store/addresses.h"
#include "store/byline.h"
#include "store/identity.h"
#include "store/rows.h"
#include "store/taxonomy.h"
#include "text/name_keys.h"

namespace store {
namespace {

news::ListKey list_of(news::AuthorId id) { return {news::ListKind::author, id.value}; }
news::AddressTarget target_of(news::AuthorId id) { return {news::AddressKind::author, id.value, {}}; }

}  // namespace

news::AuthorId insert(db::Transaction& tx, const news::NewAuthor& author, std::string_view address) {
  tx.query("INSERT INTO authors (slug, name, biography_html, address) VALUES ($1, $2, $3, $4)")
      .with(author.slug, author.name, author.biography.string(), address)
      .run();
  const news::AuthorId id{tx.connection().last_insert_id()};
  set_address(tx, key_of(address), target_of(id));
  touch(tx, news::source_of(list_of(id)));
  // Nobody else signs a comment with it from now on.
  set_worn_name(tx, NameOwner::author, id.value, text::name_keys(author.name));
  return id;
}

std::optional<news::Author> find_author(db::Connection& connection, news::AuthorId id) {
  db::Query row = connection
                      .query(
                          "SELECT a.id, a.slug, a.name, a.biography_html, a.address, coalesce(c.count, 0) "
                          "FROM authors a LEFT JOIN list_counts c ON c.kind = 3 AND c.owner_id = a.id WHERE a.id = $1")
                      .with(id.value);
  if (!row.next()) return std::nullopt;
  news::Author author;
  author.id = {row.integer(0)};
  author.slug = stored_text(row, 1);
  author.name = stored_text(row, 2);
  author.biography = stored_html(row, 3);
  author.address = stored_text(row, 4);
  author.article_count = stored_int(row, 5);
  return author;
}

std::optional<news::Author> find_author_by_slug(db::Connection& connection, std::string_view slug) {
  return find_author(connection, {number(connection.query("SELECT id FROM authors WHERE slug = $1").with(slug))});
}

// Bylines stand in lists everywhere: the frame stands for them all.
void set_address(db::Transaction& tx, news::AuthorId id, std::string_view address) {
  const std::optional<news::Author> before = find_author(tx.connection(), id);
  if (!before || before->address == address) return;
  tx.query("UPDATE authors SET address = $2 WHERE id = $1").with(id.value, address).run();
  move_address(tx, {target_of(id), before->address, address});
  write_bylines_of(tx, id);
  touch(tx, news::SourceKind::frame);
  touch(tx, news::source_of(list_of(id)));
}

}  // namespace store
