// Named numbers of the site that are neither settings nor counts of rows.
#pragma once

#include <cstdint>
#include <string_view>

#include "db/database.h"

namespace store {

// 0 if it was never set.
std::int64_t find_counter(db::Connection& connection, std::string_view name);
void set_counter(db::Transaction& tx, std::string_view name, std::int64_t value);

// One more than the last one, from 1 on. A number that was given never comes again.
std::int64_t next_number(db::Transaction& tx, std::string_view name);

}  // namespace store
