#include "store/thread_blocks.h"

#include <algorithm>
#include <optional>

#include "store/rows.h"

namespace store {
namespace {

struct Block {
  std::string first;  // path
  std::int64_t roots = 0;
};

// The one that `path` falls into.
std::optional<Block> find_block(db::Connection& connection, news::ArticleId article, std::string_view path) {
  db::Query row = connection
                      .query(
                          "SELECT first_path, roots FROM thread_blocks WHERE article_id = $1 AND first_path <= $2 "
                          "ORDER BY first_path DESC LIMIT 1")
                      .with(article.value, db::Blob{path});
  if (!row.next()) return std::nullopt;
  return Block{std::string(row.blob(0)), row.integer(1)};
}

void insert_block(db::Transaction& tx, news::ArticleId article, const Block& block) {
  tx.query("INSERT INTO thread_blocks (article_id, first_path, roots) VALUES ($1, $2, $3)")
      .with(article.value, db::Blob{block.first}, block.roots)
      .run();
}

void update_block(db::Transaction& tx, news::ArticleId article, const Block& block) {
  tx.query("UPDATE thread_blocks SET roots = $3 WHERE article_id = $1 AND first_path = $2")
      .with(article.value, db::Blob{block.first}, block.roots)
      .run();
}

// From the number `first` on, counted from 0 at `path`.
std::vector<std::string> roots_from(db::Connection& connection, news::ArticleId article, std::string_view path,
                                    std::int64_t first, int most) {
  std::vector<std::string> roots;
  db::Query rows = connection
                       .query(
                           "SELECT thread_path FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 AND "
                           "thread_path >= $2 ORDER BY thread_path LIMIT $3 OFFSET $4")
                       .with(article.value, db::Blob{path}, most, first);
  while (rows.next()) roots.emplace_back(rows.blob(0));
  return roots;
}

void split(db::Transaction& tx, news::ArticleId article, Block block) {
  const std::int64_t half = block.roots / 2;
  const std::vector<std::string> middle = roots_from(tx.connection(), article, block.first, half, 1);
  if (middle.empty()) return;
  insert_block(tx, article, {middle.front(), block.roots - half});
  block.roots = half;
  update_block(tx, article, block);
}

}  // namespace

void add_to_block(db::Transaction& tx, news::ArticleId article, std::string_view path) {
  std::optional<Block> block = find_block(tx.connection(), article, path);
  if (!block) return insert_block(tx, article, {{}, 1});
  ++block->roots;
  update_block(tx, article, *block);
  if (block->roots > most_roots_in_block) split(tx, article, *std::move(block));
}

void take_from_block(db::Transaction& tx, news::ArticleId article, std::string_view path) {
  std::optional<Block> block = find_block(tx.connection(), article, path);
  if (!block) return;
  --block->roots;
  update_block(tx, article, *block);
  // What falls there from now on falls into the block before.
  tx.query("DELETE FROM thread_blocks WHERE article_id = $1 AND first_path = $2 AND roots = 0 AND first_path <> x''")
      .with(article.value, db::Blob{block->first})
      .run();
}

int roots_before(db::Connection& connection, news::ArticleId article, std::string_view path) {
  const std::optional<Block> block = find_block(connection, article, path);
  if (!block) return 0;
  const std::int64_t in_blocks_before =
      number(connection.query("SELECT coalesce(sum(roots), 0) FROM thread_blocks WHERE article_id = $1 AND first_path < $2")
                 .with(article.value, db::Blob{block->first}));
  const std::int64_t in_block =
      number(connection
                 .query("SELECT count(*) FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 AND thread_path >= $2 "
                        "AND thread_path < $3")
                 .with(article.value, db::Blob{block->first}, db::Blob{path}));
  return static_cast<int>(in_blocks_before + in_block);
}

std::vector<std::string> list_roots(db::Connection& connection, news::ArticleId article, std::int64_t first, int most) {
  db::Query blocks = connection.query("SELECT first_path, roots FROM thread_blocks WHERE article_id = $1 ORDER BY first_path")
                         .with(article.value);
  while (blocks.next()) {
    if (first < blocks.integer(1)) return roots_from(connection, article, blocks.blob(0), first, most);
    first -= blocks.integer(1);
  }
  return {};
}

std::vector<std::string> last_roots(db::Connection& connection, news::ArticleId article, std::int64_t behind, std::int64_t most) {
  std::vector<std::string> roots;
  db::Query rows = connection
                       .query(
                           "SELECT thread_path FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 "
                           "ORDER BY thread_path DESC LIMIT $2 OFFSET $3")
                       .with(article.value, std::max(most, std::int64_t{0}), behind);
  while (rows.next()) roots.emplace_back(rows.blob(0));
  std::ranges::reverse(roots);
  return roots;
}

}  // namespace store
