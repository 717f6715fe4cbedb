// What every use case needs, passed as one thing. A use case is a verb with a file of its own; it loads, lets the rules of news
// decide, and stores in one transaction. The acting person is always an argument, never ambient.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/secrets.h"
#include "db/database.h"
#include "news/site.h"
#include "text/date_time.h"

namespace desk {

// Borrows everything; main owns it. Thread-safe as its parts are.
struct Desk {
  db::Database& database;
  const base::Clock& clock;
  const base::Secrets& secrets;
  const news::SiteSettings& settings;
  const text::TimeZone& zone;
};

// Who acts. Staff accounts come later; today there are readers, and the operator at the command line, who may do everything.
struct Actor {
  enum class Role { reader, operator_ } role = Role::reader;
  news::ReaderId reader;       // a returning reader who proved it with their cookie; none otherwise
  news::ReaderId signed_in{};  // one who opened a mailed link in this browser, and did not sign out since
  std::string client{};        // keyed token of the network address and the day; bounds what one can cause
};

inline const Actor operator_at_the_command_line{.role = Actor::Role::operator_, .reader = {}};

}  // namespace desk
