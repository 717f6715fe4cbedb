#include "store/listing.h"

#include <set>
#include <utility>
#include <vector>

#include "store/rows.h"

namespace store {
namespace {

using ListKeys = std::set<std::pair<int, std::int64_t>>;

ListKeys entries_of(db::Connection& connection, news::ArticleId id) {
  ListKeys keys;
  db::Query rows = connection.query("SELECT kind, owner_id FROM list_entries WHERE article_id = $1").with(id.value);
  while (rows.next()) keys.emplace(stored_int(rows, 0), rows.integer(1));
  return keys;
}

// UNION drops repetitions, so that even a loop of sections in a damaged database ends. The kinds are news::ListKind's.
ListKeys lists_by_filing(db::Connection& connection, news::ArticleId id) {
  ListKeys keys{{0, 0}};
  db::Query rows = connection
                       .query(
                           "WITH RECURSIVE above (id) AS ("
                           "SELECT section_id FROM article_sections WHERE article_id = $1 "
                           "UNION SELECT s.parent_id FROM above a JOIN sections s ON s.id = a.id WHERE s.parent_id <> 0) "
                           "SELECT 1, id FROM above "
                           "UNION SELECT 2, tag_id FROM article_tags WHERE article_id = $1 "
                           "UNION SELECT 3, author_id FROM article_authors WHERE article_id = $1")
                       .with(id.value);
  while (rows.next()) keys.emplace(stored_int(rows, 0), rows.integer(1));
  return keys;
}

struct Listed {
  bool is_listed = false;
  std::int64_t published = 0;
};

Listed find_listed(db::Connection& connection, news::ArticleId id) {
  db::Query row = connection.query("SELECT kind = 0 AND status IN (2, 4), published FROM articles WHERE id = $1").with(id.value);
  if (!row.next()) return {};
  return {row.integer(0) != 0, row.integer(1)};
}

// The frame shows which sections hold anything, so it is stale when the first article comes or the last one goes.
void count(db::Transaction& tx, const std::pair<int, std::int64_t>& key, int change) {
  // Without RETURNING, as in comment_rows.cpp.
  tx.query("UPDATE list_counts SET count = count + $3 WHERE kind = $1 AND owner_id = $2")
      .with(key.first, key.second, change)
      .run();
  if (tx.connection().changes() == 0)
    tx.query("INSERT INTO list_counts (kind, owner_id, count) VALUES ($1, $2, $3)").with(key.first, key.second, change).run();
  const std::int64_t now =
      number(tx.query("SELECT count FROM list_counts WHERE kind = $1 AND owner_id = $2").with(key.first, key.second));
  const bool began_or_ended = now == 0 || now - change == 0;
  if (key.first == static_cast<int>(news::ListKind::section) && began_or_ended) touch(tx, news::SourceKind::frame);
}

void insert_entry(db::Transaction& tx, const std::pair<int, std::int64_t>& key, news::ArticleId id, std::int64_t published) {
  tx.query("INSERT INTO list_entries (kind, owner_id, published, article_id) VALUES ($1, $2, $3, $4)")
      .with(key.first, key.second, published, id.value)
      .run();
}

void touch_lists(db::Transaction& tx, const ListKeys& keys) {
  for (const auto& [kind, owner] : keys) touch(tx, news::source_of(news::ListKey{static_cast<news::ListKind>(kind), owner}));
}

}  // namespace

void list_again(db::Transaction& tx, news::ArticleId id) {
  const Listed listed = find_listed(tx.connection(), id);
  const ListKeys before = entries_of(tx.connection(), id);
  const ListKeys after = listed.is_listed ? lists_by_filing(tx.connection(), id) : ListKeys();

  tx.query("DELETE FROM list_entries WHERE article_id = $1").with(id.value).run();
  for (const auto& key : after) {
    insert_entry(tx, key, id, listed.published);
    if (!before.contains(key)) count(tx, key, 1);
  }
  for (const auto& key : before) {
    if (!after.contains(key)) count(tx, key, -1);
  }
  ListKeys concerned = before;
  concerned.insert(after.begin(), after.end());
  touch_lists(tx, concerned);
}

void list_new(db::Transaction& tx, news::ArticleId id) {
  const Listed listed = find_listed(tx.connection(), id);
  if (!listed.is_listed) return;
  const ListKeys keys = lists_by_filing(tx.connection(), id);
  for (const auto& key : keys) {
    insert_entry(tx, key, id, listed.published);
    count(tx, key, 1);
  }
  touch_lists(tx, keys);
}

void list_members_again(db::Transaction& tx, news::ListKey list) {
  std::vector<news::ArticleId> members;
  {
    db::Query rows = tx.query("SELECT article_id FROM list_entries WHERE kind = $1 AND owner_id = $2")
                         .with(static_cast<int>(list.kind), list.id);
    while (rows.next()) members.push_back({rows.integer(0)});
  }
  for (const news::ArticleId id : members) list_again(tx, id);
}

}  // namespace store
