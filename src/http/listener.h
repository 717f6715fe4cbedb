// Listening sockets, one for each I/O thread, that share an address.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/descriptor.h"

namespace http {

struct Listeners {
  std::vector<Descriptor> sockets;  // TCP, not blocking, close on exec, listening
  std::uint16_t port = 0;           // the one that was bound
  bool is_v6 = false;
};

// `address` is numeric, or "localhost". Error{unavailable, sentence with the remedy} if it is taken, not ours, or not allowed.
base::Result<Listeners> listen_on(const std::string& address, std::uint16_t port, unsigned count);

}  // namespace http
