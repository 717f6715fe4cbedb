#include "http/loop.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/clock.h"
#include "base/log.h"
#include "base/turns.h"
#include "http/date.h"
#include "http/draining_read.h"
#include "http/status.h"

namespace http {

namespace {

constexpr std::size_t accepts_a_turn = 64;
constexpr std::size_t wakes_a_turn = 64;
constexpr std::size_t most_spare_buffers = 256;
// Connections beyond the limit that are told so; further ones are closed without a word.
constexpr std::size_t most_refusals = 256;
// The same for the connections of one client.
constexpr std::size_t most_refusals_a_client = 32;
constexpr std::uint32_t ticks_between_warnings = 60;
constexpr std::chrono::milliseconds drain_step{20};
constexpr std::chrono::milliseconds drain_grace{250};

// Reactor operations are only ever called on the loop's own thread, so their locks are left out; post() keeps its own.
constexpr int hint = BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO;

NetworkAddress address_of(const sockaddr_storage& storage) {
  NetworkAddress address;
  if (storage.ss_family == AF_INET6) {
    std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in6&>(storage).sin6_addr, 16);
  } else {
    address.bytes[10] = address.bytes[11] = 0xff;
    std::memcpy(address.bytes.data() + 12, &reinterpret_cast<const sockaddr_in&>(storage).sin_addr, 4);
  }
  return address;
}

// sendfile() has no MSG_NOSIGNAL: without this a reader who leaves would end the program.
void block_broken_pipes() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

Loop::Loop(Shared& shared, std::unique_ptr<PreparedSource> source)
    : shared_(shared),
      counts_(shared.counts.emplace_back()),
      context_(hint),
      ticker_(context_),
      drain_timer_(context_),
      source_(std::move(source)),
      parser_(take_parser()) {}

void Loop::listen(base::Descriptor listener, bool is_v6, Security security) {
  doors_.push_back({.acceptor = Acceptor(context_), .security = security});
  doors_.back().acceptor.assign(is_v6 ? net::ip::tcp::v6() : net::ip::tcp::v4(), listener.release());
}

void Loop::run() {
  block_broken_pipes();
  base::ask_for_short_turns();
  write_date();
  for (Door& door : doors_) await_connections(door);
  start_ticking();
  while (!context_.stopped()) {
    try {
      context_.run();
    } catch (const std::exception& cause) {
      base::log::error(std::string("the I/O loop goes on after: ") + cause.what());
    }
  }
  shared_.connections -= count_connections();
  connections_.clear();
  http2_connections_.clear();
  handshakes_.clear();
  source_.reset();
}

void Loop::drain(std::chrono::steady_clock::time_point until) {
  net::post(context_, [this, until] { start_draining(until); });
}

void Loop::post_answer(Connection& connection, Answer answer) {
  net::post(context_, [&connection, answer = std::move(answer)]() mutable { connection.answer(std::move(answer)); });
}

void Loop::post_answer(std::weak_ptr<Http2Connection> connection, std::int32_t stream, Answer answer) {
  net::post(context_, [connection = std::move(connection), stream, answer = std::move(answer)]() mutable {
    if (const auto living = connection.lock()) living->answer(stream, std::move(answer));
  });
}

Response Loop::refuse(const Request* request, int status) const {
  std::optional<Response> worded;
  if (request && shared_.refusal) worded = shared_.refusal(*request, status);
  Response response = worded ? *std::move(worded) : plain_answer(status);
  const bool may_come_back = status == 503 || status == 429;
  if (may_come_back && !response.find("Retry-After")) response.add("Retry-After", "1");
  return response;
}

void Loop::post_news(std::shared_ptr<Topic> topic) {
  net::post(context_, [this, topic = std::move(topic)] { wake_listeners(topic, 0); });
}

std::uint64_t Loop::add(const std::shared_ptr<Topic>& topic, const Subscription& subscription) {
  auto& listeners = listeners_[topic];
  topic->add_listener(shared_from_this());
  listeners.emplace(++last_place_, &subscription);
  ++shared_.listening;
  return last_place_;
}

void Loop::remove(const std::shared_ptr<Topic>& topic, std::uint64_t place) {
  const auto found = listeners_.find(topic);
  if (found == listeners_.end() || found->second.erase(place) == 0) return;
  --shared_.listening;
  topic->remove_listener(*this);
  if (found->second.empty()) listeners_.erase(found);
}

// Some at a time, so that page views come in between. Whoever is woken may end, and others with it.
void Loop::wake_listeners(const std::shared_ptr<Topic>& topic, std::uint64_t from) {
  for (std::size_t woken = 0; woken < wakes_a_turn; ++woken) {
    const auto listeners = listeners_.find(topic);
    if (listeners == listeners_.end()) return;
    const auto next = listeners->second.upper_bound(from);
    if (next == listeners->second.end()) return;
    from = next->first;
    next->second->wake();
  }
  net::post(context_, [this, topic, from] { wake_listeners(topic, from); });
}

void Loop::wake_all_listeners() {
  std::vector<std::shared_ptr<Topic>> topics;
  for (const auto& [topic, listeners] : listeners_) topics.push_back(topic);
  for (const auto& topic : topics) wake_listeners(topic, 0);
}

std::size_t Loop::buffer_size() const { return std::max<std::size_t>(16'384, settings().max_head_bytes); }

std::unique_ptr<RequestParser> Loop::take_parser() {
  auto other = std::make_unique<RequestParser>(
      RequestParser::Limits{.head_bytes = settings().max_head_bytes, .body_bytes = settings().max_body_bytes});
  return parser_ ? std::exchange(parser_, std::move(other)) : std::move(other);
}

std::unique_ptr<char[]> Loop::take_buffer() {
  // Not make_unique, which would fill it with zeros first.
  if (spare_buffers_.empty()) return std::unique_ptr<char[]>(std::make_unique_for_overwrite<char[]>(buffer_size()));
  std::unique_ptr<char[]> buffer = std::move(spare_buffers_.back());
  spare_buffers_.pop_back();
  return buffer;
}

void Loop::give_back(std::unique_ptr<char[]> buffer) {
  if (buffer && spare_buffers_.size() < most_spare_buffers) spare_buffers_.push_back(std::move(buffer));
}

void Loop::remove(std::list<Connection>::iterator connection) {
  leave(connection->peer());
  connections_.erase(connection);
  if (is_draining_ && count_connections() == 0) end();
}

void Loop::await_connections(Door& door) {
  door.is_awaiting = true;
  door.acceptor.async_wait(Acceptor::wait_read, [this, &door](const ErrorCode& error) {
    door.is_awaiting = false;
    if (!error) accept_waiting(door);
  });
}

void Loop::accept_waiting(Door& door) {
  for (std::size_t i = 0; i < accepts_a_turn; ++i) {
    const Accepted accepted = accept_one(door);
    if (accepted == Accepted::no_descriptors) {
      lack_of_descriptors_.fails("raise the limit of open files (ulimit -n, LimitNOFILE)");
      return;  // the next tick tries again
    }
    if (accepted == Accepted::none_left) {
      lack_of_descriptors_.works();
      break;
    }
  }
  await_connections(door);
}

Loop::Accepted Loop::accept_one(Door& door) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  base::Descriptor accepted(
      ::accept4(door.acceptor.native_handle(), reinterpret_cast<sockaddr*>(&storage), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!accepted) {
    if (errno == EAGAIN) return Accepted::none_left;
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) return Accepted::no_descriptors;
    return Accepted::one;  // that client is gone already
  }
  counts_.accepted.add();
  const NetworkAddress peer = address_of(storage);
  const int refusal = refusal_of(peer, ++shared_.connections, shared_.clients.add(peer));
  if (refusal != 0) counts_.refused_by_limit.add();
  const auto forget = [&] {
    leave(peer);
    return Accepted::one;
  };
  if (refusal < 0) return forget();
  const int on = 1;
  ::setsockopt(accepted.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  Socket socket(context_);
  ErrorCode error;
  socket.assign(storage.ss_family == AF_INET6 ? net::ip::tcp::v6() : net::ip::tcp::v4(), accepted.number(), error);
  if (!error) accepted.release();
  if (!error) socket.non_blocking(true, error);
  if (error) return forget();
  admit(std::move(socket), peer, door.security, refusal);
  return Accepted::one;
}

// Whoever is one too many is told so, but not by TLS: shaking hands costs more than the answer.
void Loop::admit(Socket socket, const NetworkAddress& peer, Security security, int refusal) {
  if (security == Security::tls && refusal > 0) {
    leave(peer);
  } else if (security == Security::tls) {
    auto tls = std::make_unique<TlsSession>(shared_.certificate->current(), socket.native_handle());
    handshakes_.emplace_front(*this, Transport(std::move(socket), std::move(tls)), peer);
    handshakes_.front().start(handshakes_.begin());
  } else {
    ask_what_is_left(socket.native_handle());
    connections_.emplace_front(*this, Transport(std::move(socket)), peer);
    if (refusal > 0)
      connections_.front().start_refusing(connections_.begin(), refusal);
    else
      connections_.front().start(connections_.begin());
  }
}

void Loop::leave(const NetworkAddress& peer) {
  --shared_.connections;
  shared_.clients.remove(peer);
}

void Loop::welcome(std::list<Handshake>::iterator done) {
  Transport transport = done->take_transport();
  const NetworkAddress peer = done->peer();
  handshakes_.erase(done);
  if (transport.tls().protocol() == "h2") {
    http2_connections_.push_front(std::make_shared<Http2Connection>(*this, std::move(transport), peer));
    const std::shared_ptr<Http2Connection> connection = http2_connections_.front();
    connection->start(http2_connections_.begin());
  } else {
    connections_.emplace_front(*this, std::move(transport), peer);
    connections_.front().start(connections_.begin());
  }
}

void Loop::remove(Http2Connection::Place connection) {
  leave((*connection)->peer());
  http2_connections_.erase(connection);
}

void Loop::remove(std::list<Handshake>::iterator failed) {
  leave(failed->peer());
  handshakes_.erase(failed);
}

std::string Loop::secure_origin(const Request& request) const {
  if (!settings().tls->origin.empty()) return settings().tls->origin;
  const std::string host(request.find_header("host").value_or(""));
  if (host.empty()) return {};
  const std::size_t colon = host.rfind(':');
  const bool has_port = colon != std::string::npos && host.find(']', colon) == std::string::npos;
  const std::string port = shared_.tls_port == 443 ? "" : ":" + std::to_string(shared_.tls_port);
  return "https://" + host.substr(0, has_port ? colon : host.size()) + port;
}

// A trusted proxy stands for many clients, and this machine itself may be a proxy that nobody named: they may hold as many as
// there is room for.
int Loop::refusal_of(const NetworkAddress& peer, std::size_t connections, std::size_t of_this_client) {
  const std::size_t most = settings().max_connections_per_client;
  const bool is_greedy = most != 0 && of_this_client > most && !proxies().contains(peer) && !is_this_machine(peer);
  if (is_greedy) ++refused_;
  if (connections > settings().max_connections + most_refusals) return -1;
  if (is_greedy) return of_this_client > most + most_refusals_a_client ? -1 : 429;
  return connections > settings().max_connections ? 503 : 0;
}

// Without the address: the log holds none.
void Loop::tell_of_refusals() {
  if (refused_ == 0 || tick_ % ticks_between_warnings != 0) return;
  base::log::warning(std::to_string(refused_) + " connections were refused because their client held more than " +
                     std::to_string(settings().max_connections_per_client) +
                     " (limits.connections_per_client); if that client is a proxy of yours, name it in http.trusted_proxies");
  refused_ = 0;
}

void Loop::start_ticking() {
  ticker_.expires_after(std::chrono::seconds(1));
  ticker_.async_wait([this](const ErrorCode& error) {
    if (error) return;
    start_ticking();
    on_tick();
  });
}

// Each may remove itself, and lives until its turn is over.
template <class Step>
void Loop::for_each_http2(Step step) {
  for (auto next = http2_connections_.begin(); next != http2_connections_.end();) {
    const std::shared_ptr<Http2Connection> connection = *next++;
    step(*connection);
  }
}

void Loop::on_tick() {
  ++tick_;
  write_date();
  for (Connection& connection : connections_) connection.on_tick();
  for (Handshake& handshake : handshakes_) handshake.on_tick();
  for_each_http2([](Http2Connection& connection) { connection.on_tick(); });
  for (Door& door : doors_) {
    if (!door.is_awaiting && !is_draining_) accept_waiting(door);
  }
  tell_of_refusals();
  if (source_) source_->tick();
}

void Loop::write_date() {
  date_ = format_date(base::SystemClock().now());
  const std::string date = "Date: " + date_ + "\r\n";
  endings_[static_cast<std::size_t>(Future::silent)] = date + "\r\n";
  endings_[static_cast<std::size_t>(Future::stays)] = date + "Connection: keep-alive\r\n\r\n";
  endings_[static_cast<std::size_t>(Future::ends)] = date + "Connection: close\r\n\r\n";
}

// Whoever has completed the handshake stands in the kernel's queue and believes to be connected: they are let in before the door
// closes.
void Loop::start_draining(std::chrono::steady_clock::time_point until) {
  for (Door& door : doors_) {
    while (accept_one(door) == Accepted::one) {
    }
    ErrorCode ignored;
    door.acceptor.close(ignored);
  }
  is_draining_ = true;
  wake_all_listeners();  // nobody who only listens holds up the end
  grace_ = std::chrono::steady_clock::now() + drain_grace;
  await_drained(until);
}

void Loop::await_drained(std::chrono::steady_clock::time_point until) {
  const auto now = std::chrono::steady_clock::now();
  const std::size_t count = count_connections();
  if (count == 0) return end();
  if (now >= until) {
    base::log::warning("stopping: " + std::to_string(count) + " connections were cut off at the end of the drain time");
    return end();
  }
  for (Connection& connection : connections_) connection.leave_if_idle(now >= grace_);
  for_each_http2([&](Http2Connection& connection) { connection.leave_if_idle(now >= grace_); });
  if (now >= grace_) {
    for (Handshake& handshake : handshakes_) handshake.leave_if_idle();
  }
  drain_timer_.expires_after(drain_step);
  drain_timer_.async_wait([this, until](const ErrorCode& error) {
    if (!error) await_drained(until);
  });
}

void Loop::end() { context_.stop(); }

}  // namespace http
