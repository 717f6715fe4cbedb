// What `broadsheet check` asks of the database itself.
#pragma once

#include <functional>
#include <string>

#include "db/database.h"

namespace store {

// Calls `found` with a sentence for each thing that is wrong: SQLite's own integrity check, counts that differ from what they
// count, list entries without article, threads out of order, comments without article, addresses that lead nowhere, articles
// without address, search rows missing.
void check_integrity(db::Connection& connection, const std::function<void(std::string)>& found);

}  // namespace store
