// Whether a form was sent by one of our own pages. Public pages have no session to carry a token, so the browser itself is the
// witness: it alone writes these headers, and no page of another site can. Missing proof is no proof (invariant 5).
#pragma once

#include <string_view>

#include "http/message.h"

namespace web {

// Sec-Fetch-Site decides where it is sent; else Origin; else Referer, which must name this host or the origin of `site_url`.
bool came_from_our_page(const http::Request& request, std::string_view site_url);

}  // namespace web
