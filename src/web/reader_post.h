// The buttons of a reader's own pages. Asking for a link is answered alike whatever the address is; what changes something for a
// reader needs a capability from a mail, or the session.
#pragma once

#include <memory>

#include "base/result.h"
#include "http/server.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

void take_sign_in(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
void take_confirm(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
void take_sign_out(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
void take_follow(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
// Also "List-Unsubscribe=One-Click" to the address in a mail's header (RFC 8058): the capability is in the query then.
void take_unfollow(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);

void refuse_sign_in(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error);
void refuse_reader(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error);

}  // namespace web
