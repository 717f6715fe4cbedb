#include "desk/settings_rows.h"

#include "news/permalink.h"
#include "store/taxonomy.h"

namespace desk {

news::PermalinkRules permalink_rules(db::Connection& connection) {
  return news::permalink_rules_from([&](std::string_view name) { return store::find_setting(connection, name); });
}

}  // namespace desk
