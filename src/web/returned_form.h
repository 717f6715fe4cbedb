// The answer to a form that no handler gets to see, because the server is too busy, or the form too large or too slow: what was
// written goes back (invariant 2). Runs on an I/O thread: no database, no waiting, work bounded by the request's size.
#pragma once

#include <optional>

#include "http/message.h"
#include "web/site_parts.h"

namespace web {

// 503, 413 or 408. Nothing for what is no form of ours, and for any other status: a plain answer does.
std::optional<http::Response> return_form(const SiteParts& parts, const http::Request& request, int status);

}  // namespace web
