#include "http/client_connections.h"

#include <gtest/gtest.h>

namespace http {
namespace {

NetworkAddress address(std::string_view text) { return *NetworkAddress::parse(text); }

TEST(ClientConnections, Counts_each_client_for_itself) {
  ClientConnections connections;
  EXPECT_EQ(connections.add(address("192.0.2.1")), 1u);
  EXPECT_EQ(connections.add(address("192.0.2.1")), 2u);
  EXPECT_EQ(connections.add(address("192.0.2.2")), 1u);
  connections.remove(address("192.0.2.1"));
  EXPECT_EQ(connections.add(address("192.0.2.1")), 2u);
}

TEST(ClientConnections, An_ipv6_network_is_one_client_and_an_ipv4_address_is_one) {
  ClientConnections connections;
  EXPECT_EQ(connections.add(address("2001:db8:1:2::1")), 1u);
  EXPECT_EQ(connections.add(address("2001:db8:1:2:ffff:ffff:ffff:ffff")), 2u);
  EXPECT_EQ(connections.add(address("2001:db8:1:3::1")), 1u);
  EXPECT_EQ(connections.add(address("::ffff:192.0.2.1")), 1u);
  EXPECT_EQ(connections.add(address("192.0.2.1")), 2u);
  EXPECT_EQ(connections.add(address("192.0.2.3")), 1u);
}

TEST(ClientConnections, Remembers_nobody_who_has_left) {
  ClientConnections connections;
  for (int i = 0; i < 200; ++i) {
    const NetworkAddress client = address("10.0.0." + std::to_string(i));
    connections.add(client);
    connections.add(client);
    connections.remove(client);
    connections.remove(client);
    connections.remove(client);
  }
  EXPECT_EQ(connections.clients(), 0u);
}

}  // namespace
}  // namespace http
