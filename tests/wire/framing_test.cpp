// RFC 9112: what is one request, and what could be understood as two.
#include <gtest/gtest.h>

#include "wire/wire.h"

namespace wire {
namespace {

struct Refusal {
  const char* name;
  std::string request;
  int status;
};

class Framing : public testing::TestWithParam<Refusal> {};

TEST_P(Framing, A_doubtful_request_is_refused_and_nothing_after_it_is_read) {
  TestServer server;
  Client client(server.port());
  client.send(GetParam().request + "GET /echo?smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
  const Answer answer = client.read_answer();
  EXPECT_EQ(answer.status, GetParam().status) << answer.head;
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(answer.header("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_NE(answer.header("Date"), "");
  client.finish_sending();
  std::string rest;
  EXPECT_TRUE(client.is_closed_by_server(&rest));
  EXPECT_EQ(rest, "");
}

const std::string host = "Host: a\r\n";

INSTANTIATE_TEST_SUITE_P(
    Rules, Framing,
    testing::Values(
        Refusal{"length_and_chunks",
                "POST /echo HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Refusal{"chunks_and_length",
                "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400},
        Refusal{"other_coding_and_length",
                "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", 400},
        Refusal{"other_coding", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n", 501},
        Refusal{"coding_identity", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: identity\r\n\r\n", 501},
        Refusal{"coding_before_chunked", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                501},
        Refusal{"chunked_not_last", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, gzip\r\n\r\n", 501},
        Refusal{"chunked_in_quotes", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: \"chunked\"\r\n\r\n", 501},
        Refusal{"empty_coding", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding:\r\n\r\n", 501},
        Refusal{"chunked_twice",
                "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400},
        Refusal{"chunked_in_http10", "POST /echo HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Refusal{"two_lengths", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
        Refusal{"equal_lengths", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400},
        Refusal{"list_of_lengths", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: 1, 1\r\n\r\na", 400},
        Refusal{"signed_length", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: +1\r\n\r\na", 400},
        Refusal{"negative_length", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400},
        Refusal{"hex_length", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: 0x1\r\n\r\na", 400},
        Refusal{"empty_length", "POST /echo HTTP/1.1\r\n" + host + "Content-Length:\r\n\r\n", 400},
        Refusal{"overflowing_length", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: 18446744073709551617\r\n\r\na", 400},
        Refusal{"no_host", "GET /echo HTTP/1.1\r\n\r\n", 400},
        Refusal{"two_hosts", "GET /echo HTTP/1.1\r\n" + host + host + "\r\n", 400},
        Refusal{"two_hosts_in_http10", "GET /echo HTTP/1.0\r\n" + host + host + "\r\n", 400},
        Refusal{"empty_host", "GET /echo HTTP/1.1\r\nHost:\r\n\r\n", 400},
        Refusal{"host_with_path", "GET /echo HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        Refusal{"host_with_user", "GET /echo HTTP/1.1\r\nHost: me@a\r\n\r\n", 400},
        Refusal{"host_with_space", "GET /echo HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        Refusal{"folded_line", "GET /echo HTTP/1.1\r\n" + host + "X-Long: a\r\n b\r\n\r\n", 400},
        Refusal{"folded_after_nothing", "GET /echo HTTP/1.1\r\n" + host + "X-Long:\r\n\tb\r\n\r\n", 400},
        Refusal{"folded_first_line", "GET /echo HTTP/1.1\r\n X: a\r\n" + host + "\r\n", 400},
        Refusal{"space_before_colon", "GET /echo HTTP/1.1\r\n" + host + "X-Name : a\r\n\r\n", 400},
        Refusal{"nameless_header", "GET /echo HTTP/1.1\r\n" + host + ": a\r\n\r\n", 400},
        Refusal{"header_without_colon", "GET /echo HTTP/1.1\r\n" + host + "X-Name\r\n\r\n", 400},
        Refusal{"nul_in_value", std::string("GET /echo HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 39), 400},
        Refusal{"control_in_value",
                "GET /echo HTTP/1.1\r\n" + host +
                    "X: a\x01"
                    "b\r\n\r\n",
                400},
        Refusal{"delete_in_value",
                "GET /echo HTTP/1.1\r\n" + host +
                    "X: a\x7f"
                    "b\r\n\r\n",
                400},
        Refusal{"bare_return_in_value", "GET /echo HTTP/1.1\r\n" + host + "X: a\rb\r\n\r\n", 400},
        Refusal{"bare_line_feed", "GET /echo HTTP/1.1\nHost: a\n\n", 400},
        Refusal{"bare_line_feed_in_header", "GET /echo HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
        Refusal{"two_spaces", "GET  /echo HTTP/1.1\r\n" + host + "\r\n", 400},
        Refusal{"space_in_target", "GET /ec ho HTTP/1.1\r\n" + host + "\r\n", 400},
        Refusal{"tab_in_target", "GET /ec\tho HTTP/1.1\r\n" + host + "\r\n", 400},
        Refusal{"control_in_target", "GET /ec\x02ho HTTP/1.1\r\n" + host + "\r\n", 400},
        Refusal{"fragment_in_target", "GET /echo#part HTTP/1.1\r\n" + host + "\r\n", 400},
        Refusal{"relative_target", "GET echo HTTP/1.1\r\n" + host + "\r\n", 400},
        Refusal{"star_for_get", "GET * HTTP/1.1\r\n" + host + "\r\n", 400},
        Refusal{"foreign_scheme", "GET ftp://a/echo HTTP/1.1\r\n" + host + "\r\n", 400},
        Refusal{"absolute_without_host", "GET http:///echo HTTP/1.1\r\n" + host + "\r\n", 400},
        Refusal{"no_version", "GET /echo\r\n" + host + "\r\n", 400},
        Refusal{"odd_version", "GET /echo HTTQ/1.1\r\n" + host + "\r\n", 400},
        Refusal{"lower_case_version", "GET /echo http/1.1\r\n" + host + "\r\n", 400},
        Refusal{"version_2", "GET /echo HTTP/2.0\r\n" + host + "\r\n", 505},
        Refusal{"version_0", "GET /echo HTTP/0.9\r\n" + host + "\r\n", 505}, Refusal{"tls", "\x16\x03\x01\x02", 400},
        Refusal{"unknown_method", "BREW /echo HTTP/1.1\r\n" + host + "\r\n", 501},
        Refusal{"lower_case_method", "get /echo HTTP/1.1\r\n" + host + "\r\n", 501},
        Refusal{"connect", "CONNECT a:80 HTTP/1.1\r\n" + host + "\r\n", 501},
        Refusal{"unknown_expectation", "POST /echo HTTP/1.1\r\n" + host + "Expect: more\r\nContent-Length: 1\r\n\r\na", 417},
        Refusal{"chunk_size_sign", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0\r\n\r\n",
                400},
        Refusal{"chunk_size_hex_prefix",
                "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n", 400},
        Refusal{"chunk_size_overflow",
                "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n10000000000000001\r\na\r\n0\r\n\r\n", 400},
        Refusal{"chunk_size_empty", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n\r\na\r\n0\r\n\r\n",
                400},
        Refusal{"chunk_line_feed", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n\r\n", 400},
        Refusal{"chunk_longer_than_said",
                "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n", 400},
        Refusal{"folded_trailer", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: a\r\n b\r\n\r\n",
                400},
        Refusal{"length_in_trailer",
                "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\n", 400}),
    [](const auto& rule) { return rule.param.name; });

TEST(FramingTaken, A_body_of_known_length_arrives_whole) {
  TestServer server;
  const Answer answer = server.ask("POST /echo?a=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "POST /echo?a=1 a [hello]");
}

TEST(FramingTaken, Chunks_are_joined_and_trailers_do_not_become_headers) {
  TestServer server;
  Client client(server.port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "3;name=\"va;l\"\r\nhel\r\n00002\r\nlo\r\n0\r\nHost: evil\r\n\r\nGET /small HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "POST /echo a [hello]");
  EXPECT_EQ(client.read_answer().body, "small");
}

TEST(FramingTaken, A_request_arriving_byte_by_byte_is_the_same_request) {
  TestServer server;
  Client client(server.port());
  for (const char c :
       std::string("\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\nX: y\r\n\r\n")) {
    client.send(std::string_view(&c, 1));
  }
  EXPECT_EQ(client.read_answer().body, "POST /echo a [abcd]");
}

TEST(FramingTaken, The_host_of_an_absolute_target_counts_and_the_header_does_not) {
  TestServer server;
  EXPECT_EQ(server.ask("PUT http://b:81/echo?x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").body, "PUT /echo?x b:81 []");
  EXPECT_EQ(server.ask("PUT HTTPS://b HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").body, "PUT / b []");
}

TEST(FramingTaken, Options_may_ask_about_the_whole_server) {
  TestServer server;
  EXPECT_EQ(server.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").body, "other * a []");
}

TEST(FramingTaken, A_later_minor_version_is_read_as_the_one_we_know) {
  TestServer server;
  EXPECT_EQ(server.ask("GET /small HTTP/1.9\r\nHost: a\r\n\r\n").body, "small");
}

TEST(FramingTaken, Empty_lines_before_a_request_are_skipped) {
  TestServer server;
  EXPECT_EQ(server.ask("\r\n\r\nGET /small HTTP/1.1\r\nHost: a\r\n\r\n").body, "small");
}

TEST(FramingTaken, A_get_may_have_a_body_that_is_not_the_next_request) {
  TestServer server;
  Client client(server.port());
  client.send("GET /small HTTP/1.1\r\nHost: a\r\nContent-Length: 38\r\n\r\nGET /echo?smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read_answer().body.substr(0, 20), "other /small a [GET ");
  client.finish_sending();
  EXPECT_TRUE(client.is_closed_by_server());
}

}  // namespace
}  // namespace wire
