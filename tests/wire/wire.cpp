#include "wire/wire.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <stdexcept>

#include "http/syntax.h"

namespace wire {

namespace {

constexpr int patience = 10'000;  // milliseconds

using Pages = std::map<std::string, std::shared_ptr<const http::Prepared>, std::less<>>;

class MapSource final : public http::PreparedSource {
 public:
  MapSource(std::shared_ptr<const Pages> pages, Gate& gate) : pages_(std::move(pages)), gate_(gate) {}
  const http::Prepared* find(std::string_view target) override {
    if (target == "/stall") gate_.wait();
    const auto found = pages_->find(target);
    return found == pages_->end() ? nullptr : found->second.get();
  }
  std::shared_ptr<const http::Prepared> find_shared(std::string_view target) override {
    return find(target) ? pages_->find(target)->second : nullptr;
  }

 private:
  std::shared_ptr<const Pages> pages_;
  Gate& gate_;
};

http::Response text(std::string body) {
  http::Response response;
  response.add("Content-Type", "text/html; charset=utf-8").add("Cache-Control", "public, max-age=60");
  response.body = std::move(body);
  return response;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    std::string_view line = http::cut_until(rest, '\n');
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (http::equals_ignoring_case(http::cut_until(line, ':'), name)) return std::string(http::trim(line));
  }
  return {};
}

Client::Client(std::uint16_t port, const char* source) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  if (source) {
    address.sin_addr.s_addr = ::inet_addr(source);
    if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("cannot bind");
  }
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("cannot connect");
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const timeval limit{.tv_sec = patience / 1000, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

Client::~Client() { ::close(socket_); }

std::size_t Client::send(std::string_view bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) break;
    sent += static_cast<std::size_t>(count);
  }
  return sent;
}

void Client::finish_sending() { ::shutdown(socket_, SHUT_WR); }

void Client::shrink_receive_buffer() {
  const int size = 256 * 1024;  // less than a segment of the loopback device would make TCP itself crawl
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

bool Client::fill(int milliseconds) {
  if (ended_) return false;
  pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, milliseconds) <= 0) return false;
  char buffer[65536];
  const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
  ended_ = count <= 0;
  was_reset_ = count < 0;
  if (count > 0) received_.append(buffer, static_cast<std::size_t>(count));
  return count > 0;
}

Answer Client::read_answer(bool to_head) {
  Answer answer;
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill(patience)) return answer;
  }
  answer.head = received_.substr(0, end + 2);
  received_.erase(0, end + 4);
  answer.status = std::stoi(answer.head.substr(9, 3));
  const bool has_body = !to_head && answer.status >= 200 && answer.status != 204 && answer.status != 304;
  if (has_body) answer.body = read_bytes(static_cast<std::size_t>(std::stoul("0" + answer.header("Content-Length"))));
  return answer;
}

std::string Client::read_bytes(std::size_t count) {
  while (received_.size() < count && fill(patience)) {
  }
  std::string bytes = received_.substr(0, count);
  received_.erase(0, bytes.size());
  return bytes;
}

std::string Client::read_chunk() {
  std::size_t end = 0;
  while ((end = received_.find("\r\n")) == std::string::npos) {
    if (!fill(patience)) return "?";
  }
  const std::size_t size = std::stoul("0" + received_.substr(0, end), nullptr, 16);
  received_.erase(0, end + 2);
  std::string chunk = read_bytes(size + 2);
  return chunk.ends_with("\r\n") ? chunk.substr(0, size) : "?";
}

bool Client::is_closed_by_server(std::string* rest) {
  while (fill(patience)) {
  }
  if (rest) *rest = received_;
  return ended_;
}

bool Client::is_silent_for(int milliseconds) { return received_.empty() && !fill(milliseconds) && !ended_; }

void Gate::wait() {
  std::unique_lock lock(mutex_);
  ++waiting_;
  changed_.notify_all();
  changed_.wait(lock, [this] { return open_; });
}

void Gate::release() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  changed_.notify_all();
}

void Gate::await_waiting(int count) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::seconds(10), [&] { return waiting_ >= count; });
}

namespace {

std::optional<http::Response> refuse(const http::Request& request, int status) {
  if (request.path != "/kept") return std::nullopt;
  http::Response response = text("kept: " + request.body);
  response.status = status;
  return response;
}

}  // namespace

http::Topic& TestServer::topic(const std::string& name) {
  const std::lock_guard lock(topics_mutex_);
  auto& topic = topics_[name];
  if (!topic) topic = std::make_shared<http::Topic>();
  return *topic;
}

TestServer::TestServer(http::ServerSettings settings) {
  for (int i = 0; i < 600; ++i) page_ += "<p>Paragraph " + std::to_string(i) + " of the page, in plain words.</p>\n";
  auto pages = std::make_shared<Pages>();
  pages->emplace("/page", http::prepare(text(page_), http::Effort::thorough));
  pages->emplace("/packed", http::prepare(text(page_), http::Effort::thorough, http::Plain::leave_out));
  pages->emplace("/small", http::prepare(text("small"), http::Effort::good));
  prepared_ = pages;
  std::string name = (std::filesystem::temp_directory_path() / "wire-XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
  files_.emplace(*http::FileRoot::open(folder_));
  settings.port = 0;
  if (settings.tls) settings.tls->port = 0;
  server_ = std::make_unique<http::Server>(
      std::move(settings), [this](http::Request request, http::Reply reply) { handle(std::move(request), std::move(reply)); },
      [this] { return std::make_unique<MapSource>(prepared_, gate_); }, refuse);
  const auto started = server_->start();
  if (!started) throw std::runtime_error(started.error().key);
}

TestServer::~TestServer() {
  gate_.release();
  server_.reset();
  std::filesystem::remove_all(folder_);
}

void TestServer::handle(http::Request request, http::Reply reply) {
  if (request.path == "/hold") gate_.wait();
  if (request.path == "/throw") throw std::runtime_error("a fault made on purpose");
  if (request.path == "/drop") return;
  if (request.path == "/busy") {
    http::Response response = text("busy");
    response.status = 503;
    return reply(std::move(response));
  }
  if (request.path == "/prepared") return reply(prepared_->at("/page"));
  if (request.path == "/packed") return reply(prepared_->at("/packed"));
  if (request.path.starts_with("/files/")) {
    auto found = files_->find(request, std::string_view(request.path).substr(7), "");
    if (found) return reply(std::move(*found));
  }
  if (request.path.starts_with("/events/")) {
    http::Response response;
    response.add("Content-Type", "text/event-stream");
    response.events = http::EventStream{topic(request.path.substr(8)).shared_from_this(), permit_};
    return reply(std::move(response));
  }
  if (request.path == "/client") return reply(text(request.client + (request.secure ? " secure" : " plain")));
  if (request.path == "/large") return reply(text(std::string(std::stoul("0" + request.query), 'x')));
  if (request.path == "/injected") {
    http::Response response = text("");
    response.add("X-Name", "a\r\nSet-Cookie: stolen=1").add("Bad Name", "x").add("Transfer-Encoding", "chunked");
    return reply(std::move(response));
  }
  const std::string method = request.method == http::Method::post  ? "POST "
                             : request.method == http::Method::put ? "PUT "
                                                                   : "other ";
  const std::string host(request.find_header("host").value_or("no host"));
  reply(text(method + request.target + " " + host + " [" + request.body + "]"));
}

Answer TestServer::ask(std::string_view bytes) {
  Client client(port());
  client.send(bytes);
  return client.read_answer(bytes.starts_with("HEAD "));
}

http::ServerSettings hasty() {
  http::ServerSettings settings;
  settings.head_deadline = settings.body_deadline = settings.write_deadline = settings.idle_deadline = std::chrono::seconds(1);
  return settings;
}

}  // namespace wire
