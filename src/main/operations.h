// What the operator's own tools ask of the running server, on a listener of its own that readers never reach: /metrics, /healthz
// and /readyz. It answers nobody else and changes nothing.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "http/server.h"

namespace cli {

// Thread-safe.
class Operations {
 public:
  struct Questions {
    std::function<std::string()> metrics;
    std::function<bool()> database_answers;
  };
  // `listen`: address and port alone count; the limits are its own.
  Operations(const http::ServerSettings& listen, Questions questions);

  // On sockets that listen already, or on its own.
  base::Result<void> start(std::vector<base::Descriptor> sockets) { return server_.start_on({std::move(sockets), {}}); }
  const http::Server& server() const { return server_; }
  // From now on it is not ready: whoever shares out requests sends no more.
  void say_draining() { is_draining_ = true; }

 private:
  http::Response answer(const http::Request& request) const;
  http::Response readiness() const;

  const Questions questions_;
  std::atomic<bool> is_draining_ = false;
  http::Server server_;
};

}  // namespace cli
