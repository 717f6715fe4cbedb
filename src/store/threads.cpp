#include "store/threads.h"

#include <algorithm>
#include <limits>

#include "news/comment_rules.h"
#include "news/permalink.h"
#include "store/comments.h"
#include "store/rows.h"
#include "store/thread_blocks.h"
#include "store/thread_path.h"
#include "store/thread_views.h"
#include "text/plain.h"

namespace store {
namespace {

using news::ThreadOrder;
using news::ThreadPage;
using news::ThreadPart;

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
int room_on_page(int per_page) { return per_page * comments_for_each_root; }

// Where a comment stands that the public sees in this thread.
struct Spot {
  std::string path;
  std::int64_t score = 0;
};
std::optional<Spot> find_shown(db::Connection& connection, news::ArticleId article, news::CommentId id) {
  db::Query row = connection.query("SELECT thread_path, score FROM comments WHERE id = $1 AND article_id = $2 AND shown = 1")
                      .with(id.value, article.value);
  if (!row.next()) return std::nullopt;
  return Spot{std::string(row.blob(0)), row.integer(1)};
}

std::optional<PlacedComment> find_own(db::Connection& connection, news::ArticleId article, news::CommentId own) {
  std::optional<PlacedComment> mine = own ? find_placed(connection, own) : std::nullopt;
  if (mine && mine->comment.article != article) mine.reset();
  return mine;
}

// Top-level comments that can as well be counted from the end: most comments are posted there.
constexpr int near = 100;

// A held comment behind a full last page stands on that one, because the next is not there yet.
int page_of_path(db::Connection& connection, news::ArticleId article, int shown_roots, std::string_view path, int per_page) {
  const int behind = static_cast<int>(
      number(connection
                 .query("SELECT count(*) FROM (SELECT 1 FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 AND "
                        "thread_path >= $2 LIMIT $3)")
                 .with(article.value, db::Blob{root_of_path(path)}, near)));
  const int before = behind < near ? shown_roots - behind : roots_before(connection, article, root_of_path(path));
  return std::min(before / per_page + 1, pages_for(shown_roots, per_page));
}

// A top-level comment with as many of its replies as a page has room for.
struct Stretch {
  std::string root;
  std::string until;      // the first path that is left out
  bool is_whole = false;  // none is
  std::vector<PlacedView> views;
};

// By at most `share` comments; gives by how many.
int extend(db::Connection& connection, news::ArticleId article, Stretch& stretch, int share) {
  const std::string end = behind_thread(stretch.root);
  std::vector<PlacedView> views = list_views(connection, article, {stretch.until, end}, share + 1);
  stretch.is_whole = static_cast<int>(views.size()) <= share;
  stretch.until = stretch.is_whole ? end : views.back().path;
  if (!stretch.is_whole) views.pop_back();
  std::ranges::move(views, std::back_inserter(stretch.views));
  return static_cast<int>(views.size());
}

// The room is shared evenly; what one does not need is shared among the others, until there is none.
std::vector<Stretch> share_room(db::Connection& connection, news::ArticleId article, const std::vector<std::string>& roots,
                                int room) {
  std::vector<Stretch> stretches;
  for (const std::string& root : roots) stretches.push_back({root, root, false, {}});
  std::vector<Stretch*> hungry;
  for (Stretch& stretch : stretches) hungry.push_back(&stretch);
  while (!hungry.empty() && room >= static_cast<int>(hungry.size())) {
    const int share = room / static_cast<int>(hungry.size());
    for (Stretch* const stretch : hungry) room -= extend(connection, article, *stretch, share);
    std::erase_if(hungry, [](const Stretch* stretch) { return stretch->is_whole; });
  }
  return stretches;
}

std::vector<PlacedView> views_of(std::vector<Stretch> stretches) {
  std::vector<PlacedView> views;
  for (Stretch& stretch : stretches) {
    if (!stretch.is_whole && !stretch.views.empty()) stretch.views.front().view.folded_after = stretch.views.back().view.id;
    std::ranges::move(stretch.views, std::back_inserter(views));
  }
  return views;
}

PathRange range_of(const std::vector<std::string>& roots) { return {roots.front(), behind_thread(roots.back())}; }

// Neighbours in the order of time are read at once, if there is room for all of it.
std::vector<PlacedView> views_of_page(db::Connection& connection, news::ArticleId article, const std::vector<std::string>& roots,
                                      int room) {
  if (roots.empty()) return {};
  std::vector<PlacedView> views = list_views(connection, article, range_of(roots), room + 1);
  if (static_cast<int>(views.size()) <= room) return views;
  return views_of(share_room(connection, article, roots, room));
}

bool has_room_for_all(db::Connection& connection, news::ArticleId article, const PathRange& range, int room) {
  return number(connection
                    .query("SELECT count(*) FROM (SELECT 1 FROM comments WHERE article_id = $1 AND thread_path >= $2 AND "
                           "thread_path < $3 AND shown = 1 LIMIT $4)")
                    .with(article.value, db::Blob{range.from}, db::Blob{range.until}, room + 1)) <= room;
}

// Whether all of it cannot stand on one page. Most threads are no longer than that.
bool is_long(const Counts& counts, int per_page) { return counts.comments > room_on_page(per_page); }

constexpr std::string_view behind_all_paths = "\xff";  // as a time, that is in 34,000 years

std::vector<std::string> roots_of_page(db::Connection& connection, news::ArticleId article, int shown_roots, int page,
                                       int per_page) {
  const std::int64_t before = std::int64_t{page - 1} * per_page;
  const std::int64_t from_here = shown_roots - before;
  const std::int64_t behind = std::max(from_here - per_page, std::int64_t{0});
  if (behind > near) return list_roots(connection, article, before, per_page);
  return last_roots(connection, article, behind, from_here - behind);
}

// Whether the numbered page that a comment belongs to has no room for it.
bool is_left_out(db::Connection& connection, news::ArticleId article, const Counts& counts, std::string_view path, int page,
                 int per_page) {
  if (path_levels(path) == 1) return false;
  const int room = room_on_page(per_page);
  if (!is_long(counts, per_page) && has_room_for_all(connection, article, {"", std::string(behind_all_paths)}, room))
    return false;
  const std::vector<std::string> roots = roots_of_page(connection, article, counts.shown_roots, page, per_page);
  if (roots.empty() || has_room_for_all(connection, article, range_of(roots), room)) return false;
  const std::vector<Stretch> stretches = share_room(connection, article, roots, room);
  const auto own = std::ranges::find(stretches, root_of_path(path), &Stretch::root);
  return own != stretches.end() && path >= own->until;
}

ThreadPart place_of_path(db::Connection& connection, news::ArticleId article, news::CommentId id, std::string_view path,
                         int per_page) {
  const Counts counts = counts_of(connection, article);
  const int page = page_of_path(connection, article, counts.shown_roots, path, per_page);
  if (is_left_out(connection, article, counts, path, page, per_page)) return {.branch = id};
  return {.page = page};
}

std::vector<std::string> newest_roots(db::Connection& connection, news::ArticleId article, const Spot& after, int most) {
  std::vector<std::string> roots;
  db::Query rows = connection
                       .query(
                           "SELECT thread_path FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 AND "
                           "thread_path < $2 ORDER BY thread_path DESC LIMIT $3")
                       .with(article.value, db::Blob{after.path}, most);
  while (rows.next()) roots.emplace_back(rows.blob(0));
  return roots;
}

// Two statements, because no range of the index is both: those of the same score that are younger, and those with less.
std::vector<std::string> best_roots(db::Connection& connection, news::ArticleId article, const Spot& after, int most) {
  std::vector<std::string> roots;
  db::Query same =
      connection
          .query(
              "SELECT thread_path FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 AND score = $2 AND "
              "thread_path > $3 ORDER BY thread_path LIMIT $4")
          .with(article.value, after.score, db::Blob{after.path}, most);
  while (same.next()) roots.emplace_back(same.blob(0));
  db::Query less = connection
                       .query(
                           "SELECT thread_path FROM comments WHERE article_id = $1 AND depth = 0 AND shown = 1 AND score < $2 "
                           "ORDER BY score DESC, thread_path LIMIT $3")
                       .with(article.value, after.score, most - static_cast<int>(roots.size()));
  while (less.next()) roots.emplace_back(less.blob(0));
  return roots;
}

// Before the first of every order.
Spot beginning() { return {std::string(path_level_bytes + 1, '\xff'), std::numeric_limits<std::int64_t>::max()}; }

ThreadPage counted_page(db::Connection& connection, news::ArticleId article, const ThreadPart& part, int per_page) {
  const Counts counts = counts_of(connection, article);
  ThreadPage page;
  page.part = part;
  page.page = part.page;
  page.pages = pages_for(counts.shown_roots, per_page);
  page.total = counts.comments;
  page.roots = counts.shown_roots;
  return page;
}

std::optional<ThreadPage> read_numbered(db::Connection& connection, news::ArticleId article, const ThreadPart& part, int per_page,
                                        news::CommentId own) {
  ThreadPage page = counted_page(connection, article, part, per_page);
  if (page.page > page.pages) return page;
  const std::vector<std::string> roots = roots_of_page(connection, article, page.roots, page.page, per_page);
  std::vector<PlacedView> views = views_of_page(connection, article, roots, room_on_page(per_page));
  const std::optional<PlacedComment> mine = find_own(connection, article, own);
  if (mine && page_of_path(connection, article, page.roots, mine->path, per_page) == page.page)
    show_own(connection, views, *mine);
  page.comments = unplaced(std::move(views));
  return page;
}

std::optional<ThreadPage> read_ordered(db::Connection& connection, news::ArticleId article, const ThreadPart& part,
                                       int per_page) {
  const std::optional<Spot> after = part.after ? find_shown(connection, article, part.after) : beginning();
  if (!after || (part.after && path_levels(after->path) != 1)) return std::nullopt;
  ThreadPage page = counted_page(connection, article, part, per_page);
  std::vector<std::string> roots = part.order == ThreadOrder::newest ? newest_roots(connection, article, *after, per_page + 1)
                                                                     : best_roots(connection, article, *after, per_page + 1);
  const bool has_more = static_cast<int>(roots.size()) > per_page;
  if (has_more) roots.pop_back();
  std::vector<Stretch> stretches = share_room(connection, article, roots, room_on_page(per_page));
  if (has_more) page.next = stretches.back().views.front().view.id;
  page.comments = unplaced(views_of(std::move(stretches)));
  return page;
}

// The rest of a branch, from its first comment on or from behind another, and what the first of them answers, so that each stands
// in its place.
std::optional<ThreadPage> read_branch(db::Connection& connection, news::ArticleId article, const ThreadPart& part, int per_page,
                                      news::CommentId own) {
  const std::optional<PlacedComment> mine = find_own(connection, article, own);
  std::optional<Spot> top = find_shown(connection, article, part.branch);
  if (!top && mine && mine->comment.id == part.branch) top = Spot{mine->path, 0};
  const std::optional<Spot> after = part.after ? find_shown(connection, article, part.after) : top;
  if (!top || !after || !after->path.starts_with(top->path)) return std::nullopt;

  const std::string from = part.after ? next_path(after->path) : top->path;
  std::vector<PlacedView> views = list_views(connection, article, {from, behind_thread(top->path)}, most_on_branch + 1);
  if (part.after && views.empty()) return std::nullopt;
  ThreadPage page = counted_page(connection, article, part, per_page);
  page.page = page_of_path(connection, article, page.roots, top->path, per_page);
  if (static_cast<int>(views.size()) > most_on_branch) {
    views.pop_back();
    page.next = views.back().view.id;
  }
  std::vector<PlacedView> ancestors = list_ancestors(connection, article, views.empty() ? top->path : views.front().path);
  views.insert(views.begin(), std::make_move_iterator(ancestors.begin()), std::make_move_iterator(ancestors.end()));
  if (mine && mine->path.starts_with(top->path)) show_own(connection, views, *mine);
  page.comments = unplaced(std::move(views));
  return page;
}

// In a long thread, to find where a reply is shown means to read a page of it: /comment/17 does that once somebody follows it.
std::string teaser_address(db::Connection& connection, news::ArticleId article, std::string_view article_address,
                           news::CommentId id, std::string_view path, int per_page) {
  if (path_levels(path) > 1 && is_long(counts_of(connection, article), per_page)) return "/comment/" + std::to_string(id.value);
  return news::comment_address(article_address, place_of_path(connection, article, id, path, per_page), id);
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
  return news::CommentTeaser{.id = id,
                             .author = stored_text(row, 2),
                             .excerpt = text::excerpt(text::plain_text(stored_html(row, 4)), excerpt_characters),
                             .article_headline = stored_text(row, 5),
                             .address = teaser_address(connection, {row.integer(0)}, row.text(6), id, row.blob(1), per_page),
                             .created = stored_time(row, 3)};
}

}  // namespace

std::optional<ThreadPage> read_thread(db::Connection& connection, news::ArticleId article, const ThreadPart& part, int per_page,
                                      news::CommentId own) {
  per_page = std::max(per_page, 1);
  if (part.branch) return read_branch(connection, article, part, per_page, own);
  if (part.order != ThreadOrder::oldest) return read_ordered(connection, article, part, per_page);
  return read_numbered(connection, article, part, per_page, own);
}

std::vector<news::CommentView> pinned_comments(db::Connection& connection, news::ArticleId article, int most) {
  std::vector<news::CommentView> pinned;
  db::Query rows = connection
                       .query(
                           "SELECT id FROM comments WHERE article_id * (marks & 1) = $1 AND (marks & 1) = 1 AND status = 0 "
                           "ORDER BY thread_path LIMIT $2")
                       .with(article.value, most);
  while (rows.next()) {
    if (const std::optional<news::Comment> comment = find_comment(connection, {rows.integer(0)}))
      pinned.push_back(news::view_of(*comment));
  }
  return pinned;
}

ThreadPart place_of(db::Connection& connection, const news::Comment& comment, int per_page) {
  db::Query row = connection.query("SELECT article_id, thread_path FROM comments WHERE id = $1").with(comment.id.value);
  if (!row.next()) return {};
  return place_of_path(connection, {row.integer(0)}, comment.id, row.blob(1), std::max(per_page, 1));
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
