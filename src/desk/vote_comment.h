// A reader votes on a comment: one vote each, which may be changed and taken back. Only totals are ever shown.
#pragma once

#include "base/result.h"
#include "desk/desk.h"
#include "desk/voter.h"
#include "news/comment.h"

namespace desk {

enum class Vote { up, down, none };

// The totals with this vote. Error{not_found, "comment.vote.missing"} for what the public does not see; {forbidden,
// "comment.vote.own"} for one's own comment. Voting the same twice is voting once. Waits for the commit.
base::Result<news::Votes> vote_comment(const Desk& desk, Actor actor, const Voter& voter, news::CommentId id, Vote vote);

}  // namespace desk
