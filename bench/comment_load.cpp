// Readers who post: each connection sends the article's own form, filled in with a text that nobody sent before, by a reader
// nobody knows, and waits for its 303; a third of them answer a comment that was just made. Anything but 303 ends the program.
// The server must run without a limit per client and with moderation "none". Prints one line: comments, seconds, comments a
// second, the median and the 99th percentile in milliseconds, the generator's processor use in percent.
//
//   comment_load http://127.0.0.1:8080/article/ CONNECTIONS SECONDS [RATE]     RATE comments a second; without it as many as go
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "load.h"
#include "prose.h"

namespace {

using bench::Clock;
using bench::fail;

constexpr std::size_t texts_made = 4096;

struct Form {
  std::string article;
  std::string stamp;
};

std::string value_of(const std::string& page, const std::string& name) {
  const std::string before = "name=\"" + name + "\" value=\"";
  const std::size_t begin = page.find(before);
  if (begin == std::string::npos) fail("there is no field " + name + " on the page");
  return page.substr(begin + before.size(), page.find('"', begin + before.size()) - begin - before.size());
}

Form fetch_form(const bench::Target& target) {
  const int socket = bench::connect_to(target);
  const std::string page =
      bench::ask(socket, "GET " + target.path + " HTTP/1.1\r\nHost: " + target.host + "\r\nAccept-Encoding: identity\r\n\r\n");
  ::close(socket);
  if (bench::status_of_answer(page) != "200") fail("the article is not there: " + page.substr(0, 100));
  return {value_of(page, "article"), value_of(page, "stamp")};
}

std::string form_encoded(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
        c == '*')
      encoded += c;
    else if (c == ' ')
      encoded += '+';
    else
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return encoded;
}

struct Connection {
  int socket = -1;
  std::string read = {};
  std::string last_comment = {};  // its number, once it was published
  Clock::time_point sent;
};

class Load {
 public:
  Load(const bench::Target& target, int connections, double rate)
      : target_(target),
        form_(fetch_form(target)),
        rate_(rate),
        connections_(static_cast<std::size_t>(connections)),
        poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    bench::Prose prose(static_cast<std::uint64_t>(::getpid()));
    for (std::size_t i = 0; i < texts_made; ++i) texts_.push_back(form_encoded(prose.comment()));
    run_name_ = std::to_string(::getpid()) + std::to_string(Clock::now().time_since_epoch().count());
    for (Connection& connection : connections_) {
      connection.socket = bench::connect_to(target);
      epoll_event event{.events = EPOLLIN, .data = {.ptr = &connection}};
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, connection.socket, &event);
      idle_.push_back(&connection);
    }
  }

  // Stops asking at `end`, and waits for what was asked.
  void run(Clock::time_point end) {
    begin_ = Clock::now();
    epoll_event events[256];
    for (Clock::time_point now = begin_; now < end || idle_.size() < connections_.size(); now = Clock::now()) {
      if (now < end) post_what_is_due(now);
      const int count = ::epoll_wait(poll_, events, 256, rate_ > 0 ? 1 : 100);
      for (int i = 0; i < count; ++i) take(*static_cast<Connection*>(events[i].data.ptr));
      if (now > end + std::chrono::seconds(20)) fail("the server does not answer");
    }
  }

  const bench::Latencies& latencies() const { return latencies_; }

 private:
  void post_what_is_due(Clock::time_point now) {
    const double elapsed = std::chrono::duration<double>(now - begin_).count();
    while (!idle_.empty() && (rate_ == 0 || static_cast<double>(posted_) < elapsed * rate_)) {
      Connection& connection = *idle_.back();
      idle_.pop_back();
      post(connection);
    }
  }

  void post(Connection& connection) {
    const std::string number = std::to_string(++posted_);
    body_ = "article=" + form_.article + "&stamp=" + form_encoded(form_.stamp) + "&name=Reader+" + number + "&email=reader" +
            number + "%40example.org&website=&parent=" + (posted_ % 3 == 0 ? connection.last_comment : std::string()) +
            "&comment=" + texts_[posted_ % texts_.size()] + "+" + run_name_ + "." + number;
    request_ = "POST /comment HTTP/1.1\r\nHost: " + target_.host + "\r\nOrigin: http://" + target_.host +
               "\r\nSec-Fetch-Site: same-origin\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 "
               "Firefox/128.0\r\n"
               "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: en-GB,en;q=0.5\r\n"
               "Accept-Encoding: gzip, deflate, br\r\nReferer: http://" +
               target_.host + target_.path +
               "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body_.size()) +
               "\r\n\r\n" + body_;
    connection.sent = Clock::now();
    bench::send_all(connection.socket, request_);
  }

  void take(Connection& connection) {
    char buffer[65536];
    const ssize_t count = ::recv(connection.socket, buffer, sizeof buffer, MSG_DONTWAIT);
    if (count == 0) fail("the server closed the connection");
    if (count > 0) connection.read.append(buffer, static_cast<std::size_t>(count));
    std::size_t head = 0;
    const std::size_t size = bench::length_of_answer(connection.read, head);
    if (size == 0 || connection.read.size() < size) return;
    if (bench::status_of_answer(connection.read) != "303")
      fail("a comment was answered with: " + connection.read.substr(0, 2000));
    const std::size_t anchor = connection.read.find("#comment-");
    if (anchor == std::string::npos) fail("the answer leads to no comment");
    connection.last_comment = connection.read.substr(anchor + 9, connection.read.find('\r', anchor) - anchor - 9);
    connection.read.clear();
    latencies_.add(Clock::now() - connection.sent);
    idle_.push_back(&connection);
  }

  const bench::Target target_;
  const Form form_;
  const double rate_;
  std::vector<Connection> connections_;
  std::vector<Connection*> idle_;
  const int poll_;
  std::vector<std::string> texts_;
  std::string run_name_;  // so that two runs never send the same form
  std::string body_;
  std::string request_;
  bench::Latencies latencies_;
  Clock::time_point begin_;
  std::size_t posted_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) fail("usage: comment_load URL CONNECTIONS SECONDS [RATE]");
  Load load(bench::parse_target(arguments[1]), std::atoi(arguments[2]), count > 4 ? std::atof(arguments[4]) : 0);
  const double processor_before = bench::processor_seconds();
  const Clock::time_point start = Clock::now();
  load.run(start + std::chrono::milliseconds(static_cast<int>(std::atof(arguments[3]) * 1000)));
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const double busy = 100 * (bench::processor_seconds() - processor_before) / seconds;
  const bench::Latencies& latencies = load.latencies();
  std::printf("%zu %.3f %.0f %.2f %.2f %.0f\n", latencies.total(), seconds, static_cast<double>(latencies.total()) / seconds,
              latencies.percentile(50), latencies.percentile(99), busy);
}
