// What a server does with too much, too slow and too many, and how it goes away.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "wire/wire.h"

namespace wire {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string get(std::string_view target) { return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n"; }

milliseconds since(steady_clock::time_point start) {
  return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
}

TEST(Sizes, A_head_that_is_too_large_gets_431) {
  TestServer server;
  EXPECT_EQ(server.ask("GET /small HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n").status, 431);
  EXPECT_EQ(server.ask("GET /small HTTP/1.1\r\nHost: a\r\nX: " + std::string(15'000, 'x') + "\r\n\r\n").status, 200);
}

TEST(Sizes, Too_many_headers_get_431) {
  TestServer server;
  std::string lines;
  for (int i = 0; i < 200; ++i) lines += "X: y\r\n";
  EXPECT_EQ(server.ask("GET /small HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n").status, 431);
}

TEST(Sizes, An_address_that_is_too_long_gets_414) {
  TestServer server;
  EXPECT_EQ(server.ask("GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n").status, 414);
}

TEST(Sizes, A_body_that_is_too_large_gets_413_while_the_client_still_sends) {
  TestServer server({.max_body_bytes = 100'000});
  for (const std::string framing : {"Content-Length: 300000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n493e0\r\n"}) {
    Client client(server.port());
    std::thread sender([&] { client.send("POST /echo HTTP/1.1\r\nHost: a\r\n" + framing + std::string(300'000, 'x')); });
    EXPECT_EQ(client.read_answer().status, 413);
    sender.join();
    client.finish_sending();
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_FALSE(client.was_reset());
  }
}

TEST(Sizes, Many_small_chunks_cannot_exceed_the_limit_of_the_body) {
  TestServer server({.max_body_bytes = 1000});
  Client client(server.port());
  std::string body;
  for (int i = 0; i < 1001; ++i) body += "1\r\nx\r\n";
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
  EXPECT_EQ(client.read_answer().status, 413);
}

TEST(Sizes, A_chunk_line_without_end_is_refused) {
  TestServer server;
  Client client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(20'000, 'x'));
  EXPECT_EQ(client.read_answer().status, 400);
}

TEST(Sizes, A_body_of_the_full_size_is_taken) {
  TestServer server;
  const std::string body(1'000'000, 'b');
  const Answer answer = server.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + body);
  EXPECT_EQ(answer.body, "POST /echo a [" + body + "]");
}

TEST(Deadlines, A_head_that_drips_gets_408_counted_from_its_first_byte) {
  TestServer server(hasty());
  Client client(server.port());
  const auto start = steady_clock::now();
  std::string_view drip =
      "GET /small HTTP/1.1\r\nHost: a\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  while (!drip.empty() && client.is_silent_for(100)) {
    client.send(drip.substr(0, 1));
    drip.remove_prefix(1);
  }
  const Answer answer = client.read_answer();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_GE(since(start).count(), 900);
  EXPECT_LT(since(start).count(), 3500);
}

TEST(Deadlines, A_body_that_drips_gets_408) {
  TestServer server(hasty());
  Client client(server.port());
  const auto start = steady_clock::now();
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
  for (int i = 0; i < 90 && client.is_silent_for(100); ++i) client.send("x");
  EXPECT_EQ(client.read_answer().status, 408);
  EXPECT_LT(since(start).count(), 3500);
}

TEST(Deadlines, An_idle_connection_is_closed_without_a_word) {
  TestServer server(hasty());
  Client used(server.port()), unused(server.port()), blank(server.port());
  used.send(get("/small"));
  EXPECT_EQ(used.read_answer().status, 200);
  blank.send("\r\n");
  std::string rest;
  EXPECT_TRUE(used.is_closed_by_server(&rest));
  EXPECT_TRUE(unused.is_closed_by_server(&rest));
  EXPECT_TRUE(blank.is_closed_by_server(&rest));
  EXPECT_EQ(rest, "");
}

TEST(Deadlines, A_reader_who_takes_nothing_is_cut_off) {
  TestServer server(hasty());
  Client client(server.port());
  client.shrink_receive_buffer();
  std::string all;
  for (int i = 0; i < 400; ++i) all += get("/page");
  client.send(all);
  Client other(server.port());
  other.send(get("/large?50000000"));
  // Neither takes a byte until the server has let go of both.
  const auto start = steady_clock::now();
  while (server.server().counts().accepted < 2 || server.server().counts().connections > 0) {
    ASSERT_LT(since(start).count(), 20'000);
    std::this_thread::sleep_for(milliseconds(50));
  }
  std::string rest;
  EXPECT_TRUE(client.is_closed_by_server(&rest));
  EXPECT_LT(rest.size(), 400 * server.page().size());
  EXPECT_TRUE(other.is_closed_by_server(&rest));
  EXPECT_LT(rest.size(), 50'000'000u);
}

TEST(Deadlines, A_slow_reader_who_takes_something_gets_everything) {
  TestServer server;
  Client client(server.port());
  client.shrink_receive_buffer();
  client.send(get("/large?20000000") + get("/page") + get("/small"));
  std::string body;
  for (int i = 0; i < 20; ++i) {
    body += client.read_bytes(1000);
    std::this_thread::sleep_for(milliseconds(5));
  }
  client.finish_sending();
  std::string rest;
  EXPECT_TRUE(client.is_closed_by_server(&rest));
  EXPECT_NE(rest.find(server.page()), std::string::npos);
  EXPECT_TRUE(rest.ends_with("\r\n\r\nsmall"));
}

TEST(Deadlines, A_connection_that_rested_long_enough_to_lose_its_buffer_still_works) {
  TestServer server;
  Client client(server.port());
  client.send(get("/small"));
  EXPECT_EQ(client.read_answer().body, "small");
  EXPECT_TRUE(client.is_silent_for(6500));
  client.send(get("/small") + get("/echo"));
  EXPECT_EQ(client.read_answer().body, "small");
  EXPECT_EQ(client.read_answer().body, "other /echo a []");
}

TEST(Load, A_full_queue_gives_503_with_a_hint_and_prepared_pages_still_come) {
  TestServer server({.workers = 1, .queue = 1});
  Client running(server.port()), waiting(server.port()), refused(server.port());
  running.send(get("/hold"));
  server.gate().await_waiting(1);
  waiting.send(get("/echo?waiting"));
  EXPECT_TRUE(waiting.is_silent_for(50));
  refused.send(get("/echo?refused") + get("/small"));
  const Answer answer = refused.read_answer();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "1");
  EXPECT_EQ(refused.read_answer().body, "small");
  server.gate().release();
  EXPECT_EQ(running.read_answer().status, 200);
  EXPECT_EQ(waiting.read_answer().status, 200);
}

TEST(Load, Connections_beyond_the_limit_are_told_503) {
  TestServer server({.max_connections = 2});
  Client first(server.port()), second(server.port());
  first.send(get("/small"));
  second.send(get("/small"));
  EXPECT_EQ(first.read_answer().status, 200);
  EXPECT_EQ(second.read_answer().status, 200);
  Client third(server.port());
  third.send(get("/small"));
  EXPECT_EQ(third.read_answer().status, 503);
  third.finish_sending();
  EXPECT_TRUE(third.is_closed_by_server());
}

TEST(Load, Several_io_threads_share_one_port) {
  TestServer server({.io_threads = 3});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 20; ++j) {
        Client client(server.port());
        client.send(get("/page") + get("/echo"));
        EXPECT_EQ(client.read_answer().body, server.page());
        EXPECT_EQ(client.read_answer().body, "other /echo a []");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(Stopping, A_request_in_flight_gets_its_answer_and_the_connection_closes) {
  TestServer server;
  Client busy(server.port()), idle(server.port());
  idle.send(get("/small"));
  EXPECT_EQ(idle.read_answer().status, 200);
  busy.send(get("/hold"));
  server.gate().await_waiting(1);
  std::thread stopper([&] { server.server().stop(); });
  EXPECT_TRUE(idle.is_closed_by_server());
  server.gate().release();
  const Answer answer = busy.read_answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(busy.is_closed_by_server());
  stopper.join();
}

TEST(Stopping, What_was_received_before_is_answered) {
  TestServer server;
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 50; ++i) {
    clients.push_back(std::make_unique<Client>(server.port()));
    clients.back()->send(get("/page") + get("/echo"));
  }
  std::thread stopper([&] { server.server().stop(); });
  for (const auto& client : clients) {
    EXPECT_EQ(client->read_answer().body, server.page());
    const Answer last = client->read_answer();
    EXPECT_EQ(last.body, "other /echo a []");
    EXPECT_TRUE(client->is_closed_by_server());
  }
  stopper.join();
}

TEST(Stopping, Who_was_still_waiting_to_be_accepted_is_answered_too) {
  TestServer server;
  Client stalling(server.port());
  stalling.send(get("/stall"));
  server.gate().await_waiting(1);
  Client late(server.port());
  late.send(get("/page"));
  std::atomic<bool> is_stopping = false;
  std::thread stopper([&] {
    is_stopping = true;
    server.server().stop();
  });
  while (!is_stopping) std::this_thread::yield();
  server.gate().release();
  EXPECT_EQ(late.read_answer().body, server.page());
  EXPECT_EQ(stalling.read_answer().body, "other /stall a []");
  stopper.join();
}

TEST(Stopping, Nobody_who_is_busy_loses_a_request) {
  auto server = std::make_unique<TestServer>(http::ServerSettings{.io_threads = 2});
  std::vector<std::thread> threads;
  std::atomic<int> answered = 0, lost = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, port = server->port()] {
      Client client(port);
      while (true) {
        client.send(get(answered % 3 == 0 ? "/echo" : "/page"));
        const Answer answer = client.read_answer();
        if (answer.status != 200) ++lost;
        ++answered;
        if (answer.header("Connection") == "close" || answer.status == 0) return;
      }
    });
  }
  while (answered < 500) std::this_thread::yield();
  server->server().stop();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(lost, 0);
}

TEST(Stopping, Ends_at_the_drain_deadline_whatever_a_client_does) {
  TestServer server({.drain_deadline = std::chrono::seconds(1)});
  Client client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  Client busy(server.port());
  busy.send(get("/small"));
  EXPECT_EQ(busy.read_answer().status, 200);
  const auto start = steady_clock::now();
  server.server().stop();
  EXPECT_GE(since(start).count(), 900);
  EXPECT_LT(since(start).count(), 3000);
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Starting, A_taken_address_is_refused_with_what_to_do) {
  TestServer server({.io_threads = 2});
  http::Server second({.port = server.port(), .io_threads = 2}, {}, {});
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_NE(started.error().key.find("127.0.0.1:" + std::to_string(server.port())), std::string::npos);
  EXPECT_NE(started.error().key.find("another program listens there"), std::string::npos);
  EXPECT_NE(started.error().key.find("--listen"), std::string::npos);
}

TEST(Starting, What_is_no_address_of_ours_is_refused_with_what_to_do) {
  http::Server foreign({.address = "192.0.2.1", .port = 0}, {}, {});
  EXPECT_NE(foreign.start().error().key.find("no such address"), std::string::npos);
  http::Server nonsense({.address = "not an address", .port = 0}, {}, {});
  EXPECT_NE(nonsense.start().error().key.find("not a network address"), std::string::npos);
  http::Server proxies({.port = 0, .trusted_proxies = {"10.0.0.0/33"}}, {}, {});
  EXPECT_NE(proxies.start().error().key.find("10.0.0.0/33"), std::string::npos);
}

}  // namespace
}  // namespace wire
