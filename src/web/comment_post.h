// POST /comment: from a request to desk::post_comment and back to an answer. Nothing waits for the commit: the reply is handed on
// and sent from where the commit is. Every refusal gives the form back with the reader's text in it (invariant 2), as JSON for
// scripts.
#pragma once

#include <memory>

#include "base/result.h"
#include "http/server.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

void take_comment(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
void refuse_comment(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error);

}  // namespace web
