#include "desk/vote_comment.h"

#include "desk/read_site.h"
#include "store/comment_life.h"
#include "store/comments.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;

int value_of(Vote vote) {
  switch (vote) {
    case Vote::up: return 1;
    case Vote::down: return -1;
    case Vote::none: break;
  }
  return 0;
}

}  // namespace

Result<news::Votes> vote_comment(const Desk& desk, Actor actor, const Voter& voter, news::CommentId id, Vote vote) {
  const Error missing{Errc::not_found, "comment.vote.missing", {}};
  if (!find_comment_place(desk, id)) return missing;
  return desk.database.write([&](db::Transaction& tx) -> Result<news::Votes> {
    const std::optional<news::Comment> comment = store::find_comment(tx.connection(), id);
    if (!comment || comment->verdict.status != news::CommentStatus::published) return missing;
    if (actor.reader && actor.reader == comment->reader) return Error{Errc::forbidden, "comment.vote.own", {}};
    store::set_vote(tx, *comment, voter.number, value_of(vote));
    return store::find_comment(tx.connection(), id)->votes;
  });
}

}  // namespace desk
