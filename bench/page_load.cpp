// A load generator that is cheaper than any server: it checks the first answer to each request of each address in full, and from
// then on counts bytes that it lets the kernel throw away (MSG_TRUNC), because all answers to one request have one length. Prints
// one line: requests, seconds, requests a second, the 99th percentile in milliseconds, the generator's processor use in percent.
//
//   page_load http://127.0.0.1:8080/path CONNECTIONS SECONDS [HEADER]...
//   page_load http://127.0.0.1:8080@FILE CONNECTIONS SECONDS [HEADER]...    paths from the lines of FILE, in random order
//   With RATE=N in the environment, N requests a second instead of as many as go: for latencies beside another load. Answers may
//   then differ in length, and each is read to its end.
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "base/turns.h"
#include "load.h"
#include "prose.h"

namespace {

using bench::Clock;
using bench::fail;

struct Page {
  std::string request;
  std::size_t size = 0;  // of the whole answer
};

struct Connection {
  int socket = -1;
  std::size_t left = 0;   // of the answer; 0: idle
  std::string read = {};  // where lengths are not known beforehand
  Clock::time_point sent;
};

std::vector<Page> make_pages(const bench::Target& target, const std::vector<std::string>& paths, const std::string& headers) {
  std::vector<Page> pages;
  const int socket = bench::connect_to(target);
  for (const std::string& path : paths) {
    Page page{"GET " + path + " HTTP/1.1\r\nHost: " + target.host + "\r\n" + headers + "\r\n"};
    bench::ask(socket, page.request);  // this one may make the page; the next is what a cache gives
    const std::string answer = bench::ask(socket, page.request);
    const std::string_view status = bench::status_of_answer(answer);
    if (status != "200" && status != "304") fail("the server answers " + std::string(status) + " at " + path);
    page.size = answer.size();
    pages.push_back(std::move(page));
  }
  ::close(socket);
  return pages;
}

// Whether the answer is complete. The bytes go nowhere.
bool discard(Connection& connection) {
  static char nowhere[1 << 20];  // never written to
  const ssize_t count = ::recv(connection.socket, nowhere, std::min(connection.left, sizeof nowhere), MSG_TRUNC | MSG_DONTWAIT);
  if (count == 0) fail("the server closed the connection");
  if (count > 0) connection.left -= static_cast<std::size_t>(count);
  return connection.left == 0;
}

// The same where the page changes while it is read.
bool read_to_end(Connection& connection) {
  static char buffer[1 << 18];
  const ssize_t count = ::recv(connection.socket, buffer, sizeof buffer, MSG_DONTWAIT);
  if (count == 0) fail("the server closed the connection");
  if (count > 0) connection.read.append(buffer, static_cast<std::size_t>(count));
  std::size_t head = 0;
  const std::size_t size = bench::length_of_answer(connection.read, head);
  if (size == 0 || connection.read.size() < size) return false;
  if (bench::status_of_answer(connection.read) != "200") fail("an answer is not 200: " + connection.read.substr(0, 200));
  connection.read.clear();
  connection.left = 0;
  return true;
}

class Load {
 public:
  Load(const bench::Target& target, std::vector<Page> pages, int connections, double rate)
      : pages_(std::move(pages)),
        rate_(rate),
        connections_(static_cast<std::size_t>(connections)),
        poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (Connection& connection : connections_) {
      connection.socket = bench::connect_to(target);
      epoll_event event{.events = EPOLLIN, .data = {.ptr = &connection}};
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, connection.socket, &event);
    }
  }

  void run(Clock::time_point end) {
    begin_ = Clock::now();
    if (rate_ == 0) {
      for (Connection& connection : connections_) ask(connection, Clock::now());
    } else {
      for (Connection& connection : connections_) idle_.push_back(&connection);
    }
    epoll_event events[256];
    for (Clock::time_point now = begin_; now < end; now = Clock::now()) {
      if (rate_ > 0) ask_what_is_due(now);
      const int count = ::epoll_wait(poll_, events, 256, rate_ > 0 ? 1 : 100);
      for (int i = 0; i < count; ++i) take(*static_cast<Connection*>(events[i].data.ptr));
    }
  }

  const bench::Latencies& latencies() const { return latencies_; }

 private:
  void ask(Connection& connection, Clock::time_point due) {
    const Page& page = pages_.size() == 1 ? pages_.front() : pages_[dice_.below(pages_.size())];
    connection.left = page.size;
    connection.sent = due;
    bench::send_all(connection.socket, page.request);
  }

  // Measured from when it was due, so that a server that stalls is not asked less and looks better for it.
  void ask_what_is_due(Clock::time_point now) {
    const double elapsed = std::chrono::duration<double>(now - begin_).count();
    while (static_cast<double>(asked_) < elapsed * rate_ && !idle_.empty()) {
      Connection& connection = *idle_.back();
      idle_.pop_back();
      ask(connection, begin_ + std::chrono::duration_cast<Clock::duration>(
                                   std::chrono::duration<double>(static_cast<double>(asked_) / rate_)));
      ++asked_;
    }
  }

  void take(Connection& connection) {
    if (!(rate_ > 0 ? read_to_end(connection) : discard(connection))) return;
    latencies_.add(Clock::now() - connection.sent);
    if (rate_ > 0)
      idle_.push_back(&connection);
    else
      ask(connection, Clock::now());
  }

  const std::vector<Page> pages_;
  const double rate_;
  std::vector<Connection> connections_;
  std::vector<Connection*> idle_;
  const int poll_;
  bench::Dice dice_{1};
  bench::Latencies latencies_;
  Clock::time_point begin_;
  std::size_t asked_ = 0;
};

std::vector<std::string> read_lines(const std::string& name) {
  std::ifstream file(name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) fail("no lines in " + name);
  return lines;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) fail("usage: page_load URL CONNECTIONS SECONDS [HEADER]...");
  const std::string url = arguments[1];
  const std::size_t at = url.find('@');
  const bench::Target target = bench::parse_target(url.substr(0, at));
  std::string headers;
  for (int i = 4; i < count; ++i) headers += std::string(arguments[i]) + "\r\n";
  const std::vector<std::string> paths = at == std::string::npos ? std::vector{target.path} : read_lines(url.substr(at + 1));
  const char* const rate = std::getenv("RATE");

  base::ask_for_short_turns();  // what it waits for a processor is not the server's delay
  Load load(target, make_pages(target, paths, headers), std::atoi(arguments[2]), rate ? std::atof(rate) : 0);
  const double processor_before = bench::processor_seconds();
  const Clock::time_point start = Clock::now();
  load.run(start + std::chrono::milliseconds(static_cast<int>(std::atof(arguments[3]) * 1000)));
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const double busy = 100 * (bench::processor_seconds() - processor_before) / seconds;
  const bench::Latencies& latencies = load.latencies();
  std::printf("%zu %.3f %.0f %.2f %.0f\n", latencies.total(), seconds, static_cast<double>(latencies.total()) / seconds,
              latencies.percentile(99), busy);
}
