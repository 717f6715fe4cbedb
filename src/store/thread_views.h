// Rows of comments as threads show them, read by ranges of thread paths. Private to src/store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"
#include "news/comment.h"
#include "store/comment_columns.h"

namespace store {

// Paths from `from` on and before `until`.
struct PathRange {
  std::string from;
  std::string until;
};

struct PlacedView {
  news::CommentView view;
  std::string path;
};

// In reading order, at most `most` of those that are shown.
std::vector<PlacedView> list_views(db::Connection& connection, news::ArticleId article, const PathRange& range, int most);
// Those shown that the comment at `path` answers, from the top-level one.
std::vector<PlacedView> list_ancestors(db::Connection& connection, news::ArticleId article, std::string_view path);
// Into its place in the reading order, with what it answers, or over the sign that something was removed. `views` are in reading
// order.
void show_own(db::Connection& connection, std::vector<PlacedView>& views, const PlacedComment& own);

std::vector<news::CommentView> unplaced(std::vector<PlacedView> views);

}  // namespace store
