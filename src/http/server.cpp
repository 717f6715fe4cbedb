#include "http/server.h"

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
  base::Mutex mutex;
  std::vector<std::shared_ptr<Loop>> loops GUARDED_BY(mutex);
  std::vector<std::thread> threads GUARDED_BY(mutex);
};

Server::Server(ServerSettings settings, Handler handler, std::function<std::unique_ptr<PreparedSource>()> make_source)
    : state_(std::make_unique<State>()) {
  state_->shared.settings = std::move(settings);
  state_->handler = std::move(handler);
  state_->make_source = std::move(make_source);
}

Server::~Server() { stop(); }

base::Result<void> Server::start() {
  const ServerSettings& settings = state_->shared.settings;
  state_->shared.proxies = TRY(TrustedProxies::parse(settings.trusted_proxies));
  const unsigned count = std::max(1u, settings.io_threads);
  if (settings.tls) {
    state_->shared.certificate =
        TRY(CertificateKeeper::open({.certificate = settings.tls->certificate, .key = settings.tls->key}));
  }
  Listeners listeners = TRY(listen_on(settings.address, settings.port, count));
  state_->port = listeners.port;
  Listeners secure_listeners;
  if (settings.tls) secure_listeners = TRY(listen_on(settings.tls->address, settings.tls->port, count));
  state_->shared.tls_port = secure_listeners.port;
  state_->shared.pool = std::make_unique<WorkerPool>(std::max(1u, settings.workers), settings.queue, state_->handler);

  const base::MutexLock lock(state_->mutex);
  for (unsigned i = 0; i < count; ++i) {
    auto loop = std::make_shared<Loop>(state_->shared, state_->make_source ? state_->make_source() : nullptr);
    loop->listen(std::move(listeners.sockets[i]), listeners.is_v6, Security::plain);
    if (settings.tls) loop->listen(std::move(secure_listeners.sockets[i]), secure_listeners.is_v6, Security::tls);
    state_->loops.push_back(std::move(loop));
  }
  for (const auto& loop : state_->loops) state_->threads.emplace_back([loop] { loop->run(); });
  return {};
}

std::uint16_t Server::port() const { return state_->port; }
std::uint16_t Server::tls_port() const { return state_->shared.tls_port; }

base::Result<void> Server::reload_certificate() {
  return state_->shared.certificate ? state_->shared.certificate->reload() : base::Result<void>();
}

bool Server::reload_certificate_if_changed() {
  return state_->shared.certificate && state_->shared.certificate->reload_if_changed();
}

void Server::stop() {
  const base::MutexLock lock(state_->mutex);
  const auto until = std::chrono::steady_clock::now() + state_->shared.settings.drain_deadline;
  for (const auto& loop : state_->loops) loop->drain(until);
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
  state_->loops.clear();
  state_->shared.pool.reset();
}

}  // namespace http
