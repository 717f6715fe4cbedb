// Verdicts of people on comments, and the lists they choose from.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "desk/desk.h"
#include "news/comment.h"

namespace desk {

// Error{not_found, sentence} names the first id that does not exist; then nothing is changed. Error{forbidden} unless the actor
// may moderate.
base::Result<void> moderate_comments(const Desk& desk, Actor actor, const std::vector<news::CommentId>& ids,
                                     news::CommentStatus status);

// Newest first, at most `most`. For those who may moderate.
base::Result<std::vector<news::Comment>> list_comments(const Desk& desk, Actor actor, std::optional<news::CommentStatus> status,
                                                       int most);

}  // namespace desk
