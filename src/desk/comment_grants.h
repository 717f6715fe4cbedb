// The capabilities over one comment that its author is given: seeing it while it is held, changing it, deleting it. Private to
// src/desk. Each is bound to its purpose, the comment, its reader and a time (invariant 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "desk/desk.h"
#include "news/comment.h"

namespace desk {

// How long an author may see their own comment in its place, and delete it.
inline constexpr std::chrono::days own_comment_lasts{30};

// `purpose`: held_comment, edit_comment or delete_comment. The expiry counts from when the comment was written, so that asking
// twice gives the same.
std::string grant_comment(const Desk& desk, base::Purpose purpose, const news::Comment& comment);
// The comment that `token` opens for this purpose; none unless it is still that reader's.
std::optional<news::Comment> redeem_comment(const Desk& desk, db::Connection& connection, base::Purpose purpose,
                                            std::string_view token);

}  // namespace desk
