// The pages that anybody gets with GET: each reads what it needs in desk, has view render it, and says what it was made from.
// They change nothing (invariant 5), and read no cookie but for an article with a password.
#pragma once

#include "base/result.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

MadePage show_front(SiteParts& parts, const Visit& visit);  // and WordPress's addresses by query: /?p=12, /?s=words
MadePage show_search(SiteParts& parts, const Visit& visit);
MadePage show_comment_place(SiteParts& parts, const Visit& visit);  // /comment/17 leads to where it stands
MadePage show_address(SiteParts& parts, const Visit& visit);  // everything that is stored in the newsroom's addresses, and dates

// 404 or 410 with ways on.
MadePage refused(const SiteParts& parts, const Visit& visit, const base::Error& error);
MadePage not_found(const SiteParts& parts, const Visit& visit);

// Every page shows the frame.
std::vector<news::Source> with_frame(std::vector<news::Source> sources);

}  // namespace web
