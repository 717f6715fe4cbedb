// HTTP/1.1 over TLS: the same answers, limits and ends as without it, and what TLS adds.
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "wire/tls.h"

namespace wire {
namespace {

std::string get(std::string_view target, std::string_view headers = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers) + "\r\n";
}

class Tls : public testing::Test {
 protected:
  CertificateFolder folder_;
  http::TlsFiles files_ = folder_.write("site");
};

TEST_F(Tls, A_request_is_known_to_be_secure_and_one_without_is_not) {
  TestServer server(with_tls(files_));
  TlsClient client(server.tls_port());
  EXPECT_EQ(client.protocol(), "http/1.1");
  client.send(get("/client"));
  EXPECT_EQ(client.read_answer().body, "127.0.0.1 secure");
  EXPECT_EQ(server.ask(get("/client")).body, "127.0.0.1 plain");
}

TEST_F(Tls, A_thousand_requests_at_once_get_a_thousand_answers_in_order) {
  TestServer server(with_tls(files_));
  TlsClient client(server.tls_port());
  std::string all;
  for (int i = 0; i < 1000; ++i) all += get(i % 10 == 0 ? "/echo?" + std::to_string(i) : "/page");
  client.send(all);
  for (int i = 0; i < 1000; ++i) {
    const Answer answer = client.read_answer();
    ASSERT_EQ(answer.body, i % 10 == 0 ? "other /echo?" + std::to_string(i) + " localhost []" : server.page()) << i;
  }
}

TEST_F(Tls, A_body_arrives_whole_and_one_that_is_too_large_gets_413) {
  TestServer server(with_tls(files_));
  const std::string body(900'000, 'b');
  TlsClient client(server.tls_port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_EQ(client.read_answer().body == "POST /echo a [" + body + "]", true);
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 413);
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(Tls, A_slow_reader_gets_a_file_larger_than_any_buffer_and_hears_of_its_end) {
  TestServer server(with_tls(files_));
  std::string bytes(5'000'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>('a' + i % 23 + i / 1000 % 3);
  std::ofstream(server.folder() / "large.mp4", std::ios::binary) << bytes;
  TlsClient client(server.tls_port());
  client.shrink_receive_buffer();
  client.send(get("/files/large.mp4", "Range: bytes=4999990-\r\n") + get("/files/large.mp4", "Connection: close\r\n"));
  EXPECT_FALSE(client.is_silent_for(10'000));
  EXPECT_EQ(client.read_answer().body, bytes.substr(4'999'990));
  EXPECT_EQ(client.read_answer().body == bytes, true);
  EXPECT_TRUE(client.is_closed_by_server());
  EXPECT_TRUE(client.was_told_the_end());
}

TEST_F(Tls, A_large_answer_to_a_slow_reader_arrives_whole) {
  TestServer server(with_tls(files_));
  TlsClient client(server.tls_port());
  client.shrink_receive_buffer();
  client.send(get("/large?3000000") + get("/small"));
  EXPECT_EQ(client.read_answer().body == std::string(3'000'000, 'x'), true);
  EXPECT_EQ(client.read_answer().body, "small");
}

TEST_F(Tls, Head_and_304_have_no_body) {
  TestServer server(with_tls(files_));
  TlsClient client(server.tls_port());
  client.send("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n");
  const Answer head = client.read_answer(true);
  client.send(get("/page", "If-None-Match: " + head.header("ETag") + "\r\n") + get("/small"));
  EXPECT_EQ(client.read_answer().status, 304);
  EXPECT_EQ(client.read_answer().body, "small");
}

TEST_F(Tls, A_head_that_never_ends_gets_408_and_an_idle_connection_is_closed_properly) {
  TestServer server(with_tls(files_, hasty()));
  TlsClient slow(server.tls_port());
  TlsClient idle(server.tls_port());
  slow.send("GET / HTTP/1.1\r\n");
  EXPECT_EQ(slow.read_answer().status, 408);
  EXPECT_TRUE(slow.is_closed_by_server());
  EXPECT_TRUE(idle.is_closed_by_server());
  EXPECT_TRUE(idle.was_told_the_end());
}

TEST_F(Tls, Whoever_never_shakes_hands_is_let_go) {
  TestServer server(with_tls(files_, hasty()));
  Client silent(server.tls_port());
  Client halting(server.tls_port());
  halting.send(std::string_view("\x16\x03\x01\x00\x80\x01", 6));
  EXPECT_TRUE(silent.is_closed_by_server());
  EXPECT_TRUE(halting.is_closed_by_server());
}

TEST_F(Tls, A_request_without_tls_is_not_answered_at_its_port) {
  TestServer server(with_tls(files_));
  Client client(server.tls_port());
  client.send(get("/small"));
  std::string rest;
  EXPECT_TRUE(client.is_closed_by_server(&rest));
  EXPECT_EQ(rest.find("HTTP/"), std::string::npos);
}

TEST_F(Tls, Versions_before_1_2_and_other_protocols_are_refused) {
  TestServer server(with_tls(files_));
  EXPECT_FALSE(TlsClient(server.tls_port(), {.oldest = TLS1_VERSION, .newest = TLS1_1_VERSION}).has_shaken_hands());
  EXPECT_FALSE(TlsClient(server.tls_port(), {.protocols = "ftp"}).has_shaken_hands());
  EXPECT_TRUE(TlsClient(server.tls_port(), {.protocols = ""}).has_shaken_hands());
}

TEST_F(Tls, A_client_that_comes_back_resumes_its_session) {
  http::ServerSettings settings = with_tls(files_);
  settings.io_threads = 2;
  TestServer server(settings);
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient first(server.tls_port(), {.newest = version});
    first.send(get("/small"));
    EXPECT_EQ(first.read_answer().body, "small");
    SSL_SESSION* session = first.take_session();
    for (int i = 0; i < 4; ++i) {  // whichever thread takes it
      TlsClient second(server.tls_port(), {.newest = version, .session = session});
      EXPECT_TRUE(second.was_resumed()) << version;
      second.send(get("/small"));
      EXPECT_EQ(second.read_answer().body, "small");
    }
    SSL_SESSION_free(session);
  }
}

TEST_F(Tls, A_client_that_goes_without_a_word_harms_nobody) {
  TestServer server(with_tls(files_));
  for (int i = 0; i < 20; ++i) TlsClient(server.tls_port()).send(get("/page") + get("/large?1000000") + "GET /half");
  TlsClient other(server.tls_port());
  other.send(get("/small"));
  EXPECT_EQ(other.read_answer().body, "small");
}

TEST_F(Tls, A_request_in_flight_is_answered_while_the_server_stops) {
  TestServer server(with_tls(files_));
  TlsClient busy(server.tls_port());
  TlsClient idle(server.tls_port());
  busy.send(get("/hold"));
  server.gate().await_waiting(1);
  std::thread stopping([&] { server.server().stop(); });
  EXPECT_TRUE(idle.is_closed_by_server());
  EXPECT_TRUE(idle.was_told_the_end());
  server.gate().release();
  EXPECT_EQ(busy.read_answer().header("Connection"), "close");
  EXPECT_TRUE(busy.is_closed_by_server());
  stopping.join();
}

TEST_F(Tls, Several_io_threads_share_both_ports) {
  http::ServerSettings settings = with_tls(files_);
  settings.io_threads = 2;
  TestServer server(settings);
  for (int i = 0; i < 8; ++i) {
    TlsClient client(server.tls_port());
    client.send(get("/small"));
    EXPECT_EQ(client.read_answer().body, "small");
    EXPECT_EQ(server.ask(get("/small")).body, "small");
  }
}

TEST_F(Tls, Redirect_sends_requests_without_tls_to_https) {
  http::ServerSettings settings = with_tls(files_);
  settings.tls->redirect = true;
  settings.trusted_proxies = {"127.0.0.1"};
  TestServer server(settings);
  const std::string port = std::to_string(server.tls_port());
  const Answer page = server.ask("GET /page?a=1 HTTP/1.1\r\nHost: example.org:8080\r\n\r\n");
  EXPECT_EQ(page.status, 301);
  EXPECT_EQ(page.header("Location"), "https://example.org:" + port + "/page?a=1");
  Client poster(server.port());
  poster.send("POST /echo HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 5\r\n\r\nab");
  const Answer posted = poster.read_answer();
  EXPECT_EQ(posted.status, 308);
  EXPECT_EQ(posted.header("Location"), "https://[::1]:" + port + "/echo");
  EXPECT_TRUE(poster.is_closed_by_server());
  EXPECT_EQ(server.ask("GET /small HTTP/1.0\r\n\r\n").status, 400);
  EXPECT_EQ(server.ask(get("/small", "X-Forwarded-Proto: https\r\n")).status, 200);
  TlsClient secure(server.tls_port());
  secure.send(get("/small"));
  EXPECT_EQ(secure.read_answer().body, "small");
}

TEST_F(Tls, Redirect_leads_to_the_address_of_the_site_if_it_is_known) {
  http::ServerSettings settings = with_tls(files_);
  settings.tls->redirect = true;
  settings.tls->origin = "https://example.org";
  TestServer server(settings);
  EXPECT_EQ(server.ask("GET /page HTTP/1.1\r\nHost: other.example\r\n\r\n").header("Location"), "https://example.org/page");
}

TEST_F(Tls, A_client_that_writes_to_a_server_which_is_gone_is_told_so_and_goes_on) {
  auto server = std::make_unique<TestServer>(with_tls(files_));
  TlsClient client(server->tls_port());
  ASSERT_TRUE(client.has_shaken_hands());
  server.reset();
  const std::string much(100'000, 'x');
  std::size_t sent = much.size();
  for (int i = 0; i < 100 && sent == much.size(); ++i) sent = client.send(much);
  EXPECT_LT(sent, much.size());
}

}  // namespace
}  // namespace wire
