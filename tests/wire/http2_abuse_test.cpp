// HTTP/2 against clients that mean no good: requests that two readers could understand differently are refused, and whoever makes
// much work with little is cut off (docs/decisions/0011-http2-limits.md).
#include <gtest/gtest.h>

#include <functional>

#include "wire/http2.h"

namespace wire {
namespace {

class Http2Abuse : public testing::Test {
 protected:
  // Sends the same bytes until the server will not have them, and gives the code of its GOAWAY.
  std::optional<std::uint32_t> flood(const std::function<std::string(int)>& bytes) {
    Http2Client client(server_.tls_port(), Http2Client::Reading::never);
    for (int i = 0; i < 100'000; i += 50) {
      std::string all;
      for (int k = 0; k < 50; ++k) all += bytes(i + k);
      if (!client.send_bytes(all)) break;
      client.pump(0);
      if (client.goaway()) break;
    }
    client.await_goaway();
    return client.goaway();
  }
  // Whether a request with these fields is refused before it reaches the handler.
  testing::AssertionResult is_refused(const Fields& fields, std::optional<std::string> body = std::nullopt) {
    Http2Client client(server_.tls_port());
    const StreamAnswer answer = client.fetch(fields, std::move(body));
    if (answer.status == 400 || answer.reset == NGHTTP2_PROTOCOL_ERROR || answer.reset == NGHTTP2_INTERNAL_ERROR ||
        client.goaway())
      return testing::AssertionSuccess();
    return testing::AssertionFailure() << "answered with " << answer.status << ": " << answer.body;
  }

  CertificateFolder folder_;
  TestServer server_{with_tls(folder_.write("site"))};
};

// :method GET, :scheme https, :path / from the static table, and an authority as a literal.
const std::string small_head = std::string("\x82\x87\x84\x01", 4) + '\x09' + "localhost";

TEST_F(Http2Abuse, What_could_smuggle_a_second_request_is_refused) {
  using C = Http2Client;
  EXPECT_TRUE(is_refused(C::get("/echo", {{"x-a", "b\r\nx-c: d"}})));
  EXPECT_TRUE(is_refused(C::get("/echo", {{"x-a", std::string("b\0c", 3)}})));
  EXPECT_TRUE(is_refused(C::get("/echo", {{"x-a", " b"}})));
  EXPECT_TRUE(is_refused(C::get("/echo", {{"x a", "b"}})));
  EXPECT_TRUE(is_refused(C::get("/echo", {{"x-a:b", "c"}})));
  EXPECT_TRUE(is_refused(C::get("/echo", {{"transfer-encoding", "chunked"}})));
  EXPECT_TRUE(is_refused(C::get("/echo", {{"connection", "close"}})));
  EXPECT_TRUE(is_refused(C::get("/echo", {{"te", "gzip"}})));
  EXPECT_TRUE(is_refused(C::get("/a b")));
  EXPECT_TRUE(is_refused(C::get("/a\r\nHost: b")));
  EXPECT_TRUE(is_refused(C::get("/a#b")));
  EXPECT_TRUE(is_refused(C::get("echo")));
  EXPECT_TRUE(is_refused(C::get("https://other.example/echo")));
  EXPECT_TRUE(is_refused(C::get("*")));
}

TEST_F(Http2Abuse, Two_names_for_the_same_thing_are_refused) {
  using C = Http2Client;
  EXPECT_TRUE(is_refused(C::get("/echo", {{"host", "other.example"}})));
  EXPECT_TRUE(is_refused(C::get("/echo", {{"host", "localhost"}, {"host", "localhost"}})));
  EXPECT_TRUE(is_refused(C::get("/echo", {{":authority", "localhost"}})));
  EXPECT_TRUE(is_refused({{":method", "GET"}, {":scheme", "https"}, {":path", "/echo"}}));
  EXPECT_TRUE(is_refused({{":method", "GET"}, {":scheme", "https"}, {":authority", "a/b"}, {":path", "/echo"}}));
  EXPECT_TRUE(is_refused({{":method", "GET"}, {":scheme", "ftp"}, {":authority", "a"}, {":path", "/echo"}}));
  EXPECT_TRUE(is_refused(C::post("/echo", {{"content-length", "3"}, {"content-length", "3"}}), "abc"));
  EXPECT_TRUE(is_refused(C::post("/echo", {{"content-length", "2"}}), "abc"));
  EXPECT_TRUE(is_refused(C::post("/echo", {{"content-length", "4"}}), "abc"));
  EXPECT_TRUE(is_refused(C::post("/echo", {{"content-length", "3, 3"}}), "abc"));
  Http2Client client(server_.tls_port());
  EXPECT_EQ(client.fetch(C::get("/echo", {{"host", "LocalHost"}})).status, 200);
}

TEST_F(Http2Abuse, Other_methods_and_expectations_get_their_status) {
  Http2Client client(server_.tls_port());
  Fields brewing = Http2Client::get("/echo");
  brewing[0].second = "BREW";
  EXPECT_EQ(client.fetch(brewing).status, 501);
  EXPECT_EQ(client.fetch(Http2Client::get("/echo", {{"expect", "wonders"}})).status, 417);
}

TEST_F(Http2Abuse, A_head_that_is_too_large_gets_431_and_one_that_never_ends_ends_the_connection) {
  Http2Client client(server_.tls_port());
  EXPECT_EQ(
      client.fetch(Http2Client::get("/echo", {{"x-a", std::string(12'000, 'a')}, {"x-b", std::string(12'000, 'b')}})).status,
      431);
  Fields many = Http2Client::get("/echo");
  for (int i = 0; i < 120; ++i) many.emplace_back("x-" + std::to_string(i), "y");
  EXPECT_EQ(client.fetch(many).status, 431);
  EXPECT_EQ(client.fetch(Http2Client::get("/small")).body, "small");

  // A field of 4,000 bytes, put into the table once and then named by one byte each.
  std::string head = small_head + std::string("\x40\x01x\x7f\xa1\x1e", 6) + std::string(4000, 'v') + std::string(5000, '\xbe');
  client.send_frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_END_STREAM, 101, head);
  EXPECT_TRUE(client.await_end());
  EXPECT_EQ(client.goaway(), NGHTTP2_ENHANCE_YOUR_CALM);
}

TEST_F(Http2Abuse, Streams_beyond_the_limit_are_refused_and_the_others_answered) {
  Http2Client client(server_.tls_port());
  std::vector<std::int32_t> streams;
  for (int i = 0; i < 120; ++i) streams.push_back(client.ask(Http2Client::get("/hold")));
  for (int i = 100; i < 120; ++i) EXPECT_EQ(client.wait(streams[static_cast<std::size_t>(i)]).reset, NGHTTP2_REFUSED_STREAM);
  server_.gate().release();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(client.wait(streams[static_cast<std::size_t>(i)]).status, 200) << i;
}

TEST_F(Http2Abuse, Opening_and_resetting_streams_is_bounded) {
  const auto open_and_reset = [](int i) {
    const std::int32_t stream = 2 * i + 1;
    return Http2Client::frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_END_STREAM, stream, small_head) +
           Http2Client::frame(NGHTTP2_RST_STREAM, 0, stream, std::string("\0\0\0\x8", 4));
  };
  EXPECT_EQ(flood(open_and_reset), NGHTTP2_ENHANCE_YOUR_CALM);
}

TEST_F(Http2Abuse, Making_the_server_reset_streams_is_bounded_too) {
  // A window update of nothing is an error of its stream.
  const auto provoke = [](int i) {
    const std::int32_t stream = 2 * i + 1;
    return Http2Client::frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_END_STREAM, stream, small_head) +
           Http2Client::frame(NGHTTP2_WINDOW_UPDATE, 0, stream, std::string(4, '\0'));
  };
  EXPECT_TRUE(flood(provoke).has_value());
}

TEST_F(Http2Abuse, Requests_that_were_reset_still_count_until_the_workers_are_done_with_them) {
  Http2Client client(server_.tls_port());
  for (int i = 0; i < 110; ++i) client.reset(client.ask(Http2Client::get("/hold")));
  const std::int32_t one_more = client.ask(Http2Client::get("/echo"));
  EXPECT_EQ(client.wait(one_more).reset, NGHTTP2_REFUSED_STREAM);
  EXPECT_EQ(client.fetch(Http2Client::get("/small")).body, "small");
  server_.gate().release();
}

TEST_F(Http2Abuse, Floods_of_frames_that_carry_nothing_are_bounded) {
  const auto repeat = [](std::uint8_t type, std::uint8_t flags, std::int32_t stream, std::string payload) {
    return [=](int) { return Http2Client::frame(type, flags, stream, payload); };
  };
  EXPECT_EQ(flood(repeat(NGHTTP2_PING, 0, 0, "abcdefgh")), NGHTTP2_ENHANCE_YOUR_CALM);
  EXPECT_EQ(flood(repeat(NGHTTP2_PING, NGHTTP2_FLAG_ACK, 0, "abcdefgh")), NGHTTP2_ENHANCE_YOUR_CALM);
  EXPECT_EQ(flood(repeat(NGHTTP2_SETTINGS, 0, 0, "")), NGHTTP2_ENHANCE_YOUR_CALM);
  EXPECT_EQ(flood(repeat(NGHTTP2_PRIORITY, 0, 1, std::string("\0\0\0\3\1", 5))), NGHTTP2_ENHANCE_YOUR_CALM);
  EXPECT_EQ(flood(repeat(NGHTTP2_WINDOW_UPDATE, 0, 0, std::string("\0\0\0\1", 4))), NGHTTP2_ENHANCE_YOUR_CALM);
  const std::string head = std::string("\x83\x87\x84\x01", 4) + '\x09' + "localhost";
  EXPECT_EQ(flood([&](int i) {
              return i == 0 ? Http2Client::frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS, 1, head)
                            : Http2Client::frame(NGHTTP2_DATA, 0, 1, "");
            }),
            NGHTTP2_ENHANCE_YOUR_CALM);
  EXPECT_TRUE(flood([](int i) {
                return i == 0 ? Http2Client::frame(NGHTTP2_HEADERS, 0, 1, small_head)
                              : Http2Client::frame(NGHTTP2_CONTINUATION, 0, 1, "");
              }).has_value());
  EXPECT_EQ(Http2Client(server_.tls_port()).fetch(Http2Client::get("/small")).body, "small");
}

TEST_F(Http2Abuse, An_ordinary_reader_with_many_small_windows_is_no_flood) {
  Http2Client client(server_.tls_port());
  for (int i = 0; i < 300; ++i) ASSERT_EQ(client.fetch(Http2Client::get("/page")).status, 200) << i;
  EXPECT_FALSE(client.goaway());
}

TEST_F(Http2Abuse, A_trailer_never_poses_as_a_field_of_the_request) {
  Http2Client client(server_.tls_port());
  const std::int32_t stream = client.ask_openly(Http2Client::post("/echo"));
  client.send_frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_END_STREAM, stream,
                    std::string("\x00\x06x-trap\x01y", 10));
  EXPECT_EQ(client.wait(stream).body, "POST /echo localhost []");
}

}  // namespace
}  // namespace wire
