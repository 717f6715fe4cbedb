#include "store/walk.h"

namespace store {
namespace {

std::vector<Slug> read_slugs(db::Query query) {
  std::vector<Slug> slugs;
  while (query.next()) slugs.push_back({query.integer(0), std::string(query.text(1)), std::string(query.text(2))});
  return slugs;
}

int count_of(db::Query query) { return query.next() ? static_cast<int>(query.integer(0)) : 0; }

}  // namespace

std::vector<Slug> walk_tags(db::Connection& connection, news::TagId after, int most) {
  db::Query query = connection.query("SELECT id, slug, address FROM tags WHERE id > $1 ORDER BY id LIMIT $2");
  query.with(after.value, most);
  return read_slugs(std::move(query));
}

std::vector<Slug> walk_authors(db::Connection& connection, news::AuthorId after, int most) {
  db::Query query = connection.query("SELECT id, slug, address FROM authors WHERE id > $1 ORDER BY id LIMIT $2");
  query.with(after.value, most);
  return read_slugs(std::move(query));
}

std::vector<Slug> walk_articles(db::Connection& connection, news::ArticleId after, int most) {
  db::Query query = connection.query("SELECT id, slug, address FROM articles WHERE id > $1 ORDER BY id LIMIT $2");
  query.with(after.value, most);
  return read_slugs(std::move(query));
}

std::vector<StoredAddress> walk_addresses(db::Connection& connection, std::string_view after, int most) {
  db::Query query =
      connection.query("SELECT path, kind, object_id, target FROM addresses WHERE path > $1 ORDER BY path LIMIT $2");
  query.with(after, most);
  std::vector<StoredAddress> addresses;
  while (query.next()) {
    addresses.push_back({std::string(query.text(0)),
                         {static_cast<news::AddressKind>(query.integer(1)), query.integer(2), std::string(query.text(3))}});
  }
  return addresses;
}

std::vector<SealedEmail> walk_emails(db::Connection& connection, news::ReaderId after, int most) {
  db::Query query =
      connection.query("SELECT reader_id, sealed FROM reader_emails WHERE reader_id > $1 ORDER BY reader_id LIMIT $2");
  query.with(after.value, most);
  std::vector<SealedEmail> emails;
  while (query.next()) emails.push_back({{query.integer(0)}, std::string(query.blob(1))});
  return emails;
}

RowCounts count_rows(db::Connection& connection) {
  return {.articles = count_of(connection.query("SELECT COUNT(*) FROM articles")),
          .comments = count_of(connection.query("SELECT COUNT(*) FROM comments"))};
}

}  // namespace store
