#include "http/client_connections.h"

#include <cstring>
#include <random>

namespace http {

namespace {

std::uint64_t random_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

// A multiplication spreads low bits upwards only; the fold brings the high ones back.
std::uint64_t mix(std::uint64_t word) {
  word *= 0x9e3779b97f4a7c15;
  word ^= word >> 32;
  word *= 0xd1b54a32d192ed03;
  return word ^ (word >> 29);
}

}  // namespace

std::size_t ClientConnections::Hash::operator()(const NetworkAddress& network) const noexcept {
  std::uint64_t high = 0, low = 0;
  std::memcpy(&high, network.bytes.data(), 8);
  std::memcpy(&low, network.bytes.data() + 8, 8);
  return static_cast<std::size_t>(mix(mix(high ^ seed) + low));
}

ClientConnections::ClientConnections() : held_(0, Hash{random_seed()}) {}

std::size_t ClientConnections::add(const NetworkAddress& client) {
  const base::MutexLock lock(mutex_);
  return ++held_[network_of(client)];
}

void ClientConnections::remove(const NetworkAddress& client) {
  const base::MutexLock lock(mutex_);
  const auto found = held_.find(network_of(client));
  if (found != held_.end() && --found->second == 0) held_.erase(found);
}

std::size_t ClientConnections::clients() const {
  const base::MutexLock lock(mutex_);
  return held_.size();
}

}  // namespace http
