#include "operating/load.h"

#include <algorithm>

#include "text/url.h"

namespace operating {
namespace {

// One client: a connection, and requests over it.
class Client {
 public:
  explicit Client(std::uint16_t port) : port_(port) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { close(); }

  // The whole answer; otherwise what went wrong, which begins with "!".
  std::string ask(const std::string& request) {
    const bool was_used = socket_ >= 0;
    std::string answer = ask_once(request);
    if (answer == "!nothing" && was_used) answer = ask_once(request);
    return answer;
  }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

 private:
  std::string ask_once(const std::string& request) {
    if (socket_ < 0 && !connect()) return "!no connection";
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
      return close(), "!nothing";
    std::string answer = receive();
    if (answer.starts_with('!') || answer.find("\r\nConnection: close\r\n") != std::string::npos) close();
    return answer;
  }

  bool connect() {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return true;
    close();
    return false;
  }

  std::string receive() {
    std::string answer;
    std::size_t whole = std::string::npos;
    char buffer[16384];
    while (answer.size() < whole) {
      const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
      if (got <= 0) return answer.empty() ? "!nothing" : "!cut: " + answer;
      answer.append(buffer, static_cast<std::size_t>(got));
      const auto end = answer.find("\r\n\r\n");
      if (whole == std::string::npos && end != std::string::npos)
        whole = end + 4 +
                static_cast<std::size_t>(std::stoul("0" + crash::between(answer.substr(0, end + 2), "Content-Length: ", "\r")));
    }
    return answer;
  }

  const std::uint16_t port_;
  int socket_ = -1;
};

}  // namespace

Load::Load(std::uint16_t port, ServedSite::Form form) : port_(port), form_(std::move(form)) {
  for (int i = 0; i < 6; ++i) counts_.push_back(std::make_unique<std::atomic<std::size_t>>(0));
  for (const Connections connections : {Connections::kept, Connections::new_each_time}) {
    const auto first = connections == Connections::kept ? std::size_t{0} : std::size_t{3};
    for (std::size_t i = first; i < first + 2; ++i)
      threads_.emplace_back([this, i, connections] { read(*counts_[i], connections); });
    threads_.emplace_back([this, first, connections] { write(*counts_[first + 2], connections, static_cast<int>(first)); });
  }
}

void Load::await_answers(std::size_t more) const {
  std::vector<std::size_t> before;
  for (const auto& count : counts_) before.push_back(*count);
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    while (*counts_[i] < before[i] + more && !is_over_) std::this_thread::yield();
  }
}

void Load::stop() {
  is_over_ = true;
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::size_t Load::answers() const {
  std::size_t sum = 0;
  for (const auto& count : counts_) sum += *count;
  return sum;
}

void Load::read(std::atomic<std::size_t>& answers, Connections connections) {
  Client client(port_);
  const std::string request = "GET /2026/01/story/ HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n\r\n";
  while (!is_over_) {
    const std::string answer = client.ask(request);
    if (!answer.starts_with("HTTP/1.1 200")) return fail("GET: " + answer.substr(0, 200));
    ++answers;
    if (connections == Connections::new_each_time) client.close();
  }
}

void Load::write(std::atomic<std::size_t>& answers, Connections connections, int writer) {
  Client client(port_);
  const std::string host = "127.0.0.1:" + std::to_string(port_);
  for (int i = 0; !is_over_; ++i) {
    const std::string words = "Words " + std::to_string(i) + " of writer " + std::to_string(writer) + ".";
    const std::string body = "article=" + form_.article + "&parent=&stamp=" + text::percent_encode(form_.stamp) +
                             "&name=Bo&email=bo%40example.org&website=&comment=" + text::percent_encode(words);
    const std::string answer =
        client.ask("POST /comment HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
                   "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) +
                   "\r\n\r\n" + body);
    if (!answer.starts_with("HTTP/1.1 303")) return fail("POST: " + answer.substr(0, 200));
    ++answers;
    if (connections == Connections::new_each_time) client.close();
    const std::lock_guard lock(mutex_);
    acknowledged_.insert(words);
  }
}

// Whoever waits for more answers must not wait for ever.
void Load::fail(const std::string& what) {
  const std::lock_guard lock(mutex_);
  failures_.push_back(what);
  is_over_ = true;
}

}  // namespace operating
