// Comments as they are written. Invariants, checked by integrity.cpp and by the property test:
// 1. shown = published, or something published hangs below.
// 2. threads.comment_count, shown_roots, last_comment, the blocks of thread_blocks.h and readers.published say what the rows say.
#include <algorithm>
#include <stdexcept>

#include "base/format.h"
#include "store/comment_columns.h"
#include "store/comment_life.h"
#include "store/comments.h"
#include "store/counters.h"
#include "store/rows.h"
#include "store/thread_blocks.h"
#include "store/thread_path.h"

namespace store {
namespace {

using news::CommentStatus;

// What a reply must know of the comment that it hangs below.
struct Parent {
  news::CommentId id = {};
  news::CommentId parent = {};
  news::ArticleId article = {};
  int depth = 0;
  std::string path = {};
  bool is_shown = false;
};

std::optional<Parent> find_as_parent(db::Connection& connection, news::CommentId id) {
  db::Query row =
      connection.query("SELECT parent_id, article_id, depth, thread_path, shown FROM comments WHERE id = $1").with(id.value);
  if (!row.next()) return std::nullopt;
  return Parent{.id = id,
                .parent = {row.integer(0)},
                .article = {row.integer(1)},
                .depth = stored_int(row, 2),
                .path = std::string(row.blob(3)),
                .is_shown = row.integer(4) != 0};
}

// Where a new comment hangs: below its parent, or, where that is too deep, below the ancestor that is as deep as allowed.
Parent find_parent(db::Transaction& tx, const news::NewComment& comment, int max_depth) {
  if (!comment.parent || max_depth <= 0) return {};
  std::optional<Parent> parent = find_as_parent(tx.connection(), comment.parent);
  while (parent && parent->depth >= max_depth) parent = find_as_parent(tx.connection(), parent->parent);
  if (!parent || parent->article != comment.article) {
    throw std::logic_error(base::format("comment {} is none of article {}", comment.parent.value, comment.article.value));
  }
  return *std::move(parent);
}

void insert_row(db::Transaction& tx, const PlacedComment& placed) {
  const news::Comment& comment = placed.comment;
  tx.query(
        "INSERT INTO comments (article_id, id, parent_id, thread_path, depth, kind, status, rule, shown, reader_id, author, "
        "website, created, source, body_html, quote) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)")
      .with(comment.article.value, comment.id.value, comment.parent.value, db::Blob{placed.path}, comment.depth,
            static_cast<int>(comment.kind), static_cast<int>(comment.verdict.status), comment.verdict.rule, placed.is_shown,
            comment.reader.value, comment.author, comment.website, base::to_unix(comment.created), comment.source,
            comment.body.string(), comment.quote)
      .run();
}

// True if it was not so before.
bool set_shown(db::Transaction& tx, news::ArticleId article, std::string_view path, bool shown) {
  tx.query("UPDATE comments SET shown = $3 WHERE article_id = $1 AND thread_path = $2 AND shown <> $3")
      .with(article.value, db::Blob{path}, shown)
      .run();
  return tx.connection().changes() > 0;
}

void count_root(db::Transaction& tx, news::ArticleId article, int change) {
  tx.query("UPDATE threads SET shown_roots = shown_roots + $2 WHERE article_id = $1").with(article.value, change).run();
}

void add_root(db::Transaction& tx, news::ArticleId article, std::string_view path) {
  count_root(tx, article, 1);
  add_to_block(tx, article, path);
}

void remove_root(db::Transaction& tx, news::ArticleId article, std::string_view path) {
  count_root(tx, article, -1);
  take_from_block(tx, article, path);
}

// From the comment upwards, until one is shown already: then all above it are.
void show_with_ancestors(db::Transaction& tx, news::ArticleId article, std::string_view path) {
  for (; !path.empty(); path = parent_of_path(path)) {
    if (!set_shown(tx, article, path, true)) return;
    if (path_levels(path) == 1) add_root(tx, article, path);
  }
}

bool is_published_at_or_below(db::Transaction& tx, news::ArticleId article, std::string_view path) {
  return number(tx.query("SELECT 1 FROM comments WHERE article_id = $1 AND thread_path >= $2 AND thread_path < $3 AND status = 0 "
                         "LIMIT 1")
                    .with(article.value, db::Blob{path}, db::Blob{behind_thread(path)})) != 0;
}

// From the comment upwards, until something published is found: then all above it stay.
void hide_with_ancestors(db::Transaction& tx, news::ArticleId article, std::string_view path) {
  for (; !path.empty(); path = parent_of_path(path)) {
    if (is_published_at_or_below(tx, article, path)) return;
    if (set_shown(tx, article, path, false) && path_levels(path) == 1) remove_root(tx, article, path);
  }
}

void count_for_reader(db::Transaction& tx, const news::Comment& comment, int change) {
  if (comment.reader)
    tx.query("UPDATE readers SET published = published + $2 WHERE id = $1").with(comment.reader.value, change).run();
}

void touch_thread(db::Transaction& tx, news::ArticleId article) {
  touch(tx, news::thread_of(article));
  touch(tx, news::SourceKind::comments);
}

void count_published(db::Transaction& tx, const news::Comment& comment, int change) {
  tx.query(
        "UPDATE threads SET comment_count = comment_count + $2, last_comment = coalesce("
        "(SELECT created FROM comments WHERE article_id = $1 AND status = 0 ORDER BY created DESC LIMIT 1), 0) WHERE article_id "
        "= $1")
      .with(comment.article.value, change)
      .run();
  count_for_reader(tx, comment, change);
}

void publish(db::Transaction& tx, const PlacedComment& placed) {
  count_published(tx, placed.comment, 1);
  show_with_ancestors(tx, placed.comment.article, placed.path);
  touch_thread(tx, placed.comment.article);
}

// The same for a comment whose row says already that it is shown: one statement for the thread, because a flood of comments comes
// through here.
void publish_new(db::Transaction& tx, const PlacedComment& placed, const Parent& parent) {
  const news::Comment& comment = placed.comment;
  tx.query(
        "UPDATE threads SET comment_count = comment_count + 1, shown_roots = shown_roots + $2, "
        "last_comment = CASE WHEN comment_count = 0 OR last_comment < $3 THEN $3 ELSE last_comment END WHERE article_id = $1")
      .with(comment.article.value, comment.depth == 0, base::to_unix(comment.created))
      .run();
  if (comment.depth == 0) add_to_block(tx, comment.article, placed.path);
  count_for_reader(tx, comment, 1);
  if (!parent.is_shown) show_with_ancestors(tx, comment.article, parent.path);
  touch_thread(tx, comment.article);
}

void withdraw(db::Transaction& tx, const PlacedComment& placed) {
  count_published(tx, placed.comment, -1);
  hide_with_ancestors(tx, placed.comment.article, placed.path);
  touch_thread(tx, placed.comment.article);
}

}  // namespace

news::CommentId insert(db::Transaction& tx, const news::NewComment& comment, int max_depth) {
  const Parent parent = find_parent(tx, comment, max_depth);
  PlacedComment placed{{comment, {next_number(tx, "comments")}, 0}, {}, false};
  placed.comment.parent = parent.id;
  placed.comment.depth = static_cast<int>(path_levels(parent.path));
  placed.path = thread_path(parent.path, comment.created, placed.comment.id);
  placed.is_shown = comment.verdict.status == CommentStatus::published;
  insert_row(tx, placed);
  if (placed.is_shown) publish_new(tx, placed, parent);
  return placed.comment.id;
}

bool set_verdict(db::Transaction& tx, news::CommentId id, const news::Verdict& verdict) {
  const std::optional<PlacedComment> placed = find_placed(tx.connection(), id);
  if (!placed) return false;
  const news::Verdict& before = placed->comment.verdict;
  if (before == verdict) return true;
  tx.query("UPDATE comments SET status = $3, rule = $4 WHERE article_id = $1 AND thread_path = $2")
      .with(placed->comment.article.value, db::Blob{placed->path}, static_cast<int>(verdict.status), verdict.rule)
      .run();
  set_version_verdict(tx, id, placed->comment.version, verdict);
  // Readers see nothing of what passes between held, spam and rejected.
  const bool was_published = before.status == CommentStatus::published;
  const bool is_published = verdict.status == CommentStatus::published;
  if (is_published && !was_published) publish(tx, *placed);
  if (was_published && !is_published) withdraw(tx, *placed);
  return true;
}

}  // namespace store
