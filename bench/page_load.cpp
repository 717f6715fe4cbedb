// A load generator that is cheaper than any server: it checks the first answer of each connection in full, and from then on
// counts bytes that it lets the kernel throw away (MSG_TRUNC), because all answers to one request have one length. Prints one
// line: requests, seconds, requests a second, the 99th percentile in milliseconds, the generator's processor use in percent.
//
//   page_load http://127.0.0.1:8080/path CONNECTIONS SECONDS [HEADER]...
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "page_load: %s\n", why.c_str());
  std::exit(1);
}

struct Target {
  std::string host, path;
  sockaddr_in address{};
};

Target parse_target(const std::string& url) {
  const std::string scheme = "http://";
  const std::size_t slash = url.find('/', scheme.size());
  const std::size_t colon = url.rfind(':', slash);
  if (!url.starts_with(scheme) || slash == std::string::npos || colon < scheme.size())
    fail("the address must be http://A.B.C.D:PORT/PATH");
  Target target;
  target.host = url.substr(scheme.size(), slash - scheme.size());
  target.path = url.substr(slash);
  target.address.sin_family = AF_INET;
  target.address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1))));
  const std::string name = url.substr(scheme.size(), colon - scheme.size());
  if (::inet_pton(AF_INET, name.c_str(), &target.address.sin_addr) != 1) fail("the address must be numeric");
  return target;
}

struct Connection {
  int socket = -1;
  std::size_t size = 0;  // of one answer, once the first has been read
  std::size_t left = 0;
  Clock::time_point sent;
};

// The whole length of the answer at the beginning of `bytes`, or 0 while its head is incomplete.
std::size_t length_of(const std::string& bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  const std::string status = bytes.substr(0, 12);
  if (status != "HTTP/1.1 200" && status != "HTTP/1.1 304") fail("the server answers " + status);
  if (status.ends_with("304")) return end + 4;
  const std::size_t length = bytes.find("Content-Length: ");
  if (length == std::string::npos || length > end) fail("the answer has no Content-Length");
  return end + 4 + std::stoul(bytes.substr(length + 16));
}

Connection open_connection(const Target& target, const std::string& request) {
  Connection made;
  made.socket = ::socket(AF_INET, SOCK_STREAM, 0);
  if (::connect(made.socket, reinterpret_cast<const sockaddr*>(&target.address), sizeof target.address) != 0)
    fail("cannot connect");
  const int on = 1;
  ::setsockopt(made.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::send(made.socket, request.data(), request.size(), 0) < 0) fail("cannot send");
  std::string bytes;
  char buffer[65536];
  while (made.size == 0 || bytes.size() < made.size) {
    const ssize_t count = ::recv(made.socket, buffer, sizeof buffer, 0);
    if (count <= 0) fail("the server closed the connection");
    bytes.append(buffer, static_cast<std::size_t>(count));
    made.size = length_of(bytes);
  }
  if (bytes.size() != made.size) fail("the server sent more than one answer");
  return made;
}

void ask(Connection& connection, const std::string& request) {
  connection.left = connection.size;
  connection.sent = Clock::now();
  if (::send(connection.socket, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size())) fail("cannot send");
}

// Whether the answer is complete.
bool discard(Connection& connection) {
  static char nowhere[1 << 20];  // never written to
  const ssize_t count = ::recv(connection.socket, nowhere, std::min(connection.left, sizeof nowhere), MSG_TRUNC | MSG_DONTWAIT);
  if (count == 0) fail("the server closed the connection");
  if (count > 0) connection.left -= static_cast<std::size_t>(count);
  return connection.left == 0;
}

// Latencies in steps of ten microseconds; the last one takes all that is slower.
class Latencies {
 public:
  void add(Clock::duration time) {
    const auto step = static_cast<std::size_t>(std::chrono::duration_cast<std::chrono::microseconds>(time).count()) / 10;
    ++counts_[std::min(step, counts_.size() - 1)];
    ++total_;
  }
  std::size_t total() const { return total_; }
  double percentile99() const {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if ((seen += counts_[i]) * 100 >= total_ * 99) return static_cast<double>(i) / 100;
    }
    return 0;
  }

 private:
  std::vector<std::size_t> counts_ = std::vector<std::size_t>(100'001);
  std::size_t total_ = 0;
};

void run(std::vector<Connection>& connections, const std::string& request, Clock::time_point end, Latencies& latencies) {
  const int poll = ::epoll_create1(0);
  for (Connection& connection : connections) {
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &connection}};
    ::epoll_ctl(poll, EPOLL_CTL_ADD, connection.socket, &event);
    ask(connection, request);
  }
  epoll_event events[256];
  while (Clock::now() < end) {
    const int count = ::epoll_wait(poll, events, 256, 100);
    for (int i = 0; i < count; ++i) {
      auto& connection = *static_cast<Connection*>(events[i].data.ptr);
      if (!discard(connection)) continue;
      latencies.add(Clock::now() - connection.sent);
      ask(connection, request);
    }
  }
  ::close(poll);
}

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) fail("usage: page_load URL CONNECTIONS SECONDS [HEADER]...");
  const Target target = parse_target(arguments[1]);
  std::string request = "GET " + target.path + " HTTP/1.1\r\nHost: " + target.host + "\r\n";
  for (int i = 4; i < count; ++i) request += std::string(arguments[i]) + "\r\n";
  request += "\r\n";

  std::vector<Connection> connections;
  for (int i = 0; i < std::atoi(arguments[2]); ++i) connections.push_back(open_connection(target, request));
  Latencies latencies;
  const double processor_before = processor_seconds();
  const Clock::time_point start = Clock::now();
  run(connections, request, start + std::chrono::milliseconds(static_cast<int>(std::atof(arguments[3]) * 1000)), latencies);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const double busy = 100 * (processor_seconds() - processor_before) / seconds;
  std::printf("%zu %.3f %.0f %.2f %.0f\n", latencies.total(), seconds, static_cast<double>(latencies.total()) / seconds,
              latencies.percentile99(), busy);
}
