// Threads as readers see them, and the latest comments of the whole site.
#include <algorithm>

#include "news/permalink.h"
#include "store/comment_columns.h"
#include "store/comments.h"
#include "store/rows.h"
#include "store/thread_path.h"
#include "text/plain.h"

namespace store {
namespace {

using news::CommentStatus;

struct Counts {
  int comments = 0;
  int shown_roots = 0;
};

Counts counts_of(db::Connection& connection, news::ArticleId article) {
  db::Query row = connection.query("SELECT comment_count, shown_roots FROM threads WHERE article_id = $1").with(article.value);
  if (!row.next()) return {};
  return {stored_int(row, 0), stored_int(row, 1)};
}

int pages_for(int roots, int per_page) { return std::max((roots + per_page - 1) / per_page, 1); }

// From the first shown root of a page to behind the thread of its last one.
struct PathRange {
  std::string from;
  std::string until;
};

PathRange range_of_page(db::Connection& connection, news::ArticleId article, int page, int per_page) {
  PathRange range;
  db::Query roots = connection
                        .query(
                            "SELECT thread_path FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 "
                            "ORDER BY thread_path LIMIT $2 OFFSET $3")
                        .with(article.value, per_page, static_cast<std::int64_t>(page - 1) * per_page);
  while (roots.next()) {
    if (range.from.empty()) range.from = roots.blob(0);
    range.until = roots.blob(0);
  }
  if (!range.until.empty()) range.until = behind_thread(range.until);
  return range;
}

struct PlacedView {
  news::CommentView view;
  std::string path;
};

// Which verdict took it away is nobody's business, and neither is what it said.
news::CommentView removed_view(const db::Query& row) {
  news::CommentView view;
  view.id = {row.integer(0)};
  view.parent = {row.integer(1)};
  view.depth = stored_int(row, 3);
  view.kind = static_cast<news::CommentKind>(row.integer(4));
  view.status = CommentStatus::rejected;
  view.removed = true;
  view.created = stored_time(row, 8);
  return view;
}

PlacedView placed_view(const db::Query& row) {
  PlacedView placed{removed_view(row), std::string(row.blob(2))};
  if (static_cast<CommentStatus>(row.integer(5)) != CommentStatus::published) return placed;
  placed.view.status = CommentStatus::published;
  placed.view.removed = false;
  placed.view.author = stored_text(row, 6);
  placed.view.website = stored_text(row, 7);
  placed.view.body = stored_html(row, 9);
  placed.view.edited = stored_time(row, 10);
  placed.view.marks = marks_of(row.integer(11));
  placed.view.votes = {stored_int(row, 12), stored_int(row, 13)};
  placed.view.reader = {row.integer(14)};
  return placed;
}

std::vector<PlacedView> views_between(db::Connection& connection, news::ArticleId article, const PathRange& range) {
  std::vector<PlacedView> views;
  db::Query rows = connection
                       .query(
                           "SELECT id, parent_id, thread_path, depth, kind, status, author, website, created, body_html, edited, "
                           "marks, votes_up, "
                           "votes_down, reader_id FROM comments "
                           "WHERE article_id = $1 AND thread_path >= $2 AND thread_path < $3 AND shown = 1 "
                           "ORDER BY thread_path LIMIT $4")
                       .with(article.value, db::Blob{range.from}, db::Blob{range.until}, most_comments_on_page);
  while (rows.next()) views.push_back(placed_view(rows));
  return views;
}

news::CommentView whole_view(const news::Comment& comment) {
  return {.id = comment.id,
          .parent = comment.parent,
          .depth = comment.depth,
          .kind = comment.kind,
          .status = comment.verdict.status,
          .removed = false,
          .author = comment.author,
          .website = comment.website,
          .body = comment.body,
          .created = comment.created,
          .edited = comment.edited,
          .marks = comment.marks,
          .votes = comment.votes,
          .reader = comment.reader};
}

// Into its place in the reading order, or over the sign that something was removed.
void show_own(std::vector<PlacedView>& views, const PlacedComment& own) {
  const auto place = std::ranges::lower_bound(views, own.path, {}, &PlacedView::path);
  if (place != views.end() && place->path == own.path)
    place->view = whole_view(own.comment);
  else
    views.insert(place, {whole_view(own.comment), own.path});
}

// The shown top-level comments that stand before the root of `path`. Counted from the end where that is near, as it is for every
// comment that is posted: its cost does not grow with the thread.
int roots_before(db::Connection& connection, news::ArticleId article, std::string_view path, int shown_roots) {
  constexpr int near = 100;
  const db::Blob root{root_of_path(path)};
  const int behind = static_cast<int>(
      number(connection
                 .query("SELECT count(*) FROM (SELECT 1 FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 AND "
                        "thread_path >= $2 LIMIT $3)")
                 .with(article.value, root, near)));
  if (behind < near) return shown_roots - behind;
  return static_cast<int>(number(
      connection.query("SELECT count(*) FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 AND thread_path < $2")
          .with(article.value, root)));
}

int page_of_path(db::Connection& connection, news::ArticleId article, std::string_view path, int per_page) {
  const int shown_roots = counts_of(connection, article).shown_roots;
  // A held comment behind a full last page stands on that one, because the next is not there yet.
  return std::min(roots_before(connection, article, path, shown_roots) / per_page + 1, pages_for(shown_roots, per_page));
}

// Nothing if its article is not for everybody.
std::optional<news::CommentTeaser> comment_teaser(db::Connection& connection, news::CommentId id, int per_page) {
  constexpr std::size_t excerpt_characters = 120;
  db::Query row = connection
                      .query(
                          "SELECT c.article_id, c.thread_path, c.author, c.created, c.body_html, a.headline, a.address "
                          "FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.id = $1 AND a.status = 2")
                      .with(id.value);
  if (!row.next()) return std::nullopt;
  const int page = page_of_path(connection, {row.integer(0)}, row.blob(1), per_page);
  return news::CommentTeaser{.id = id,
                             .author = stored_text(row, 2),
                             .excerpt = text::excerpt(text::plain_text(stored_html(row, 4)), excerpt_characters),
                             .article_headline = stored_text(row, 5),
                             .address = news::comment_address(row.text(6), page, id),
                             .created = stored_time(row, 3)};
}

}  // namespace

news::ThreadPage thread_page(db::Connection& connection, news::ArticleId article, int page, int per_page, news::CommentId own) {
  per_page = std::max(per_page, 1);
  const Counts counts = counts_of(connection, article);
  news::ThreadPage result;
  result.page = std::max(page, 1);
  result.pages = pages_for(counts.shown_roots, per_page);
  result.total = counts.comments;
  if (result.page > result.pages) return result;

  const PathRange range = range_of_page(connection, article, result.page, per_page);
  std::vector<PlacedView> views = views_between(connection, article, range);
  const std::optional<PlacedComment> mine = own ? find_placed(connection, own) : std::nullopt;
  if (mine && mine->comment.article == article && page_of_path(connection, article, mine->path, per_page) == result.page) {
    show_own(views, *mine);
  }
  result.comments.reserve(views.size());
  for (PlacedView& placed : views) result.comments.push_back(std::move(placed.view));
  return result;
}

std::vector<news::CommentView> pinned_comments(db::Connection& connection, news::ArticleId article, int most) {
  std::vector<news::CommentView> pinned;
  db::Query rows =
      connection
          .query("SELECT id FROM comments WHERE article_id = $1 AND (marks & 1) = 1 AND status = 0 ORDER BY thread_path LIMIT $2")
          .with(article.value, most);
  while (rows.next()) {
    if (const std::optional<news::Comment> comment = find_comment(connection, {rows.integer(0)}))
      pinned.push_back(whole_view(*comment));
  }
  return pinned;
}

int page_of(db::Connection& connection, const news::Comment& comment, int per_page) {
  db::Query row = connection.query("SELECT article_id, thread_path FROM comments WHERE id = $1").with(comment.id.value);
  if (!row.next()) return 1;
  return page_of_path(connection, {row.integer(0)}, row.blob(1), std::max(per_page, 1));
}

std::vector<news::CommentTeaser> latest_comments(db::Connection& connection, int most, int per_page) {
  std::vector<news::CommentTeaser> teasers;
  // Looks at a bounded number of comments, most of which stand under articles that everybody may read. Their rows are read one by
  // one, and no more than are shown: joined here, all 500 would be sorted with their texts.
  db::Query newest =
      connection.query("SELECT id FROM comments WHERE status = 0 AND kind = 0 ORDER BY created DESC, id DESC LIMIT 500");
  while (static_cast<int>(teasers.size()) < most && newest.next()) {
    if (auto teaser = comment_teaser(connection, {newest.integer(0)}, std::max(per_page, 1)))
      teasers.push_back(*std::move(teaser));
  }
  return teasers;
}

}  // namespace store
