// Who the client is: the peer of the connection, or, when that is a proxy the operator trusts, whom the proxy names. Headers from
// anybody else are never believed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace http {

// An IPv4 address is kept as its IPv6 form ::ffff:a.b.c.d.
struct NetworkAddress {
  std::array<std::uint8_t, 16> bytes{};

  // "192.0.2.1", "2001:db8::1"; nothing for anything else.
  static std::optional<NetworkAddress> parse(std::string_view text);
  std::string to_string() const;
  bool operator==(const NetworkAddress&) const = default;
};

// What one subscriber has: an IPv4 address itself, the /64 of an IPv6 address.
NetworkAddress network_of(const NetworkAddress& address);
// 127.0.0.1 and ::1, and no other of the loopback's.
bool is_this_machine(const NetworkAddress& address);

class TrustedProxies {
 public:
  // Addresses or ranges: "10.0.0.0/8", "::1". Error{unavailable, sentence} names the first that is neither.
  static base::Result<TrustedProxies> parse(const std::vector<std::string>& texts);

  bool contains(const NetworkAddress& address) const;

  // Fills `client` and `secure` of the request. X-Forwarded-For is read from the right, and the first address that is not a
  // trusted proxy is the client; so is Forwarded (RFC 7239). If both are there and name different clients, one of them came
  // through from outside, and neither is believed. A client that is a proxy which sends neither, or this machine itself, is
  // marked as many: it is a proxy that nobody named or the operator, and a limit on it would shut everybody out.
  void name_client(Request& request, const NetworkAddress& peer) const;

 private:
  struct Range {
    NetworkAddress first;
    unsigned bits;
  };
  NetworkAddress walk(const std::vector<std::string_view>& hops, const NetworkAddress& peer) const;

  std::vector<Range> ranges_;
};

}  // namespace http
