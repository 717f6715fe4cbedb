// The permalink rules as the database holds them. Private to src/desk.
#pragma once

#include "db/database.h"
#include "news/site.h"

namespace desk {

news::PermalinkRules permalink_rules(db::Connection& connection);

}  // namespace desk
