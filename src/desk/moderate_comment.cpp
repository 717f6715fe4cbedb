#include "desk/moderate_comment.h"

#include <algorithm>

#include "base/format.h"
#include "store/comments.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr int most_listed = 100'000;

bool may_moderate(Actor actor) { return actor.role == Actor::Role::operator_; }

Error may_not() { return {Errc::forbidden, "moderation.forbidden", {}}; }

}  // namespace

Result<void> moderate_comments(const Desk& desk, Actor actor, const std::vector<news::CommentId>& ids,
                               news::CommentStatus status) {
  if (!may_moderate(actor)) return may_not();
  return desk.database.write([&](db::Transaction& tx) -> Result<void> {
    for (const news::CommentId id : ids) {
      if (store::set_verdict(tx, id, {status, "staff"})) continue;
      return Error{
          Errc::not_found,
          base::format("There is no comment {}. Nothing was changed; `broadsheet comments list` shows the ids.", id.value),
          {}};
    }
    return {};
  });
}

Result<std::vector<news::Comment>> list_comments(const Desk& desk, Actor actor, std::optional<news::CommentStatus> status,
                                                 int most) {
  if (!may_moderate(actor)) return may_not();
  db::Reading reading = desk.database.read();
  return store::list_comments(reading.connection(), status, std::clamp(most, 0, most_listed));  // invariant 8
}

}  // namespace desk
