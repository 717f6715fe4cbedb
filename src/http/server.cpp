#include "http/server.h"

#include <fcntl.h>

#include <thread>
#include <utility>

#include "base/mutex.h"
#include "http/listener.h"
#include "http/loop.h"

namespace http {

struct Server::State {
  Shared shared;
  Handler handler;
  std::function<std::unique_ptr<PreparedSource>()> make_source;
  std::uint16_t port = 0;
  std::string address;
  mutable base::Mutex mutex;
  Sockets listening GUARDED_BY(mutex);  // copies, to be shared
  std::vector<std::shared_ptr<Loop>> loops GUARDED_BY(mutex);
  std::vector<std::thread> threads GUARDED_BY(mutex);
};

namespace {

std::vector<base::Descriptor> copies_of(const std::vector<base::Descriptor>& sockets) {
  std::vector<base::Descriptor> copies;
  for (const base::Descriptor& socket : sockets) copies.emplace_back(::fcntl(socket.number(), F_DUPFD_CLOEXEC, 0));
  return copies;
}

base::Result<Listeners> open_or_adopt(std::vector<base::Descriptor> given, const std::string& address, std::uint16_t port,
                                      unsigned count) {
  return given.empty() ? listen_on(address, port, count) : adopt(std::move(given), count);
}

}  // namespace

Server::Server(ServerSettings settings, Handler handler, std::function<std::unique_ptr<PreparedSource>()> make_source,
               Refusal refusal)
    : state_(std::make_unique<State>()) {
  state_->shared.settings = std::move(settings);
  state_->shared.refusal = std::move(refusal);
  state_->handler = std::move(handler);
  state_->make_source = std::move(make_source);
}

Server::~Server() { stop(); }

base::Result<void> Server::start() { return start_on({}); }

base::Result<void> Server::start_on(Sockets sockets) {
  const ServerSettings& settings = state_->shared.settings;
  state_->shared.proxies = TRY(TrustedProxies::parse(settings.trusted_proxies));
  const unsigned count = std::max(1u, settings.io_threads);
  if (settings.tls) {
    state_->shared.certificate =
        TRY(CertificateKeeper::open({.certificate = settings.tls->certificate, .key = settings.tls->key}));
  }
  Listeners plain = TRY(open_or_adopt(std::move(sockets.plain), settings.address, settings.port, count));
  state_->port = plain.port;
  state_->address = plain.address;
  Listeners secure;
  if (settings.tls) secure = TRY(open_or_adopt(std::move(sockets.secure), settings.tls->address, settings.tls->port, count));
  state_->shared.tls_port = secure.port;
  state_->shared.pool = std::make_unique<WorkerPool>(std::max(1u, settings.workers), settings.queue, state_->handler);

  const base::MutexLock lock(state_->mutex);
  state_->listening = {copies_of(plain.sockets), copies_of(secure.sockets)};
  for (std::size_t i = 0; i < std::max(plain.sockets.size(), secure.sockets.size()); ++i) {
    auto loop = std::make_shared<Loop>(state_->shared, state_->make_source ? state_->make_source() : nullptr);
    if (i < plain.sockets.size()) loop->listen(std::move(plain.sockets[i]), plain.is_v6, Security::plain);
    if (i < secure.sockets.size()) loop->listen(std::move(secure.sockets[i]), secure.is_v6, Security::tls);
    state_->loops.push_back(std::move(loop));
  }
  for (const auto& loop : state_->loops) state_->threads.emplace_back([loop] { loop->run(); });
  return {};
}

Sockets Server::share_sockets() const {
  const base::MutexLock lock(state_->mutex);
  return {copies_of(state_->listening.plain), copies_of(state_->listening.secure)};
}

std::uint16_t Server::port() const { return state_->port; }
std::uint16_t Server::tls_port() const { return state_->shared.tls_port; }

base::Result<void> Server::reload_certificate() {
  return state_->shared.certificate ? state_->shared.certificate->reload() : base::Result<void>();
}

bool Server::reload_certificate_if_changed() {
  return state_->shared.certificate && state_->shared.certificate->reload_if_changed();
}

const std::string& Server::address() const { return state_->address; }

ServerCounts Server::counts() const {
  // Without the lock, which stop() holds as long as it drains: nothing read here is replaced after start().
  ServerCounts sum;
  for (const LoopCounts& counts : state_->shared.counts) counts.add_to(sum);
  sum.worker_seconds = state_->shared.worker_seconds.read();
  sum.connections = state_->shared.connections;
  sum.listening = state_->shared.listening;
  if (state_->shared.pool) sum.queued = state_->shared.pool->queued();
  return sum;
}

void Server::stop() {
  const base::MutexLock lock(state_->mutex);
  const auto until = std::chrono::steady_clock::now() + state_->shared.settings.drain_deadline;
  state_->listening = {};  // first, so that a loop which closes its door closes the last one
  for (const auto& loop : state_->loops) loop->drain(until);
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
  state_->loops.clear();
  if (state_->shared.pool) state_->shared.pool->stop();
}

}  // namespace http
