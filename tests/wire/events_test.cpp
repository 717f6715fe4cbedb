// Answers without end: who listens to a topic is told what is said on it, whatever the protocol, costs nobody anything while
// nothing is said, and is in nobody's way.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>
#include <vector>

#include "wire/http2.h"

namespace wire {
namespace {

using std::chrono::steady_clock;

std::string listen_to(std::string_view topic, std::string_view version = "HTTP/1.1") {
  return "GET /events/" + std::string(topic) + " " + std::string(version) + "\r\nHost: a\r\n\r\n";
}

bool await(const std::function<bool()>& condition) {
  for (const auto end = steady_clock::now() + std::chrono::seconds(10); steady_clock::now() < end;) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return false;
}

// What was told to that stream, once it ends with `last`.
std::string told(Http2Client& client, std::int32_t stream, std::string_view last) {
  await([&] {
    client.pump(1);
    return client.look(stream).body.ends_with(last);
  });
  return client.look(stream).body;
}

TEST(Events, Who_listens_is_told_what_was_said_last_and_all_that_is_said_later) {
  TestServer server;
  server.topic("a").say("data: 1\n\n");
  server.topic("a").say("data: 2\n\n");
  Client client(server.port());
  client.send(listen_to("a"));
  const Answer head = client.read_answer();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(head.header("Content-Length"), "");
  EXPECT_EQ(client.read_chunk(), "data: 2\n\n");
  server.topic("a").say("data: 3\n\n");
  EXPECT_EQ(client.read_chunk(), "data: 3\n\n");
  server.topic("a").say_first("data: 1\n\n");
  server.topic("b").say("data: other\n\n");
  EXPECT_TRUE(client.is_silent_for(50));
  server.topic("a").end();
  EXPECT_EQ(client.read_chunk(), "");
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Events, Over_TLS_and_by_HTTP_1_0_it_is_the_same) {
  const CertificateFolder folder;
  TestServer server(with_tls(folder.write("site")));
  server.topic("a").say("data: 1\n\n");
  TlsClient secure(server.tls_port());
  secure.send(listen_to("a"));
  EXPECT_EQ(secure.read_answer().status, 200);
  EXPECT_EQ(secure.read_chunk(), "data: 1\n\n");
  Client old(server.port());
  old.send(listen_to("a", "HTTP/1.0"));
  EXPECT_EQ(old.read_answer().header("Transfer-Encoding"), "");
  EXPECT_EQ(old.read_bytes(9), "data: 1\n\n");
  server.topic("a").say("data: 2\n\n");
  EXPECT_EQ(secure.read_chunk(), "data: 2\n\n");
  server.topic("a").end();
  std::string rest;
  EXPECT_TRUE(old.is_closed_by_server(&rest));
  EXPECT_EQ(rest, "data: 2\n\n");
  EXPECT_EQ(secure.read_chunk(), "");
  EXPECT_TRUE(secure.is_closed_by_server());
  EXPECT_TRUE(secure.was_told_the_end());
}

TEST(Events, By_HTTP2_they_share_the_connection_with_everything_else) {
  const CertificateFolder folder;
  TestServer server(with_tls(folder.write("site")));
  Http2Client client(server.tls_port());
  const std::int32_t one = client.ask(Http2Client::get("/events/a")), two = client.ask(Http2Client::get("/events/b"));
  EXPECT_EQ(client.fetch(Http2Client::get("/small")).body, "small");
  ASSERT_TRUE(await([&] { return server.counts().listening == 2; }));
  server.topic("a").say("data: 1\n\n");
  EXPECT_EQ(told(client, one, "data: 1\n\n"), "data: 1\n\n");
  server.topic("b").say("data: 2\n\n");
  server.topic("a").say("data: 3\n\n");
  EXPECT_EQ(told(client, one, "data: 3\n\n"), "data: 1\n\ndata: 3\n\n");
  EXPECT_EQ(told(client, two, "data: 2\n\n"), "data: 2\n\n");
  EXPECT_FALSE(client.look(one).is_whole);
  server.topic("a").end();
  EXPECT_TRUE(client.wait(one).is_whole);
  EXPECT_EQ(client.fetch(Http2Client::get("/echo")).body, "other /echo localhost []");
  client.reset(two);
  EXPECT_TRUE(await([&] {
    client.pump(1);
    return server.permits() == 0;
  }));
  EXPECT_EQ(server.counts().listening, 0U);
}

TEST(Events, To_HEAD_there_is_a_head_and_nobody_listens) {
  TestServer server;
  Client client(server.port());
  client.send("HEAD /events/a HTTP/1.1\r\nHost: a\r\n\r\nGET /small HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read_answer(true).header("Content-Type"), "text/event-stream");
  EXPECT_EQ(client.read_answer().body, "small");
  EXPECT_TRUE(await([&] { return server.permits() == 0; }));  // the worker may let go of it after the answer is out
}

TEST(Events, Many_who_listen_hold_no_worker_and_all_are_told) {
  TestServer server({.io_threads = 2, .workers = 1, .queue = 1000});
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 200; ++i) {
    clients.push_back(std::make_unique<Client>(server.port()));
    clients.back()->send(listen_to("a"));
    EXPECT_EQ(clients.back()->read_answer().status, 200);
  }
  EXPECT_EQ(server.ask("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  server.topic("a").say("data: 1\n\n");
  for (const auto& client : clients) EXPECT_EQ(client->read_chunk(), "data: 1\n\n");
  EXPECT_EQ(server.counts().listening, 200U);
  EXPECT_EQ(server.counts().answers[static_cast<std::size_t>(http::AnswerKind::events)][1], 200U);
  clients.clear();
  EXPECT_TRUE(await([&] { return server.permits() == 0 && server.counts().listening == 0; }));
}

TEST(Events, Where_nothing_is_said_for_long_a_comment_shows_that_the_connection_stands) {
  const CertificateFolder folder;
  http::ServerSettings settings = hasty();  // no other deadline ends it
  settings.sign_of_life = std::chrono::seconds(2);
  TestServer server(with_tls(folder.write("site"), settings));
  Client client(server.port());
  client.send(listen_to("a"));
  Http2Client other(server.tls_port());
  const std::int32_t stream = other.ask(Http2Client::get("/events/a"));
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(client.read_chunk(), ":\n\n");
  EXPECT_EQ(told(other, stream, ":\n\n"), ":\n\n");
}

TEST(Events, Who_takes_nothing_is_cut_off_and_who_asks_for_more_meanwhile_is_let_go) {
  const CertificateFolder folder;
  TestServer server(with_tls(folder.write("site"), hasty()));
  Client slow(server.port());
  slow.send(listen_to("a"));
  EXPECT_EQ(slow.read_answer().status, 200);
  Http2Client slower(server.tls_port(), Http2Client::Reading::never, 1000);
  const std::int32_t stream = slower.ask(Http2Client::get("/events/a"));
  ASSERT_TRUE(await([&] {
    slower.pump(1);
    return server.permits() == 2;
  }));
  server.topic("a").say("data: " + std::string(8'000'000, 'x') + "\n\n");
  EXPECT_EQ(slower.wait(stream).reset, NGHTTP2_CANCEL);
  EXPECT_TRUE(await([&] { return server.permits() == 0; }));
  Client eager(server.port());
  eager.send(listen_to("b"));
  EXPECT_EQ(eager.read_answer().status, 200);
  eager.send("GET /small HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(eager.is_closed_by_server());
}

TEST(Events, Nobody_who_listens_holds_up_the_end_of_the_server) {
  const CertificateFolder folder;
  TestServer server(with_tls(folder.write("site")));
  Client plain(server.port());
  TlsClient secure(server.tls_port());
  Http2Client modern(server.tls_port());
  plain.send(listen_to("a"));
  secure.send(listen_to("a"));
  const std::int32_t stream = modern.ask(Http2Client::get("/events/a"));
  EXPECT_EQ(plain.read_answer().status, 200);
  EXPECT_EQ(secure.read_answer().status, 200);
  ASSERT_TRUE(await([&] {
    modern.pump(1);
    return server.permits() == 3;
  }));
  const auto start = steady_clock::now();
  std::thread stopping([&] { server.server().stop(); });
  EXPECT_EQ(plain.read_chunk(), "");
  EXPECT_TRUE(plain.is_closed_by_server());
  EXPECT_EQ(secure.read_chunk(), "");
  EXPECT_TRUE(secure.is_closed_by_server());
  EXPECT_TRUE(modern.wait(stream).is_whole);
  EXPECT_TRUE(modern.await_end());
  EXPECT_EQ(modern.goaway(), NGHTTP2_NO_ERROR);
  stopping.join();
  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(2));
}

}  // namespace
}  // namespace wire
