// SQL for the memory of imports: which foreign object became which of ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "db/database.h"

namespace store {

struct ForeignKey {
  std::string_view origin;     // "wordpress:https://example.org"
  std::string_view kind;       // "post"
  std::string_view source_id;  // "17"
};

std::optional<std::int64_t> find_imported(db::Connection& connection, const ForeignKey& key);
void remember_imported(db::Transaction& tx, const ForeignKey& key, std::int64_t object_id);

}  // namespace store
