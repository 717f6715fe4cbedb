// What `broadsheet check` asks of the database itself.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "db/database.h"

namespace store {

// How far to look. quick: everything that can be wrong but whether SQLite's indexes agree with their tables, which takes several
// times as long as all the rest.
enum class Thoroughness { quick, thorough };

struct CheckReport {
  std::function<void(std::string)> found;  // a sentence for each thing that is wrong
  std::function<void(const std::string& stage, std::int64_t done, std::int64_t total)>
      progress;  // may be empty; total 0: unknown
};

// SQLite's own check, counts that differ from what they count, list entries without article, threads out of order, comments
// without article, addresses that lead nowhere, articles without address, search rows missing. Each table is walked in its own
// order; besides a number for each reader, memory does not grow with the site.
void check_integrity(db::Connection& connection, Thoroughness thoroughness, const CheckReport& report);

}  // namespace store
