#include "store/thread_views.h"

#include <algorithm>

#include "news/comment_rules.h"
#include "store/rows.h"
#include "store/thread_path.h"

namespace store {
namespace {

using news::CommentStatus;

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
  placed.view.quote = stored_text(row, 15);
  return placed;
}

// Where a view of this path stands, or would stand.
std::vector<PlacedView>::iterator place_for(std::vector<PlacedView>& views, std::string_view path) {
  return std::ranges::lower_bound(views, path, {}, [](const PlacedView& placed) { return std::string_view(placed.path); });
}

}  // namespace

std::vector<PlacedView> list_views(db::Connection& connection, news::ArticleId article, const PathRange& range, int most) {
  std::vector<PlacedView> views;
  db::Query rows = connection
                       .query(
                           "SELECT id, parent_id, thread_path, depth, kind, status, author, website, created, body_html, edited, "
                           "marks, votes_up, votes_down, reader_id, quote FROM comments WHERE article_id = $1 AND shown = 1 AND "
                           "thread_path >= $2 AND thread_path < $3 ORDER BY thread_path LIMIT $4")
                       .with(article.value, db::Blob{range.from}, db::Blob{range.until}, most);
  while (rows.next()) views.push_back(placed_view(rows));
  return views;
}

std::vector<PlacedView> list_ancestors(db::Connection& connection, news::ArticleId article, std::string_view path) {
  std::vector<PlacedView> ancestors;
  for (std::size_t size = path_level_bytes; size < path.size(); size += path_level_bytes) {
    const std::string_view ancestor = path.substr(0, size);
    for (PlacedView& view : list_views(connection, article, {std::string(ancestor), next_path(ancestor)}, 1))
      ancestors.push_back(std::move(view));
  }
  return ancestors;
}

void show_own(db::Connection& connection, std::vector<PlacedView>& views, const PlacedComment& own) {
  for (PlacedView& ancestor : list_ancestors(connection, own.comment.article, own.path)) {
    const auto place = place_for(views, ancestor.path);
    if (place == views.end() || place->path != ancestor.path) views.insert(place, std::move(ancestor));
  }
  const auto place = place_for(views, own.path);
  if (place != views.end() && place->path == own.path)
    place->view = news::view_of(own.comment);
  else
    views.insert(place, {news::view_of(own.comment), own.path});
}

std::vector<news::CommentView> unplaced(std::vector<PlacedView> views) {
  std::vector<news::CommentView> comments;
  comments.reserve(views.size());
  for (PlacedView& placed : views) comments.push_back(std::move(placed.view));
  return comments;
}

}  // namespace store
