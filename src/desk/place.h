// Free slugs and addresses. Private to src/desk.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "db/database.h"
#include "news/address.h"

namespace desk {

// The key under which an address is looked up: text::address_key, or "?p=12" for "/?p=12". Nothing if it is no path of this site.
std::optional<std::string> key_of_address(std::string_view address);

// What may take an address.
enum class Claim {
  free_only,       // nothing ever stood there: addresses that we make up
  also_redirects,  // a second address or a removed thing may be replaced, what stands there itself may not: addresses that are
                   // asked for
};
bool may_take(db::Connection& connection, std::string_view address, const news::AddressTarget& owner, Claim claim);

// What can be one part of an address, percent-encoded or not: valid UTF-8 without a slash or control characters, not "." or "..",
// of bearable length.
bool is_slug(std::string_view slug);
// `slug` if it is one, else the most alike that can be made of it, of `name`, or `fallback`.
std::string slug_or(std::string_view slug, std::string_view name, std::string_view fallback);

// `base`, "base-2", "base-3" … : the first that is free. Precondition: some of them is, whatever stands where; std::runtime_error
// after a few hundred that are not.
std::string first_free(std::string_view base, const std::function<bool(const std::string&)>& is_free);

}  // namespace desk
