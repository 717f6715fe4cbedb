// How often one client may do something: a bucket of tokens per client that fills evenly over a minute. It knows clients only by
// a keyed hash of their network address (invariant 3), and its memory is bounded whatever clients do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/secrets.h"

namespace web {

// What stands for the client of a request: an IPv4 address whole, an IPv6 address by its /64, because one subscriber has all of
// that.
std::string client_network(std::string_view address);

// What the site knows a client by: a keyed hash of its network and the day, so that nobody can follow it from one day to the
// next.
std::string client_token(const base::Secrets& secrets, std::string_view address, base::Time now);

// Thread-safe.
class RateLimit {
 public:
  // `per_minute` 0: no limit. At most `most_clients` are remembered; beyond that those are forgotten that have not come for
  // longest.
  RateLimit(int per_minute, const base::Secrets& secrets, const base::Clock& clock, std::size_t most_clients = 65'536);

  // Takes a token of this client. Gives 0, or how many seconds to wait for the next.
  int take(std::string_view client_address) EXCLUDES(mutex_);
  std::size_t clients() const EXCLUDES(mutex_);

 private:
  // Tokens in sixtieths: a minute's limit is refilled by `per_minute` sixtieths a second, in whole numbers.
  struct Bucket {
    std::int64_t sixtieths = 0;
    base::Time at{};
  };
  std::int64_t full() const { return std::int64_t{per_minute_} * 60; }
  std::int64_t refilled(const Bucket& bucket, base::Time now) const;
  Bucket& bucket_of(std::uint64_t client, base::Time now) REQUIRES(mutex_);

  const int per_minute_;
  const std::size_t most_clients_;
  const base::Secrets& secrets_;
  const base::Clock& clock_;
  mutable base::Mutex mutex_;
  // Two generations. A client who comes moves to the young one; when that is half of what may be remembered, it becomes the old
  // one and the old one is forgotten at once. So no request ever pays for looking through all clients.
  using Buckets = std::unordered_map<std::uint64_t, Bucket>;
  Buckets young_ GUARDED_BY(mutex_);
  Buckets old_ GUARDED_BY(mutex_);
};

}  // namespace web
