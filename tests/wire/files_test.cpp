// Files on the wire: sendfile, ranges, readers who are slower than the disk.
#include <gtest/gtest.h>

#include <fstream>

#include "wire/wire.h"

namespace wire {
namespace {

std::string get(std::string_view name, std::string_view headers = "") {
  return "GET /files/" + std::string(name) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n";
}

std::string write_large(const TestServer& server, std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>('a' + i % 23 + i / 1000 % 3);
  std::ofstream(server.folder() / "large.mp4", std::ios::binary) << bytes;
  return bytes;
}

TEST(Files, A_file_arrives_whole_and_the_connection_goes_on) {
  TestServer server;
  const std::string bytes = write_large(server, 300'000);
  Client client(server.port());
  client.send(get("large.mp4") + get("large.mp4", "Range: bytes=1000-1009\r\n") + get("large.mp4", "Range: bytes=300000-\r\n") +
              get("large.mp4"));
  const Answer whole = client.read_answer();
  EXPECT_EQ(whole.header("Content-Type"), "video/mp4");
  EXPECT_EQ(whole.body == bytes, true);
  const Answer part = client.read_answer();
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.header("Content-Range"), "bytes 1000-1009/300000");
  EXPECT_EQ(part.body, bytes.substr(1000, 10));
  EXPECT_EQ(client.read_answer().status, 416);
  EXPECT_EQ(client.read_answer().body == bytes, true);
}

TEST(Files, Head_and_304_send_no_byte_of_the_file) {
  TestServer server;
  write_large(server, 5000);
  Client client(server.port());
  client.send("HEAD " + get("large.mp4").substr(4));
  const Answer head = client.read_answer(true);
  EXPECT_EQ(head.header("Content-Length"), "5000");
  client.send(get("large.mp4", "If-None-Match: " + head.header("ETag") + "\r\n"));
  EXPECT_EQ(client.read_answer().status, 304);
  client.send(get("large.mp4", "Range: bytes=0-0\r\n"));
  EXPECT_EQ(client.read_answer().body, "a");
}

TEST(Files, An_empty_file_is_an_answer_too) {
  TestServer server;
  std::ofstream(server.folder() / "empty.png").flush();
  Client client(server.port());
  client.send(get("empty.png") + get("empty.png"));
  EXPECT_EQ(client.read_answer().header("Content-Length"), "0");
  EXPECT_EQ(client.read_answer().status, 200);
}

TEST(Files, A_slow_reader_gets_a_file_larger_than_any_buffer) {
  TestServer server;
  const std::string bytes = write_large(server, 30'000'000);
  Client client(server.port());
  client.shrink_receive_buffer();
  client.send(get("large.mp4", "Connection: close\r\n"));
  EXPECT_FALSE(client.is_silent_for(100));
  EXPECT_EQ(client.read_answer().body == bytes, true);
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Files, A_file_that_is_cut_while_it_is_sent_ends_the_connection) {
  TestServer server;
  write_large(server, 30'000'000);
  Client client(server.port());
  client.shrink_receive_buffer();
  client.send(get("large.mp4") + get("large.mp4"));
  EXPECT_EQ(client.read_bytes(1000).size(), 1000u);
  std::filesystem::resize_file(server.folder() / "large.mp4", 1000);
  std::string rest;
  EXPECT_TRUE(client.is_closed_by_server(&rest));
  EXPECT_LT(rest.size(), 30'000'000u);
}

}  // namespace
}  // namespace wire
