#include "http/client_address.h"

#include <gtest/gtest.h>

namespace http {
namespace {

Request with(std::vector<Header> headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

std::string name(const std::vector<std::string>& proxies, std::string_view peer, std::vector<Header> headers) {
  Request request = with(std::move(headers));
  const auto trusted = TrustedProxies::parse(proxies);
  trusted->name_client(request, *NetworkAddress::parse(peer));
  return request.client + (request.secure ? " secure" : "");
}

TEST(Client, Is_the_peer_while_nobody_is_trusted) {
  EXPECT_EQ(name({}, "192.0.2.1", {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}}), "192.0.2.1");
  EXPECT_EQ(name({"10.0.0.0/8"}, "192.0.2.1", {{"Forwarded", "for=203.0.113.9;proto=https"}}), "192.0.2.1");
}

TEST(Client, Is_the_right_most_address_that_is_no_trusted_proxy) {
  const std::vector<std::string> proxies{"10.0.0.0/8", "2001:db8::/32"};
  EXPECT_EQ(name(proxies, "10.1.1.1", {{"X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.2.2.2"}}), "203.0.113.9");
  EXPECT_EQ(name(proxies, "10.1.1.1", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "203.0.113.9:4711"}}), "203.0.113.9");
  EXPECT_EQ(name(proxies, "2001:db8::1", {{"X-Forwarded-For", "[2001:db9::5]:80"}}), "2001:db9::5");
  EXPECT_EQ(name(proxies, "::ffff:10.1.1.1", {{"X-Forwarded-For", "::ffff:203.0.113.9"}}), "203.0.113.9");
  EXPECT_EQ(name(proxies, "10.1.1.1", {{"X-Forwarded-For", "10.3.3.3, 10.2.2.2"}}), "10.3.3.3");
}

TEST(Client, Is_the_last_known_machine_where_the_list_is_nonsense) {
  EXPECT_EQ(name({"10.0.0.0/8"}, "10.1.1.1", {{"X-Forwarded-For", "203.0.113.9, unknown, 10.2.2.2"}}), "10.2.2.2");
  EXPECT_EQ(name({"10.0.0.0/8"}, "10.1.1.1", {{"X-Forwarded-For", ",,"}}), "10.1.1.1");
  EXPECT_EQ(name({"10.0.0.0/8"}, "10.1.1.1", {{"X-Forwarded-For", "["}}), "10.1.1.1");
}

// What the nearest proxy wrote stands last; whatever a client sent itself stands before it and counts for nothing.
TEST(Client, Is_not_who_it_says_it_is) {
  const std::vector<std::string> proxies{"10.0.0.0/8"};
  for (const char* spoofed :
       {"1.1.1.1", "10.9.9.9", "10.9.9.9, 127.0.0.1", "\"1.1.1.1", "1.1.1.1,,,", "[::1", "::ffff:1.1.1.1", "unknown", "_hidden",
        "1.1.1.1%eth0", "fe80::1%25eth0", "0x7f000001", "127.1", "2130706433", "a\tb", "1.1.1.1;proto=https", ""}) {
    const std::string chain = std::string(spoofed) + ", 203.0.113.9";
    EXPECT_EQ(name(proxies, "10.1.1.1", {{"X-Forwarded-For", chain}}), "203.0.113.9") << chain;
    EXPECT_EQ(name(proxies, "10.1.1.1", {{"X-Forwarded-For", spoofed}, {"X-Forwarded-For", "203.0.113.9"}}), "203.0.113.9")
        << chain;
  }
}

TEST(Client, Is_the_proxy_where_the_last_entry_is_no_address) {
  for (const char* last : {"unknown", "127.1", "0x7f000001", "1.1.1.1.1", "1.1.1", "::g", "[::1", "1.1.1.1%eth0", "\"",
                           "203.0.113.9 10.0.0.1", "203.0.113.9\x01", "999.0.0.1"}) {
    EXPECT_EQ(name({"10.0.0.0/8"}, "10.1.1.1", {{"X-Forwarded-For", "1.1.1.1, " + std::string(last)}}), "10.1.1.1") << last;
  }
}

TEST(Client, A_list_as_long_as_a_head_may_be_is_read_in_one_walk) {
  std::string chain;
  while (chain.size() < 16'000) chain += "10.2.2.2,";
  EXPECT_EQ(name({"10.0.0.0/8"}, "10.1.1.1", {{"X-Forwarded-For", "203.0.113.9," + chain}}), "203.0.113.9");
  EXPECT_EQ(name({"10.0.0.0/8"}, "10.1.1.1", {{"X-Forwarded-For", std::string(16'000, ',')}}), "10.1.1.1");
}

TEST(Client, Forwarded_says_the_same_in_another_way) {
  EXPECT_EQ(name({"10.0.0.0/8"}, "10.1.1.1", {{"Forwarded", "for=1.1.1.1, For=\"[2001:db9::5]:80\";Proto=https;by=10.1.1.1"}}),
            "2001:db9::5 secure");
}

TEST(Client, Neither_header_is_believed_when_they_disagree) {
  EXPECT_EQ(name({"10.0.0.0/8"}, "10.1.1.1", {{"Forwarded", "for=1.1.1.1"}, {"X-Forwarded-For", "2.2.2.2"}}), "10.1.1.1");
  EXPECT_EQ(name({"10.0.0.0/8"}, "10.1.1.1", {{"Forwarded", "for=1.1.1.1"}, {"X-Forwarded-For", "1.1.1.1"}}), "1.1.1.1");
}

TEST(Client, A_proxy_that_names_nobody_and_this_machine_itself_stand_for_many) {
  const auto trusted = TrustedProxies::parse({"10.0.0.0/8"});
  const auto stands_for_many = [&](std::string_view peer, std::vector<Header> headers) {
    Request request = with(std::move(headers));
    trusted->name_client(request, *NetworkAddress::parse(peer));
    return request.client_is_many;
  };
  EXPECT_TRUE(stands_for_many("10.1.1.1", {}));
  EXPECT_FALSE(stands_for_many("192.0.2.1", {}));
  EXPECT_TRUE(stands_for_many("127.0.0.1", {}));
  EXPECT_TRUE(stands_for_many("::1", {{"X-Forwarded-For", "203.0.113.9"}}));
  EXPECT_FALSE(stands_for_many("127.0.0.2", {}));
  EXPECT_FALSE(stands_for_many("10.1.1.1", {{"X-Forwarded-For", "203.0.113.9"}}));
  // Whoever sends nonsense through it is counted, all of them together.
  EXPECT_FALSE(stands_for_many("10.1.1.1", {{"X-Forwarded-For", "unknown"}}));
  EXPECT_FALSE(stands_for_many("10.1.1.1", {{"Forwarded", "for=1.1.1.1"}, {"X-Forwarded-For", "2.2.2.2"}}));
}

TEST(TrustedProxies, Ranges_count_bits) {
  const auto proxies = TrustedProxies::parse({"192.0.2.128/25", "2001:db8::/33"});
  ASSERT_TRUE(proxies);
  EXPECT_TRUE(proxies->contains(*NetworkAddress::parse("192.0.2.200")));
  EXPECT_FALSE(proxies->contains(*NetworkAddress::parse("192.0.2.100")));
  EXPECT_TRUE(proxies->contains(*NetworkAddress::parse("2001:db8:7fff::1")));
  EXPECT_FALSE(proxies->contains(*NetworkAddress::parse("2001:db8:8000::1")));
}

TEST(TrustedProxies, What_is_no_range_is_refused_by_name) {
  for (const char* text : {"localhost", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", ""}) {
    EXPECT_FALSE(TrustedProxies::parse({text})) << text;
  }
}

}  // namespace
}  // namespace http
