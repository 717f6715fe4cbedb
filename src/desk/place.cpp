#include "desk/place.h"

#include <stdexcept>

#include "base/format.h"
#include "base/secrets.h"
#include "store/addresses.h"
#include "text/slug.h"
#include "text/url.h"
#include "text/utf8.h"

namespace desk {
namespace {

constexpr int most_numbered = 100;
constexpr int most_tried = 300;
constexpr std::size_t longest_slug = 600;  // WordPress stores 200 bytes of it, percent-encoded or not

}  // namespace

std::optional<std::string> key_of_address(std::string_view address) {
  if (address.starts_with("/?") && address.size() > 2) return std::string(address.substr(1));
  if (!address.starts_with('/') || address.find_first_of("?#") != std::string_view::npos) return std::nullopt;
  return text::address_key(address);
}

bool may_take(db::Connection& connection, std::string_view address, const news::AddressTarget& owner, Claim claim) {
  const std::optional<std::string> key = key_of_address(address);
  if (!key || *key == "/") return false;  // the front page stands there
  const std::optional<news::AddressTarget> present = store::find_address(connection, *key);
  if (!present) return true;
  if (owner.object_id != 0 && present->kind == owner.kind && present->object_id == owner.object_id) return true;
  const bool is_second_hand = present->kind == news::AddressKind::redirect || present->kind == news::AddressKind::gone;
  return claim == Claim::also_redirects && is_second_hand;
}

bool is_slug(std::string_view slug) {
  if (slug.empty() || slug.size() > longest_slug) return false;
  const std::string plain = text::percent_decode(slug).value_or(std::string(slug));
  if (!text::is_valid_utf8(plain) || plain.find('/') != std::string::npos) return false;
  const std::optional<std::string> key = text::address_key("/" + text::percent_encode_path(plain));
  return key && *key != "/";
}

std::string slug_or(std::string_view slug, std::string_view name, std::string_view fallback) {
  if (is_slug(slug)) return std::string(slug);
  for (const std::string_view source : {slug, name}) {
    if (std::string made = text::slugify(text::to_valid_utf8(source)); !made.empty()) return made;
  }
  return std::string(fallback);
}

std::string first_free(std::string_view base, const std::function<bool(const std::string&)>& is_free) {
  std::string candidate(base);
  // A thousand stories of one name must not make each look at all before it.
  for (int number = 2; !is_free(candidate); ++number) {
    if (number > most_tried) throw std::runtime_error(base::format("there is no free address for \"{}\"", base));
    candidate = number <= most_numbered ? base::format("{}-{}", base, number) : base::format("{}-{}", base, base::random_hex(4));
  }
  return candidate;
}

}  // namespace desk
