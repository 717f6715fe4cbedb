// The headers that stand on every answer of the site, whatever handler made it (invariant 4 stands behind the sanitiser here).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "news/site.h"

namespace web {

// Nothing may be loaded or sent but what this site serves, and pictures and media from the hosts that the operator named. An
// image host that is no plain host name is left out: it could smuggle a directive in.
std::string make_content_security_policy(const std::vector<std::string>& image_hosts);

// Adds what a handler did not set itself. `secure`: the request came over TLS.
void add_security_headers(http::Response& response, const std::string& policy, const news::SiteSettings& settings, bool secure);

}  // namespace web
