// SQL for addresses: which path leads where. Paths are given as text::address_key makes them, or as "?p=12" for addresses by
// query.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "news/address.h"

namespace store {

std::optional<news::AddressTarget> find_address(db::Connection& connection, std::string_view key);
// Replaces what stood there, unless it is an object's own address and `overwrite` is keep.
enum class Overwrite { keep, replace };
void set_address(db::Transaction& tx, std::string_view key, const news::AddressTarget& target,
                 Overwrite overwrite = Overwrite::replace);
// True if nothing was ever served there, not even a redirect.
bool is_address_free(db::Connection& connection, std::string_view key);

}  // namespace store
