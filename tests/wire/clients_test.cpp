// What one client may take of the room, and who counts as one.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "wire/wire.h"

namespace wire {
namespace {

constexpr std::string_view small = "GET /small HTTP/1.1\r\nHost: a\r\n\r\n";

using Clients = std::vector<std::unique_ptr<Client>>;

// So many connections from that address, each known to be open because it was answered.
Clients connect(const TestServer& server, const char* source, int count) {
  Clients clients;
  for (int i = 0; i < count; ++i) {
    clients.push_back(std::make_unique<Client>(server.port(), source));
    clients.back()->send(small);
    EXPECT_EQ(clients.back()->read_answer().status, 200) << source << " " << i;
  }
  return clients;
}

Answer ask_from(const TestServer& server, const char* source) {
  Client client(server.port(), source);
  client.send(small);
  return client.read_answer();
}

TEST(Clients, Who_holds_too_many_connections_gets_429_and_the_others_are_served) {
  TestServer server({.max_connections_per_client = 3});
  const Clients held = connect(server, "127.0.0.2", 3);
  Client further(server.port(), "127.0.0.2");
  further.send(small);
  const Answer refused = further.read_answer();
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "1");
  EXPECT_EQ(refused.header("Connection"), "close");
  further.finish_sending();
  EXPECT_TRUE(further.is_closed_by_server());
  EXPECT_EQ(ask_from(server, "127.0.0.3").status, 200);
  held.front()->send(small);
  EXPECT_EQ(held.front()->read_answer().status, 200);
}

TEST(Clients, Who_closes_a_connection_may_open_another) {
  TestServer server({.max_connections_per_client = 3});
  Clients held = connect(server, "127.0.0.2", 3);
  held.pop_back();
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  int status = 0;
  while (status != 200 && std::chrono::steady_clock::now() < end) status = ask_from(server, "127.0.0.2").status;
  EXPECT_EQ(status, 200);
}

TEST(Clients, Beyond_a_few_refusals_nothing_is_said_any_more) {
  TestServer server({.max_connections_per_client = 1});
  const Clients held = connect(server, "127.0.0.2", 1);
  Clients refused;  // each stays open on our side, so that the server lingers
  int told = 0;
  for (int i = 0; i < 60; ++i) {
    refused.push_back(std::make_unique<Client>(server.port(), "127.0.0.2"));
    const Answer answer = refused.back()->read_answer();
    if (answer.status == 429)
      ++told;
    else
      EXPECT_EQ(answer.status, 0);
  }
  EXPECT_GE(told, 32);
  EXPECT_EQ(ask_from(server, "127.0.0.3").status, 200);
}

TEST(Clients, A_trusted_proxy_and_this_machine_itself_may_hold_many) {
  TestServer server({.max_connections_per_client = 2, .trusted_proxies = {"127.0.0.4"}});
  const Clients from_proxy = connect(server, "127.0.0.4", 5);
  const Clients from_here = connect(server, "127.0.0.1", 5);
}

TEST(Clients, Zero_is_no_limit) {
  TestServer server({.max_connections_per_client = 0});
  const Clients held = connect(server, "127.0.0.2", 50);
}

}  // namespace
}  // namespace wire
