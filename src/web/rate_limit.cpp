#include "web/rate_limit.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace web {
namespace {

constexpr std::int64_t token = 60;

}  // namespace

std::string client_network(std::string_view address) {
  in6_addr v6{};
  if (::inet_pton(AF_INET6, std::string(address).c_str(), &v6) != 1) return std::string(address);
  // An IPv4 address that a dual-stack socket reports (::ffff:192.0.2.1): its /64 would be everybody.
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return std::string(address);
  return "6:" + std::string(reinterpret_cast<const char*>(v6.s6_addr), 8);
}

std::string client_token(const base::Secrets& secrets, std::string_view address, base::Time now) {
  const auto day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
  const base::Digest digest = secrets.keyed_hash(base::Purpose::client, std::to_string(day) + " " + client_network(address));
  return {reinterpret_cast<const char*>(digest.data()), 8};
}

RateLimit::RateLimit(int per_minute, const base::Secrets& secrets, const base::Clock& clock, std::size_t most_clients)
    : per_minute_(per_minute), most_clients_(std::max<std::size_t>(most_clients, 2)), secrets_(secrets), clock_(clock) {}

int RateLimit::take(std::string_view client_address) {
  if (per_minute_ <= 0) return 0;
  const base::Time now = clock_.now();
  std::uint64_t client = 0;
  std::memcpy(&client, client_token(secrets_, client_address, now).data(), sizeof client);

  base::MutexLock lock(mutex_);
  Bucket& bucket = bucket_of(client, now);
  bucket.sixtieths = refilled(bucket, now);
  bucket.at = now;
  if (bucket.sixtieths >= token) {
    bucket.sixtieths -= token;
    return 0;
  }
  return static_cast<int>((token - bucket.sixtieths + per_minute_ - 1) / per_minute_);
}

std::size_t RateLimit::clients() const {
  base::MutexLock lock(mutex_);
  return young_.size() + old_.size();
}

std::int64_t RateLimit::refilled(const Bucket& bucket, base::Time now) const {
  const std::int64_t seconds = std::clamp<std::int64_t>((now - bucket.at).count(), 0, 60);
  return std::min(full(), bucket.sixtieths + seconds * per_minute_);
}

RateLimit::Bucket& RateLimit::bucket_of(std::uint64_t client, base::Time now) {
  const auto found = young_.find(client);
  if (found != young_.end()) return found->second;
  if (young_.size() >= most_clients_ / 2) {
    old_ = std::move(young_);
    young_.clear();
  }
  const auto before = old_.find(client);
  const Bucket bucket = before == old_.end() ? Bucket{full(), now} : before->second;
  if (before != old_.end()) old_.erase(before);
  return young_.emplace(client, bucket).first->second;
}

}  // namespace web
