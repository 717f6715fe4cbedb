// How many connections each client holds at the moment, so that one of them cannot take all the room. It knows an IPv4 address
// whole and an IPv6 address by its /64, because one subscriber has all of that. It remembers nobody who holds none: its memory
// is bounded by the number of connections.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "base/mutex.h"
#include "http/client_address.h"

namespace http {

// Thread-safe.
class ClientConnections {
 public:
  ClientConnections();

  // One more; gives how many the client holds with it.
  std::size_t add(const NetworkAddress& client) EXCLUDES(mutex_);
  // One less. Each add has its remove.
  void remove(const NetworkAddress& client) EXCLUDES(mutex_);
  std::size_t clients() const EXCLUDES(mutex_);

 private:
  // Seeded, so that nobody can choose addresses that fall into one bucket.
  struct Hash {
    std::uint64_t seed;
    std::size_t operator()(const NetworkAddress& network) const noexcept;
  };

  mutable base::Mutex mutex_;
  std::unordered_map<NetworkAddress, std::size_t, Hash> held_ GUARDED_BY(mutex_);
};

}  // namespace http
