// What can be said of a thread in one line: whose it is to see, how long it is, and what is new in it.
#pragma once

#include <optional>

#include "db/connection.h"
#include "news/article.h"
#include "news/ids.h"

namespace store {

struct ThreadState {
  news::ArticleStatus status = news::ArticleStatus::draft;  // of its article
  int total = 0;                                            // published comments
};
std::optional<ThreadState> find_thread_state(db::Connection& connection, news::ArticleId article);

// The published comment that was written last; none: 0.
news::CommentId find_newest_comment(db::Connection& connection, news::ArticleId article);

}  // namespace store
