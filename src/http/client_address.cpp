#include "http/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "base/format.h"
#include "http/syntax.h"

namespace http {

namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_v4(const NetworkAddress& address) { return std::memcmp(address.bytes.data(), v4_prefix.data(), v4_prefix.size()) == 0; }

bool shares_bits(const NetworkAddress& a, const NetworkAddress& b, unsigned bits) {
  if (std::memcmp(a.bytes.data(), b.bytes.data(), bits / 8) != 0) return false;
  if (bits % 8 == 0) return true;
  const unsigned mask = 0xffu << (8 - bits % 8);
  return ((a.bytes[bits / 8] ^ b.bytes[bits / 8]) & mask & 0xffu) == 0;
}

// "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711", and these in double quotes.
std::optional<NetworkAddress> parse_hop(std::string_view hop) {
  hop = trim(hop);
  if (hop.size() >= 2 && hop.front() == '"' && hop.back() == '"') hop = hop.substr(1, hop.size() - 2);
  if (hop.starts_with('[')) {
    const std::size_t end = hop.find(']');
    const bool is_whole = end != std::string_view::npos && (end + 1 == hop.size() || hop[end + 1] == ':');
    return is_whole ? NetworkAddress::parse(hop.substr(1, end - 1)) : std::nullopt;
  }
  if (hop.find(':') == hop.rfind(':')) hop = hop.substr(0, hop.find(':'));
  return NetworkAddress::parse(hop);
}

std::vector<std::string_view> list_of(const Request& request, std::string_view name) {
  std::vector<std::string_view> items;
  for (const Header& header : request.headers) {
    if (!equals_ignoring_case(header.name, name)) continue;
    for (std::string_view rest = header.value; !rest.empty();) items.push_back(trim(cut_until(rest, ',')));
  }
  return items;
}

// A parameter of one element of Forwarded: "for=192.0.2.43;proto=https".
std::string_view parameter_of(std::string_view element, std::string_view name) {
  while (!element.empty()) {
    std::string_view pair = trim(cut_until(element, ';'));
    if (equals_ignoring_case(trim(cut_until(pair, '=')), name)) return trim(pair);
  }
  return {};
}

std::string_view without_quotes(std::string_view text) {
  return text.size() >= 2 && text.front() == '"' && text.back() == '"' ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

std::optional<NetworkAddress> NetworkAddress::parse(std::string_view text) {
  const std::string zero_ended(text);
  if (zero_ended.find('\0') != std::string::npos) return std::nullopt;
  NetworkAddress address;
  if (::inet_pton(AF_INET6, zero_ended.c_str(), address.bytes.data()) == 1) return address;
  std::memcpy(address.bytes.data(), v4_prefix.data(), v4_prefix.size());
  if (::inet_pton(AF_INET, zero_ended.c_str(), address.bytes.data() + v4_prefix.size()) == 1) return address;
  return std::nullopt;
}

std::string NetworkAddress::to_string() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool short_form = is_v4(*this);
  ::inet_ntop(short_form ? AF_INET : AF_INET6, bytes.data() + (short_form ? v4_prefix.size() : 0), text.data(), text.size());
  return text.data();
}

NetworkAddress network_of(const NetworkAddress& address) {
  NetworkAddress network = address;
  if (!is_v4(address)) std::fill(network.bytes.begin() + 8, network.bytes.end(), std::uint8_t{0});
  return network;
}

bool is_this_machine(const NetworkAddress& address) {
  static const NetworkAddress v4 = *NetworkAddress::parse("127.0.0.1"), v6 = *NetworkAddress::parse("::1");
  return address == v4 || address == v6;
}

base::Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& texts) {
  TrustedProxies proxies;
  for (const std::string& text : texts) {
    std::string_view rest = text;
    const auto address = NetworkAddress::parse(trim(cut_until(rest, '/')));
    const bool has_length = text.find('/') != std::string::npos;
    const unsigned longest = address && is_v4(*address) ? 32 : 128;
    const auto length = has_length ? parse_decimal(trim(rest)) : longest;
    if (!address || !length || *length > longest) {
      return base::Error{base::Errc::unavailable,
                         base::format("http.trusted_proxies: \"{}\" is neither an address nor a range such as 10.0.0.0/8", text),
                         {}};
    }
    proxies.ranges_.push_back({*address, static_cast<unsigned>(*length) + 128 - longest});
  }
  return proxies;
}

bool TrustedProxies::contains(const NetworkAddress& address) const {
  for (const Range& range : ranges_) {
    if (shares_bits(range.first, address, range.bits)) return true;
  }
  return false;
}

// Each hop was written by the machine to its right, so it counts only while that one is trusted. What is no address (an
// obfuscated name, "unknown") ends the walk at the last machine that is known.
NetworkAddress TrustedProxies::walk(const std::vector<std::string_view>& hops, const NetworkAddress& peer) const {
  NetworkAddress client = peer;
  for (auto hop = hops.rbegin(); hop != hops.rend() && contains(client); ++hop) {
    const auto named = parse_hop(*hop);
    if (!named) break;
    client = *named;
  }
  return client;
}

void TrustedProxies::name_client(Request& request, const NetworkAddress& peer) const {
  request.client = peer.to_string();
  request.client_is_many = is_this_machine(peer);
  if (!contains(peer)) return;
  const std::vector<std::string_view> forwarded_for = list_of(request, "x-forwarded-for");
  const std::vector<std::string_view> elements = list_of(request, "forwarded");
  std::vector<std::string_view> hops;
  for (const std::string_view element : elements) hops.push_back(parameter_of(element, "for"));

  request.client_is_many = forwarded_for.empty() && elements.empty();
  const NetworkAddress by_list = walk(forwarded_for, peer);
  const NetworkAddress by_element = walk(hops, peer);
  if (forwarded_for.empty())
    request.client = by_element.to_string();
  else if (elements.empty() || by_list == by_element)
    request.client = by_list.to_string();

  const std::vector<std::string_view> protocols = list_of(request, "x-forwarded-proto");
  const std::string_view protocol = !protocols.empty() ? protocols.back()
                                    : elements.empty() ? ""
                                                       : parameter_of(elements.back(), "proto");
  request.secure = equals_ignoring_case(without_quotes(protocol), "https");
}

}  // namespace http
