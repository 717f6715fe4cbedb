#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace bench {

void fail(const std::string& why) {
  std::fprintf(stderr, "%s: %s\n", ::program_invocation_short_name, why.c_str());
  std::exit(1);
}

Target parse_target(const std::string& url) {
  constexpr std::string_view scheme = "http://";
  const std::size_t slash = std::min(url.find('/', scheme.size()), url.size());
  const std::size_t colon = url.rfind(':', slash);
  if (!url.starts_with(scheme) || colon == std::string::npos || colon < scheme.size())
    fail("the address must be http://A.B.C.D:PORT/PATH");
  Target target;
  target.host = url.substr(scheme.size(), slash - scheme.size());
  target.path = slash == url.size() ? "/" : url.substr(slash);
  target.address.sin_family = AF_INET;
  target.address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1))));
  const std::string name = url.substr(scheme.size(), colon - scheme.size());
  if (::inet_pton(AF_INET, name.c_str(), &target.address.sin_addr) != 1) fail("the address must be numeric");
  return target;
}

int connect_to(const Target& target) {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(made, reinterpret_cast<const sockaddr*>(&target.address), sizeof target.address) != 0) fail("cannot connect");
  const int on = 1;
  ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return made;
}

void send_all(int socket, std::string_view bytes) {
  if (::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size())) fail("cannot send");
}

std::size_t length_of_answer(std::string_view bytes, std::size_t& head) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  head = end + 4;
  if (status_of_answer(bytes) == "304") return head;
  const std::size_t length = bytes.find("Content-Length: ");
  if (length == std::string_view::npos || length > end) fail("an answer has no Content-Length");
  return head + std::strtoul(bytes.data() + length + 16, nullptr, 10);
}

std::string_view status_of_answer(std::string_view bytes) { return bytes.substr(std::string_view("HTTP/1.1 ").size(), 3); }

std::string ask(int socket, std::string_view request) {
  send_all(socket, request);
  std::string bytes;
  std::size_t size = 0;
  std::size_t head = 0;
  char buffer[65536];
  while (size == 0 || bytes.size() < size) {
    const ssize_t count = ::recv(socket, buffer, sizeof buffer, 0);
    if (count <= 0) fail("the server closed the connection");
    bytes.append(buffer, static_cast<std::size_t>(count));
    size = length_of_answer(bytes, head);
  }
  if (bytes.size() != size) fail("the server sent more than one answer");
  return bytes;
}

void Latencies::add(Clock::duration time) {
  const auto step = static_cast<std::size_t>(std::chrono::duration_cast<std::chrono::microseconds>(time).count()) / 10;
  ++counts_[std::min(step, counts_.size() - 1)];
  ++total_;
}

double Latencies::percentile(double percent) const {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (static_cast<double>(seen) * 100 >= static_cast<double>(total_) * percent) return static_cast<double>(i) / 100;
  }
  return 0;
}

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

}  // namespace bench
