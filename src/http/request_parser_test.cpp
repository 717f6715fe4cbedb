// What the wire tests cannot see: views, counts of bytes, and that cutting the bytes anywhere changes nothing. The rules
// themselves are tested over sockets in tests/wire/framing_test.cpp.
#include "http/request_parser.h"

#include <gtest/gtest.h>

namespace http {
namespace {

using Stage = RequestParser::Stage;
constexpr RequestParser::Limits limits{.head_bytes = 16'384, .body_bytes = 1000};

TEST(RequestParser, Says_how_many_bytes_the_head_took) {
  std::string bytes = "GET /a?b HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip \r\nIf-None-Match: \"t\"\r\n\r\nGET /";
  RequestParser parser(limits);
  const auto progress = parser.parse_head(bytes.data(), bytes.size());
  ASSERT_EQ(progress.stage, Stage::complete);
  EXPECT_EQ(progress.consumed, bytes.size() - 5);
  const Head& head = parser.head();
  EXPECT_EQ(head.target, "/a?b");
  EXPECT_EQ(head.accept_encoding, "gzip");
  EXPECT_EQ(head.if_none_match, "\"t\"");
  EXPECT_TRUE(head.keep_alive);
  EXPECT_FALSE(head.has_body);
  const Request request = to_request(head);
  EXPECT_EQ(request.path, "/a");
  EXPECT_EQ(request.query, "b");
  EXPECT_EQ(request.headers.size(), 3u);
}

TEST(RequestParser, Is_incomplete_at_every_cut_and_never_refuses_a_good_beginning) {
  std::string whole = "POST /a HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\n";
  RequestParser parser(limits);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    std::string bytes = whole.substr(0, size);
    const auto progress = parser.parse_head(bytes.data(), bytes.size());
    ASSERT_EQ(progress.stage, Stage::incomplete) << size;
    ASSERT_EQ(progress.consumed, 0u);
  }
  EXPECT_EQ(parser.parse_head(whole.data(), whole.size()).stage, Stage::complete);
}

TEST(RequestParser, One_object_reads_the_next_request_without_memory_of_the_last) {
  RequestParser parser(limits);
  std::string first =
      "POST http://y/a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nAccept-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n";
  ASSERT_EQ(parser.parse_head(first.data(), first.size()).stage, Stage::complete);
  std::string second = "GET /b HTTP/1.0\r\n\r\n";
  ASSERT_EQ(parser.parse_head(second.data(), second.size()).stage, Stage::complete);
  const Head& head = parser.head();
  EXPECT_EQ(head.authority, "");
  EXPECT_EQ(head.accept_encoding, "");
  EXPECT_FALSE(head.expects_continue || head.has_body || head.keep_alive || head.is_http11);
  EXPECT_EQ(head.headers.size(), 0u);
}

TEST(RequestParser, A_body_in_chunks_is_the_same_wherever_it_is_cut) {
  const std::string coded = "3;x=y\r\nabc\r\n0a\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n";
  for (std::size_t cut = 1; cut < coded.size(); ++cut) {
    RequestParser parser(limits);
    std::string head = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    ASSERT_EQ(parser.parse_head(head.data(), head.size()).stage, Stage::complete);
    std::string body;
    const auto first = parser.parse_body(coded.data(), cut, body);
    ASSERT_EQ(first.stage, Stage::incomplete) << cut;
    const auto second = parser.parse_body(coded.data() + first.consumed, coded.size() - first.consumed, body);
    ASSERT_EQ(second.stage, Stage::complete) << cut;
    EXPECT_EQ(first.consumed + second.consumed, coded.size());
    EXPECT_EQ(body, "abc0123456789");
  }
}

}  // namespace
}  // namespace http
