#include "desk/publish_due.h"

#include "store/articles.h"

namespace desk {

int publish_due(const Desk& desk) {
  const base::Time now = desk.clock.now();
  {
    db::Reading reading = desk.database.read();
    if (store::due_articles(reading.connection(), now).empty()) return 0;  // mostly: then no commit is made for nothing
  }
  // Asked again inside the transaction: what another process published meanwhile is not published twice.
  const base::Result<int> published = desk.database.write([&](db::Transaction& tx) -> base::Result<int> {
    const std::vector<news::ArticleId> due = store::due_articles(tx.connection(), now);
    for (const news::ArticleId id : due) store::set_status(tx, id, news::ArticleStatus::published);
    return static_cast<int>(due.size());
  });
  return *published;
}

}  // namespace desk
