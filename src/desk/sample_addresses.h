// Which pages to look at when all would be too many: the drill compares them before and after. It reads addresses, never content.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "desk/desk.h"

namespace desk {

// The front page and at most `most` of the site's addresses, percent-encoded as a browser would ask for them, each address as
// likely as any other; the same seed chooses the same ones. All of them if there are no more.
std::vector<std::string> sample_addresses(const Desk& desk, std::size_t most, std::uint64_t seed);

}  // namespace desk
