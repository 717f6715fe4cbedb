// The operator's log: one line an event on standard error, with time and level. It never holds a reader's email, network
// address, a capability or a secret (invariants 3 and 5): callers pass ids, paths without queries, and causes.
#pragma once

#include <string_view>

namespace base::log {

enum class Level { debug, info, warning, error };

// Lines below the level are dropped. Default: info. Thread-safe, like all of these.
void set_level(Level level);

void debug(std::string_view line);
void info(std::string_view line);
void warning(std::string_view line);
void error(std::string_view line);

}  // namespace base::log
