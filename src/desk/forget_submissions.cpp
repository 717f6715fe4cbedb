#include "desk/forget_submissions.h"

#include "store/comments.h"

namespace desk {

void forget_submissions(const Desk& desk) {
  const base::Time yesterday = desk.clock.now() - std::chrono::days(1);
  *desk.database.write([&](db::Transaction& tx) -> base::Result<void> {
    store::prune_submissions(tx, yesterday);
    return {};
  });
}

}  // namespace desk
