// Who sends a form, by the cookies that only forms and the reader's own pages get to see: no public page can vary by them.
//   reader   (Path=/comment)           given with every comment: the same browser writes again
//   session  (Path=/comment, /reader)  given for a mailed link: the owner of an address is signed in
#pragma once

#include <string>
#include <string_view>

#include "desk/desk.h"
#include "http/message.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

// Reads the database. The client is a token of the day.
desk::Actor actor_of(const SiteParts& parts, const Visit& visit);
std::string_view session_cookie(const Visit& visit);

// One cookie for each path that gets it. An empty session takes them back, and the cookie of a returning reader with them:
// whoever signs out leaves nothing behind.
void set_session(http::Response& response, const SiteParts& parts, const Visit& visit, const std::string& session);

// The first language of Accept-Language that mails are written in, or else the site's.
std::string language_of(const Visit& visit, std::string_view site_language);

}  // namespace web
