// From the address of a request to what it means: WordPress's addresses by query, stored addresses with what may hang below them
// (/page/2, /comment-page-2, /2), date archives, and the one canonical way in which each is written. Every other way of writing
// one is a single 301 (invariant 7).
#pragma once

#include <optional>

#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

// For "/" and "/index.php": /?p=12, ?page_id=, ?attachment_id=, ?cat=, ?author=, ?m=202611, ?s=words. Nothing if the query means
// none of them.
std::optional<MadePage> show_by_query(SiteParts& parts, const Visit& visit);

}  // namespace web
