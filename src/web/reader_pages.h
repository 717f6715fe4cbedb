// A reader's own pages, as they are asked for with GET: they show buttons and change nothing (invariant 5), so that a program
// which follows the links of mails does nothing by it. All are personal. A site without mail has none of them.
#pragma once

#include "base/result.h"
#include "view/pages.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

MadePage show_reader(SiteParts& parts, const Visit& visit);    // the form for a link, or who is signed in
MadePage show_confirm(SiteParts& parts, const Visit& visit);   // ?key=: the button that signs in
MadePage show_follow(SiteParts& parts, const Visit& visit);    // ?key=: the button that asks for mails about replies
MadePage show_unfollow(SiteParts& parts, const Visit& visit);  // ?key=: the button that ends them

// Needs no database.
http::Response reader_answer(const SiteParts& parts, int status, const view::ReaderPage& page);
// The refusal as such a page, or as JSON.
http::Response refuse_link(const SiteParts& parts, const Visit& visit, const base::Error& error);

}  // namespace web
