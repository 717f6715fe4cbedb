// The comment form as it arrives: bytes of a request to typed values, without the database. Knows which fields there are and
// ignores every other; what a comment must hold is desk's to say. What was typed is always there to be given back, also when the
// form is refused (invariant 2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secrets.h"
#include "desk/post_comment.h"
#include "http/message.h"
#include "view/pages.h"

namespace web {

struct TypedComment {
  desk::CommentForm form;  // valid UTF-8
  std::string stamp;
  bool is_preview = false;           // "Preview" was pressed instead of "Post comment"
  std::optional<base::Error> error;  // {invalid, "form.damaged" | "form.too_many_fields"}: not as our form sends it
};
TypedComment parse_comment(const http::Request& request);

// The page's form with what was typed, and why it was refused.
view::CommentForm give_back(const TypedComment& typed, const base::Error& error, std::string fresh_stamp);

// The signed time in a public form, bound to its article. The same for an hour, so that a page made anew without change keeps its
// ETag.
std::string make_form_stamp(const base::Secrets& secrets, news::ArticleId article, base::Time now);
// Error{unproven, "form.unproven"}: forged, or for another article. Error{invalid, "form.expired"}: older than seven days.
base::Result<void> check_form_stamp(const base::Secrets& secrets, std::string_view stamp, news::ArticleId article,
                                    base::Time now);

// A body of the kind our forms send.
bool is_form(const http::Request& request);

// "12" to an id; 0 for anything else.
std::int64_t parse_id(std::string_view text);

}  // namespace web
