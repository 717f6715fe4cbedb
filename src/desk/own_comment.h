// One's own words: what the author of a comment may see, change and take away, by capabilities and without an account. An edit is
// a new submission (invariant 6): what everybody sees stays until the rules or a person let the new text pass. Nothing is thrown
// away: every version is kept for moderators.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/desk.h"
#include "desk/post_comment.h"
#include "news/comment.h"

namespace desk {

// What the page after posting tells the author.
struct OwnComment {
  news::Comment comment;
  std::string edit;    // the capability to change it; empty: it can't be changed any more
  std::string remove;  // to delete it; empty: it is deleted
  base::Time edit_until{};
  std::optional<text::Html> waiting;  // an edit that only its author sees so far
};
// By PostedComment::capability. Nothing if it is forged, expired, or for something else.
std::optional<OwnComment> read_own_comment(const Desk& desk, std::string_view posted);

// A comment on the form that changes or deletes it.
struct CommentTask {
  news::Comment comment;
  std::string source;    // its newest text, which may be one that waits
  std::string headline;  // of its article
  std::string address;   // where it stands
};
// Error{unproven, "comment.edit.over"} | Error{unproven, "comment.delete.over"}: no such capability, or not any more.
base::Result<CommentTask> read_for_edit(const Desk& desk, std::string_view capability);
base::Result<CommentTask> read_for_delete(const Desk& desk, std::string_view capability);

// The comment's new text, or why not: as above, or Error{invalid} with the field comment. The answer's verdict is that of the new
// text. Waits for the commit.
base::Result<PostedComment> edit_comment(const Desk& desk, Actor actor, std::string_view capability, const std::string& text);

// Takes text, name and website from the page; its place stays where replies hang on it. The answer leads to the thread. Deleting
// twice is deleting once. Waits for the commit.
base::Result<PostedComment> delete_comment(const Desk& desk, std::string_view capability);

}  // namespace desk
