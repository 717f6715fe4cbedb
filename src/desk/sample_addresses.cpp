#include "desk/sample_addresses.h"

#include <random>

#include "store/walk.h"
#include "text/url.h"

namespace desk {
namespace {

constexpr int portion = 1000;

// Keys of addresses by query are "?p=12" (migrations/sqlite/0001_site.sql).
std::string to_target(const std::string& key) { return key.starts_with('?') ? "/" + key : text::percent_encode_path(key); }

}  // namespace

// One walk, keeping each address with the chance that it deserves (reservoir sampling), so that memory does not grow with the
// site.
std::vector<std::string> sample_addresses(const Desk& desk, std::size_t most, std::uint64_t seed) {
  std::vector<std::string> sample;
  std::mt19937_64 random(seed);
  std::size_t seen = 0;
  db::Reading reading = desk.database.read();
  std::string after;
  for (std::vector<store::StoredAddress> addresses;
       !(addresses = store::walk_addresses(reading.connection(), after, portion)).empty(); after = addresses.back().key) {
    for (const store::StoredAddress& address : addresses) {
      ++seen;
      if (sample.size() < most) {
        sample.push_back(to_target(address.key));
      } else if (const std::size_t place = std::uniform_int_distribution<std::size_t>(0, seen - 1)(random); place < most) {
        sample[place] = to_target(address.key);
      }
    }
  }
  sample.push_back("/");
  return sample;
}

}  // namespace desk
