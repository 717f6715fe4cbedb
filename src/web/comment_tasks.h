// What a reader does with one comment on a page of its own: change or delete one's own by capability, report somebody's. GET
// shows a form with a button, POST does it (invariant 5); a refusal gives the words back (invariant 2). None of these answers is
// kept by anybody.
#pragma once

#include <memory>

#include "base/result.h"
#include "http/server.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

MadePage show_comment_edit(SiteParts& parts, const Visit& visit);  // ?grant=
void take_comment_edit(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
void refuse_comment_edit(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error);

MadePage show_comment_delete(SiteParts& parts, const Visit& visit);  // ?grant=
void take_comment_delete(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
void refuse_comment_delete(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error);

MadePage show_comment_report(SiteParts& parts, const Visit& visit);  // ?comment=17, and &sent=1 afterwards
void take_comment_report(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
void refuse_comment_report(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error);

}  // namespace web
