// Forwarding headers: a client who writes whatever it likes into them never becomes somebody else.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/client_address.h"

namespace {

std::string client_of(std::string_view peer, std::vector<http::Header> headers) {
  static const auto proxies = http::TrustedProxies::parse({"10.0.0.0/8", "2001:db8::/32"});
  http::Request request;
  request.headers = std::move(headers);
  proxies->name_client(request, *http::NetworkAddress::parse(peer));
  if (!http::NetworkAddress::parse(request.client)) std::abort();
  return request.client;
}

void demand(bool claim) {
  if (!claim) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  // A stranger is believed nothing.
  demand(client_of("192.0.2.1", {{"X-Forwarded-For", text}, {"Forwarded", text}}) == "192.0.2.1");
  // The nearest proxy wrote the end of the list.
  demand(client_of("10.1.1.1", {{"X-Forwarded-For", text + ", 203.0.113.9"}}) == "203.0.113.9");
  demand(client_of("10.1.1.1", {{"X-Forwarded-For", text}, {"X-Forwarded-For", "203.0.113.9"}}) == "203.0.113.9");
  demand(client_of("10.1.1.1", {{"Forwarded", text + ", for=203.0.113.9"}}) == "203.0.113.9");
  // A header that the proxy does not know comes through from outside: it can make the two disagree, and no more.
  const std::string client = client_of("10.1.1.1", {{"Forwarded", text}, {"X-Forwarded-For", "203.0.113.9"}});
  demand(client == "203.0.113.9" || client == "10.1.1.1");
  // On its own it names an address or nobody.
  client_of("10.1.1.1", {{"X-Forwarded-For", text}});
  const auto address = http::NetworkAddress::parse(text);
  if (address) demand(http::NetworkAddress::parse(address->to_string()) == address);
  return 0;
}
