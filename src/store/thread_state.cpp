#include "store/thread_state.h"

#include "store/rows.h"

namespace store {

std::optional<ThreadState> find_thread_state(db::Connection& connection, news::ArticleId article) {
  db::Query row =
      connection.query("SELECT a.status, t.comment_count FROM articles a JOIN threads t ON t.article_id = a.id WHERE a.id = $1")
          .with(article.value);
  if (!row.next()) return std::nullopt;
  return ThreadState{static_cast<news::ArticleStatus>(row.integer(0)), stored_int(row, 1)};
}

// Of those written in the same moment, of which there are never many, the one that came last.
news::CommentId find_newest_comment(db::Connection& connection, news::ArticleId article) {
  db::Query row = connection
                      .query(
                          "SELECT max(id) FROM (SELECT id FROM comments WHERE article_id = $1 AND status = 0 "
                          "ORDER BY created DESC LIMIT 20) t")
                      .with(article.value);
  return row.next() ? news::CommentId{row.integer(0)} : news::CommentId{};
}

}  // namespace store
