// POST /password: opening a password-protected article. What it gives is a cookie good for that article alone; its pages are
// never cached.
#pragma once

#include <memory>

#include "base/result.h"
#include "http/server.h"
#include "news/ids.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

void take_password(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply);
void refuse_password(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error);

// What this reader's cookie says about the article, for desk to judge; empty if there is none.
std::string_view access_cookie(const Visit& visit, news::ArticleId id);

}  // namespace web
