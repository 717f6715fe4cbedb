#include "desk/read_thread_state.h"

#include "news/visibility.h"
#include "store/thread_state.h"

namespace desk {

base::Result<ThreadState> read_thread_state(const Desk& desk, news::ArticleId article) {
  db::Reading reading = desk.database.read();
  const std::optional<store::ThreadState> state = store::find_thread_state(reading.connection(), article);
  if (!state || news::visibility_of(state->status) != news::Visibility::open)
    return base::Error{base::Errc::not_found, "article.missing", {}};
  return ThreadState{state->total, store::find_newest_comment(reading.connection(), article)};
}

}  // namespace desk
