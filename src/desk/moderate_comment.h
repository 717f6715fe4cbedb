// Verdicts of people on comments, and the lists they choose from.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "desk/desk.h"
#include "news/comment.h"

namespace desk {

// Error{not_found, sentence} names the first id that does not exist; then nothing is changed. Error{forbidden} unless the actor
// may moderate. Publishing this way refuses what was edited, as publish_comments does. A decision closes what readers reported.
base::Result<void> moderate_comments(const Desk& desk, Actor actor, const std::vector<news::CommentId>& ids,
                                     news::CommentStatus status);

// The text that somebody read before deciding: what is published must be what was checked (invariant 10).
struct SeenVersion {
  news::CommentId comment;
  int version = 0;  // 0: the comment was seen without an edit
};
// Publishes comments as they were seen; an edit that waits takes the place of the version before. Error{conflict, sentence} if a
// comment has another text by now, or if its author deleted it; then nothing is changed.
base::Result<void> publish_comments(const Desk& desk, Actor actor, const std::vector<SeenVersion>& seen);
// What everybody sees stays as it is. Error{conflict, sentence} if no such edit waits.
base::Result<void> refuse_edit(const Desk& desk, Actor actor, SeenVersion seen);

// Every text it had, the oldest first.
base::Result<std::vector<news::CommentVersion>> list_versions(const Desk& desk, Actor actor, news::CommentId id);
// Comments with an edit that waits, each with the text of that edit. Newest first.
base::Result<std::vector<news::Comment>> list_edits(const Desk& desk, Actor actor, int most);

// Changes the marks of a comment. Error{not_found} | Error{conflict}: only a published comment of its own can be pinned.
enum class Mark { pinned, picked, by_author };
base::Result<void> mark_comment(const Desk& desk, Actor actor, news::CommentId id, Mark mark, bool set);

// Newest first, at most `most`. For those who may moderate.
base::Result<std::vector<news::Comment>> list_comments(const Desk& desk, Actor actor, std::optional<news::CommentStatus> status,
                                                       int most);

}  // namespace desk
