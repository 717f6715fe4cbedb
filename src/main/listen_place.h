// Where a socket listens, as operators write it: "ADDRESS:PORT", "[::1]:8080", ":8080" or "8080".
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace cli {

struct ListenPlace {
  std::string address;
  std::uint16_t port = 0;  // 0 takes a free one
};

// Error{invalid, sentence with the remedy}. Without an address: 127.0.0.1.
base::Result<ListenPlace> parse_listen(const std::string& listen);

}  // namespace cli
