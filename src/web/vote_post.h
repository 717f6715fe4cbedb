// POST /comment/vote: one of the fields up, down and none holds the number of the comment. JSON for scripts.
#pragma once

#include <memory>

#include "base/result.h"
#include "http/server.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

void take_vote(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
void refuse_vote(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error);

}  // namespace web
