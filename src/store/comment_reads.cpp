// Comments one by one and in the moderators' lists.
#include "store/comment_columns.h"
#include "store/comments.h"
#include "store/rows.h"

namespace store {
namespace {

std::vector<news::Comment> comments_of(db::Connection& connection, db::Query ids) {
  std::vector<news::Comment> comments;
  while (ids.next()) {
    if (std::optional<news::Comment> comment = find_comment(connection, {ids.integer(0)}))
      comments.push_back(*std::move(comment));
  }
  return comments;
}

constexpr std::int64_t pinned_bit = 1;
constexpr std::int64_t picked_bit = 2;
constexpr std::int64_t author_bit = 4;
constexpr std::int64_t staff_bit = 8;

}  // namespace

std::int64_t bits_of(const news::Marks& marks) {
  return (marks.pinned ? pinned_bit : 0) | (marks.picked ? picked_bit : 0) | (marks.by_author ? author_bit : 0) |
         (marks.by_staff ? staff_bit : 0);
}

news::Marks marks_of(std::int64_t bits) {
  return {.pinned = (bits & pinned_bit) != 0,
          .picked = (bits & picked_bit) != 0,
          .by_author = (bits & author_bit) != 0,
          .by_staff = (bits & staff_bit) != 0};
}

std::optional<PlacedComment> find_placed(db::Connection& connection, news::CommentId id) {
  db::Query row =
      connection
          .query(
              "SELECT article_id, id, parent_id, thread_path, depth, kind, status, rule, shown, reader_id, author, website, "
              "created, source, body_html, version, waiting, edited, marks, votes_up, votes_down, "
              "quote FROM comments WHERE id = $1")
          .with(id.value);
  if (!row.next()) return std::nullopt;
  PlacedComment placed;
  news::Comment& comment = placed.comment;
  comment.article = {row.integer(0)};
  comment.id = {row.integer(1)};
  comment.parent = {row.integer(2)};
  placed.path = std::string(row.blob(3));
  comment.depth = stored_int(row, 4);
  comment.kind = static_cast<news::CommentKind>(row.integer(5));
  comment.verdict = {static_cast<news::CommentStatus>(row.integer(6)), stored_text(row, 7)};
  placed.is_shown = row.integer(8) != 0;
  comment.reader = {row.integer(9)};
  comment.author = stored_text(row, 10);
  comment.website = stored_text(row, 11);
  comment.created = stored_time(row, 12);
  comment.source = stored_text(row, 13);
  comment.body = stored_html(row, 14);
  comment.version = stored_int(row, 15);
  comment.waiting = stored_int(row, 16);
  comment.edited = stored_time(row, 17);
  comment.marks = marks_of(row.integer(18));
  comment.votes = {stored_int(row, 19), stored_int(row, 20)};
  comment.quote = stored_text(row, 21);
  return placed;
}

std::optional<news::Comment> find_comment(db::Connection& connection, news::CommentId id) {
  std::optional<PlacedComment> placed = find_placed(connection, id);
  if (!placed) return std::nullopt;
  return std::move(placed->comment);
}

std::optional<CommentState> find_comment_state(db::Connection& connection, news::CommentId id) {
  db::Query row = connection.query("SELECT article_id, status FROM comments WHERE id = $1").with(id.value);
  if (!row.next()) return std::nullopt;
  return CommentState{{row.integer(0)}, static_cast<news::CommentStatus>(row.integer(1))};
}

// Three texts of one query: the partial index serves only those who name its condition.
std::vector<news::Comment> list_comments(db::Connection& connection, std::optional<news::CommentStatus> status, int most) {
  if (!status) return comments_of(connection, connection.query("SELECT id FROM comments ORDER BY id DESC LIMIT $1").with(most));
  if (*status == news::CommentStatus::published) {
    return comments_of(connection,
                       connection.query("SELECT id FROM comments WHERE status = 0 ORDER BY id DESC LIMIT $1").with(most));
  }
  return comments_of(connection,
                     connection.query("SELECT id FROM comments WHERE status = $1 AND status <> 0 ORDER BY id DESC LIMIT $2")
                         .with(static_cast<int>(*status), most));
}

std::vector<news::CommentId> list_comment_ids(db::Connection& connection, news::CommentId after, int most) {
  std::vector<news::CommentId> ids;
  db::Query rows = connection.query("SELECT id FROM comments WHERE id > $1 ORDER BY id LIMIT $2").with(after.value, most);
  while (rows.next()) ids.push_back({rows.integer(0)});
  return ids;
}

int count_comments(db::Connection& connection, news::CommentStatus status) {
  if (status == news::CommentStatus::published) {
    return static_cast<int>(number(connection.query("SELECT coalesce(sum(comment_count), 0) FROM threads")));
  }
  return static_cast<int>(
      number(connection.query("SELECT count(*) FROM comments WHERE status = $1 AND status <> 0").with(static_cast<int>(status))));
}

}  // namespace store
