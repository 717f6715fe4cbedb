// Other hosts whose pictures articles may show: those the operator named in content.image_hosts, and those on which an import
// found pictures of the site's own that it could not bring along.
#pragma once

#include <string>
#include <vector>

#include "desk/desk.h"
#include "desk/intake.h"

namespace desk {

// Host names, each once.
std::vector<std::string> read_image_hosts(const Desk& desk);

// Remembers them with the site, for the pages' Content-Security-Policy. Those it knows already change nothing.
void allow_image_hosts(Intake& intake, const std::vector<std::string>& hosts);

}  // namespace desk
