// How many comments an article has and which is the newest, for a page that asks whether there are new ones: a few bytes, cached
// like any page.
#pragma once

#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

MadePage show_comment_count(SiteParts& parts, const Visit& visit);  // /comment/count/17: {"comments":3,"newest":42}

}  // namespace web
