// Listening sockets, one for each I/O thread, that share an address.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/result.h"

namespace http {

struct Listeners {
  std::vector<base::Descriptor> sockets;  // TCP, not blocking, close on exec, listening
  std::string address = {};         // numeric, the one that was bound, as are the next two
  std::uint16_t port = 0;
  bool is_v6 = false;
};

// `address` is numeric, or "localhost". Error{unavailable, sentence with the remedy} if it is taken, not ours, or not allowed.
base::Result<Listeners> listen_on(const std::string& address, std::uint16_t port, unsigned count);
// Sockets that somebody else has opened: from a service manager or from a server that leaves. Each is copied until there are `count`, so that every
// I/O thread has one; where there are more, there are as many as were given. Error{unavailable, sentence} if one is no listening TCP socket.
base::Result<Listeners> adopt(std::vector<base::Descriptor> given, unsigned count);

}  // namespace http
