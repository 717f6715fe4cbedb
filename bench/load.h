// What the load generators share: where to send, a socket, how long answers took, and what the generator itself cost. Plain
// blocking setup and epoll afterwards; a fault ends the program, because a measurement with faults is none.
#pragma once

#include <netinet/in.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

using Clock = std::chrono::steady_clock;

// Writes "PROGRAM: why" and ends the program with 1.
[[noreturn]] void fail(const std::string& why);

struct Target {
  std::string host;  // as the Host header has it
  std::string path;  // with its slash; "/" if the address has none
  sockaddr_in address{};
};
// "http://127.0.0.1:8080/path": the host must be a number.
Target parse_target(const std::string& url);

// A connected socket without Nagle's delay.
int connect_to(const Target& target);
void send_all(int socket, std::string_view bytes);

// The whole length of the answer that begins `bytes`, or 0 while its head is incomplete. `head` is set to the length of the head.
std::size_t length_of_answer(std::string_view bytes, std::size_t& head);
// "303"; the answer's head must be there.
std::string_view status_of_answer(std::string_view bytes);
// One answer, read to its end.
std::string ask(int socket, std::string_view request);

// In steps of ten microseconds; the last one takes all that is slower.
class Latencies {
 public:
  void add(Clock::duration time);
  std::size_t total() const { return total_; }
  double percentile(double percent) const;  // milliseconds

 private:
  std::vector<std::size_t> counts_ = std::vector<std::size_t>(100'001);
  std::size_t total_ = 0;
};

double processor_seconds();

}  // namespace bench
