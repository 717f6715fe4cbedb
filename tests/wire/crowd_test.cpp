// Many connections that do nothing, and some that do everything slowly, while others read. script/crowd holds the full twenty
// thousand against the built program; here are as many as the limit of open files allows, at most two thousand.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include "base/descriptor.h"
#include "sanitizers.h"
#include "wire/wire.h"

namespace wire {
namespace {

constexpr std::string_view small = "GET /small HTTP/1.1\r\nHost: a\r\n\r\n";

// Each connection takes two descriptors, for both ends are in this process.
std::size_t room_for_connections() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return std::min<std::size_t>(2000, (limit.rlim_cur - 200) / 2);
}

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0, resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

base::Descriptor connect_from(std::size_t number, std::uint16_t port) {
  base::Descriptor made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + static_cast<std::uint32_t>(number / 500));
  EXPECT_EQ(::bind(made.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(made.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  return made;
}

bool is_answered(const base::Descriptor& socket) {
  if (::send(socket.number(), small.data(), small.size(), MSG_NOSIGNAL) < 0) return false;
  std::string received;
  char buffer[1024];
  while (received.find("\r\n\r\nsmall") == std::string::npos) {
    pollfd waiting{.fd = socket.number(), .events = POLLIN, .revents = 0};
    const ssize_t count = ::poll(&waiting, 1, 10'000) > 0 ? ::recv(socket.number(), buffer, sizeof buffer, 0) : 0;
    if (count <= 0) return false;
    received.append(buffer, static_cast<std::size_t>(count));
  }
  return received.starts_with("HTTP/1.1 200 ");
}

// Every other one has had an answer before it came to rest.
std::vector<base::Descriptor> crowd(const TestServer& server, std::size_t count) {
  std::vector<base::Descriptor> sockets;
  sockets.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    sockets.push_back(connect_from(i, server.port()));
    if (i % 2 == 0) {
      EXPECT_TRUE(is_answered(sockets.back())) << i;
    }
  }
  return sockets;
}

// A buffer is given back some seconds after its connection came to rest.
std::size_t bytes_at_rest(std::size_t enough) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (resident_bytes() > enough && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  return resident_bytes();
}

TEST(Crowd, Who_rests_costs_little_and_who_is_slow_costs_the_others_nothing) {
  const std::size_t count = room_for_connections();
  TestServer server;
  EXPECT_EQ(server.ask("GET /page HTTP/1.1\r\nHost: a\r\n\r\n").body, server.page());
  const std::size_t before = resident_bytes();
  const std::vector<base::Descriptor> resting = crowd(server, count);

  Client slow_head(server.port()), slow_body(server.port()), slow_reader(server.port());
  slow_head.send("GET /page HTTP/1.1\r\nHost: a\r\nX:");
  slow_body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\na");
  slow_reader.shrink_receive_buffer();
  std::string many;
  for (int i = 0; i < 500; ++i) many += "GET /page HTTP/1.1\r\nHost: a\r\n\r\n";
  slow_reader.send(many);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(server.ask("GET /page HTTP/1.1\r\nHost: a\r\n\r\n").body, server.page());
  slow_head.send(" y\r\n\r\n");
  slow_body.send("bcd");
  EXPECT_EQ(slow_head.read_answer().body, server.page());
  EXPECT_EQ(slow_body.read_answer().body, "POST /echo a [abcd]");
  for (int i = 0; i < 500; ++i) ASSERT_EQ(slow_reader.read_answer().body.size(), server.page().size()) << i;

  if (!has_address_sanitizer && !has_thread_sanitizer) {
    // What the loop keeps for the next who come, and 4096 bytes for each that rests.
    const std::size_t enough = before + 256 * 16'384 + 4'000'000 + count * 4096;
    const std::size_t used = bytes_at_rest(enough);
    EXPECT_LE(used, enough) << "a connection at rest costs " << (used - before) / count << " bytes";
  }
  for (std::size_t i = 0; i < count; i += 20) EXPECT_TRUE(is_answered(resting[i])) << i;
}

}  // namespace
}  // namespace wire
