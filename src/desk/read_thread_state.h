// What is told of a thread to whoever waits for news of it: two numbers that the public may know anyway.
#pragma once

#include "base/result.h"
#include "desk/desk.h"
#include "news/ids.h"

namespace desk {

struct ThreadState {
  int total = 0;             // published comments
  news::CommentId newest{};  // the published one that was written last; 0: none
};
// Error{not_found} where the public does not see the thread: no such article, a draft, one that is scheduled, private, taken down
// or closed with a password.
base::Result<ThreadState> read_thread_state(const Desk& desk, news::ArticleId article);

}  // namespace desk
