// RFC 9110 and 9112: connections, pipelining, conditions, codings, expectations.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

#include "wire/wire.h"

namespace wire {
namespace {

std::string get(std::string_view target, std::string_view headers = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n";
}

TEST(Connection, Stays_open_in_http11_and_says_nothing_about_it) {
  TestServer server;
  Client client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.send(get("/small"));
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.body, "small");
    EXPECT_EQ(answer.header("Connection"), "");
  }
}

TEST(Connection, Closes_when_the_client_says_close) {
  TestServer server;
  for (const char* target : {"/small", "/echo"}) {
    Client client(server.port());
    client.send(get(target, "Connection: x, Close\r\n"));
    EXPECT_EQ(client.read_answer().header("Connection"), "close");
    EXPECT_TRUE(client.is_closed_by_server());
  }
}

TEST(Connection, Closes_after_http10_unless_asked_to_stay) {
  TestServer server;
  Client once(server.port());
  once.send("GET /small HTTP/1.0\r\n\r\n");
  EXPECT_EQ(once.read_answer().body, "small");
  EXPECT_TRUE(once.is_closed_by_server());

  Client staying(server.port());
  for (int i = 0; i < 2; ++i) {
    staying.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const Answer answer = staying.read_answer();
    EXPECT_EQ(answer.header("Connection"), "keep-alive");
    EXPECT_EQ(answer.body, "other /echo no host []");
  }
}

TEST(Connection, A_client_that_has_finished_sending_still_gets_its_answers) {
  TestServer server;
  Client client(server.port());
  client.send(get("/echo") + get("/small"));
  client.finish_sending();
  EXPECT_EQ(client.read_answer().body, "other /echo a []");
  EXPECT_EQ(client.read_answer().body, "small");
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Pipelining, Answers_come_in_the_order_of_the_requests) {
  TestServer server;
  Client client(server.port());
  client.send(get("/hold?1") + get("/small") + get("/echo?2") + get("/page"));
  server.gate().await_waiting(1);
  EXPECT_TRUE(client.is_silent_for(50));
  server.gate().release();
  EXPECT_EQ(client.read_answer().body, "other /hold?1 a []");
  EXPECT_EQ(client.read_answer().body, "small");
  EXPECT_EQ(client.read_answer().body, "other /echo?2 a []");
  EXPECT_EQ(client.read_answer().body, server.page());
}

TEST(Pipelining, A_thousand_requests_at_once_get_a_thousand_answers) {
  TestServer server;
  Client client(server.port());
  std::string all;
  for (int i = 0; i < 1000; ++i) all += get(i % 10 == 0 ? "/echo" : "/page");
  std::thread sender([&] { client.send(all); });
  for (int i = 0; i < 1000; ++i) {
    const Answer answer = client.read_answer();
    ASSERT_EQ(answer.status, 200);
    ASSERT_EQ(answer.body, i % 10 == 0 ? "other /echo a []" : server.page()) << i;
  }
  sender.join();
}

TEST(Pipelining, A_body_and_the_next_request_in_one_packet_are_kept_apart) {
  TestServer server;
  Client client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get("/small"));
  EXPECT_EQ(client.read_answer().body, "POST /echo a [abc]");
  EXPECT_EQ(client.read_answer().body, "small");
}

TEST(Head, Has_the_headers_of_get_and_no_body) {
  TestServer server;
  for (const char* target : {"/page", "/large?5000", "/echo"}) {
    Client client(server.port());
    client.send(get(target));
    const Answer whole = client.read_answer();
    client.send("HEAD " + get(target).substr(4));
    const Answer head = client.read_answer(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), whole.header("Content-Length"));
    EXPECT_EQ(head.header("Content-Type"), whole.header("Content-Type"));
    EXPECT_EQ(head.header("ETag"), whole.header("ETag"));
    client.send(get("/small"));
    EXPECT_EQ(client.read_answer().body, "small");
  }
}

TEST(Head, A_refusal_of_head_has_no_body_either) {
  TestServer server;
  Client client(server.port());
  client.send("HEAD /echo HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.read_answer(true).status, 400);
  std::string rest;
  client.finish_sending();
  EXPECT_TRUE(client.is_closed_by_server(&rest));
  EXPECT_EQ(rest, "");
}

TEST(Conditions, A_known_tag_gives_304_with_the_headers_it_must_have) {
  TestServer server;
  const Answer page = server.ask(get("/page"));
  for (const char* target : {"/page", "/prepared"}) {
    for (const std::string& tags :
         {page.header("ETag"), "W/" + page.header("ETag"), "\"x,y\", " + page.header("ETag"), std::string("*")}) {
      Client client(server.port());
      client.send(get(target, "If-None-Match: " + tags + "\r\n") + get("/small"));
      const Answer answer = client.read_answer();
      EXPECT_EQ(answer.status, 304) << tags;
      EXPECT_EQ(answer.header("ETag"), page.header("ETag"));
      EXPECT_EQ(answer.header("Cache-Control"), "public, max-age=60");
      EXPECT_EQ(answer.header("Vary"), "Accept-Encoding");
      EXPECT_EQ(answer.header("Content-Length"), "");
      EXPECT_EQ(client.read_answer().body, "small");
    }
  }
}

TEST(Answers, The_plain_body_of_a_packed_page_is_the_one_that_was_left_out) {
  TestServer server;
  const Answer whole = server.ask(get("/page"));
  Client client(server.port());
  client.send(get("/packed") + "HEAD /packed HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/packed", "If-None-Match: " + whole.header("ETag") + "\r\n") +
              get("/packed", "Accept-Encoding: gzip\r\n"));
  const Answer plain = client.read_answer();
  EXPECT_EQ(plain.body == whole.body, true);
  EXPECT_EQ(plain.header("ETag"), whole.header("ETag"));
  EXPECT_EQ(client.read_answer(true).header("Content-Length"), std::to_string(whole.body.size()));
  EXPECT_EQ(client.read_answer().status, 304);
  EXPECT_EQ(client.read_answer().header("Content-Encoding"), "gzip");
}

TEST(Conditions, Another_tag_or_the_tag_of_another_coding_gives_the_page) {
  TestServer server;
  const std::string gzip_tag = server.ask(get("/page", "Accept-Encoding: gzip\r\n")).header("ETag");
  EXPECT_EQ(server.ask(get("/page", "If-None-Match: " + gzip_tag + "\r\n")).status, 200);
  EXPECT_EQ(server.ask(get("/page", "If-None-Match: \"other\"\r\n")).status, 200);
  EXPECT_EQ(server.ask(get("/page", "Accept-Encoding: gzip\r\nIf-None-Match: " + gzip_tag + "\r\n")).status, 304);
}

struct Choice {
  const char* accepted;
  const char* coding;
};

class Codings : public testing::TestWithParam<Choice> {};

TEST_P(Codings, The_client_gets_what_it_prefers) {
  TestServer server;
  for (const char* target : {"/page", "/prepared"}) {
    const Answer answer = server.ask(get(target, "Accept-Encoding: " + std::string(GetParam().accepted) + "\r\n"));
    EXPECT_EQ(answer.header("Content-Encoding"), GetParam().coding) << GetParam().accepted;
    EXPECT_EQ(answer.header("Vary"), "Accept-Encoding");
    EXPECT_EQ(answer.body == server.page(), answer.header("Content-Encoding").empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, Codings,
                         testing::Values(Choice{"gzip", "gzip"}, Choice{"gzip, deflate, br", "br"},
                                         Choice{"gzip, br;q=0.5", "gzip"}, Choice{"br;q=0, gzip;q=0", ""}, Choice{"*", "br"},
                                         Choice{"*;q=0", ""}, Choice{"br;q=0, *", "gzip"}, Choice{"identity, gzip;q=0.5", ""},
                                         Choice{"gzip;q=0.001", "gzip"}, Choice{"", ""}, Choice{"GZIP ; q=1.000", "gzip"},
                                         Choice{"x-gzip", "gzip"}, Choice{"zstd", ""}, Choice{"gzip;q=2", ""},
                                         Choice{"gzip;level=9", ""}));

TEST(Codings, A_handlers_text_is_compressed_on_the_way_and_small_text_is_not) {
  TestServer server;
  const Answer large = server.ask(get("/large?5000", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(large.header("Content-Encoding"), "gzip");
  EXPECT_EQ(large.header("Vary"), "Accept-Encoding");
  EXPECT_LT(large.body.size(), 500u);
  EXPECT_EQ(server.ask(get("/large?5000")).body.size(), 5000u);
  EXPECT_EQ(server.ask(get("/large?5000")).header("Vary"), "Accept-Encoding");
  EXPECT_EQ(server.ask(get("/large?500", "Accept-Encoding: gzip\r\n")).header("Content-Encoding"), "");
}

TEST(Expectation, A_waiting_client_is_told_to_go_on) {
  TestServer server;
  Client client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n");
  const Answer go_on = client.read_answer();
  EXPECT_EQ(go_on.status, 100);
  EXPECT_EQ(go_on.head, "HTTP/1.1 100 Continue\r\n");
  client.send("abc");
  EXPECT_EQ(client.read_answer().body, "POST /echo a [abc]");
}

TEST(Expectation, Nobody_is_told_to_send_what_would_be_refused) {
  TestServer server({.max_body_bytes = 10});
  EXPECT_EQ(server.ask("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n").status, 413);
}

TEST(Expectation, Http10_knows_none) {
  TestServer server;
  EXPECT_EQ(server.ask("POST /echo HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na").status, 200);
}

TEST(Handlers, A_fault_in_a_handler_or_no_answer_is_a_500) {
  TestServer server;
  Client client(server.port());
  client.send(get("/throw") + get("/drop") + get("/small"));
  EXPECT_EQ(client.read_answer().status, 500);
  EXPECT_EQ(client.read_answer().status, 500);
  EXPECT_EQ(client.read_answer().body, "small");
}

TEST(Handlers, A_header_cannot_smuggle_another_header_out) {
  TestServer server;
  const Answer answer = server.ask(get("/injected"));
  EXPECT_EQ(answer.header("X-Name"), "a  Set-Cookie: stolen=1");
  EXPECT_EQ(answer.header("Set-Cookie"), "");
  EXPECT_EQ(answer.header("Bad Name"), "");
  EXPECT_EQ(answer.header("Transfer-Encoding"), "");
}

TEST(Client, Forwarding_headers_count_only_from_a_trusted_proxy) {
  const std::string forwarded = get("/client", "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\nX-Forwarded-Proto: https\r\n");
  TestServer open;
  EXPECT_EQ(open.ask(forwarded).body, "127.0.0.1 plain");
  TestServer behind({.trusted_proxies = {"127.0.0.0/8"}});
  EXPECT_EQ(behind.ask(forwarded).body, "198.51.100.7 secure");
}

// The end of the stream comes with the last bytes, and no second time.
TEST(Exchange, Who_says_with_the_request_that_it_was_the_last_is_answered_and_let_go_at_once) {
  TestServer server;
  for (const char* path : {"/small", "/echo"}) {
    Client client(server.port());
    const std::string request = std::string("GET ") + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    client.send(request.substr(0, 10));
    EXPECT_TRUE(client.is_silent_for(20));  // so that the server waits
    client.send(request.substr(10));
    client.finish_sending();
    EXPECT_EQ(client.read_answer().status, 200);
    const auto answered = std::chrono::steady_clock::now();
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_LT(std::chrono::steady_clock::now() - answered, std::chrono::seconds(3));  // no deadline had to come for it
  }
}

}  // namespace
}  // namespace wire
