// GET /comment/events/ARTICLE: the numbers of an article's thread as server-sent events, one at once and one whenever they change.
#pragma once

#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

MadePage show_comment_events(SiteParts& parts, const Visit& visit);

}  // namespace web
