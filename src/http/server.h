// The HTTP/1.1 server, with and without TLS: I/O threads with an acceptor each (SO_REUSEPORT), a bounded pool of workers, limits
// and deadlines. It frames messages by RFC 9112 and refuses what is ambiguous; it knows no news.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/result.h"
#include "http/counts.h"
#include "http/message.h"
#include "http/prepared.h"
#include "http/timing.h"

namespace http {

// A second address, where TLS is spoken.
struct TlsSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8443;          // 0 takes a free one
  std::filesystem::path certificate;  // PEM, with its chain
  std::filesystem::path key;          // PEM
  bool redirect = false;              // requests without TLS are sent here (301, 308)
  std::string origin = {};            // "https://example.org", where those find the site; empty: as they called it
};

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 takes a free one
  unsigned io_threads = 1;
  unsigned workers = 4;
  std::size_t queue = 1024;                       // requests waiting for a worker; beyond it: 503 with Retry-After
  std::size_t max_connections = 20'000;           // beyond it: accepted and closed with 503
  std::size_t max_connections_per_client = 1000;  // by address, IPv6 by /64: 429. Trusted proxies are free. 0: no limit
  std::size_t max_head_bytes = 16'384;            // 431
  std::size_t max_body_bytes = 1'048'576;         // 413
  std::chrono::seconds head_deadline{10};         // from the first byte of a request to the end of its head: 408
  std::chrono::seconds body_deadline{30};         // to the end of its body: 408
  std::chrono::seconds write_deadline{60};        // a reader who takes nothing for that long is cut off
  std::chrono::seconds idle_deadline{75};         // keep-alive between requests
  std::chrono::seconds sign_of_life{25};          // sent to whoever listens to a topic on which nothing is said
  std::chrono::seconds drain_deadline{20};        // stop(): what is in flight may finish
  LogSettings log = {};
  std::vector<std::string> trusted_proxies = {};  // addresses or CIDR ranges whose X-Forwarded-For / -Proto count
  std::optional<TlsSettings> tls = {};
};

// Answers one request, once, from any thread. Dropping it unanswered sends 500.
class Reply {
 public:
  // How an answer leaves.
  class Way {
   public:
    virtual ~Way() = default;
    virtual void send(Response&& response) = 0;
    virtual void send(std::shared_ptr<const Prepared> prepared) = 0;
  };

  explicit Reply(std::unique_ptr<Way> way) : way_(std::move(way)) {}
  // For tests and for handlers that look at another's answer first: what was prepared arrives as a Response in its plain form.
  explicit Reply(std::function<void(Response&&)> send);
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&& other) noexcept;
  ~Reply();

  void operator()(Response response);
  // Bytes made beforehand, chosen by the request's own headers (coding, If-None-Match).
  void operator()(std::shared_ptr<const Prepared> prepared);

 private:
  std::unique_ptr<Way> way_;  // empty once it was answered
};

// Called on a worker thread, concurrently. An exception becomes a 500 and a line in the log.
using Handler = std::function<void(Request, Reply)>;

// What to tell the sender of a request that no handler gets to see, so that nothing they wrote is lost: the workers have no room
// (503), or its body is too large (413) or too slow (408), and then only a part of it is there, or none. Called on an I/O thread:
// it must not wait, and works no longer than the request is large. Nothing: a plain answer.
using Refusal = std::function<std::optional<Response>(const Request& request, int status)>;

// Listening sockets that outlive a server.
struct Sockets {
  std::vector<base::Descriptor> plain;
  std::vector<base::Descriptor> secure;  // where TLS is spoken
};

// Thread-safe.
class Server {
 public:
  // `make_source` is called once per I/O thread; it and `refusal` may be empty.
  Server(ServerSettings settings, Handler handler, std::function<std::unique_ptr<PreparedSource>()> make_source,
         Refusal refusal = {});
  ~Server();  // stops

  // Binds and starts. Error{unavailable, sentence with the remedy} if an address is taken or not ours; Error{invalid, …} if the
  // certificate or its key cannot be used.
  base::Result<void> start();
  // Serves on sockets that listen already; where none are given, it opens its own.
  base::Result<void> start_on(Sockets sockets);
  // Copies of the sockets it listens on, for a process that takes its place. None after stop().
  Sockets share_sockets() const;
  const std::string& address() const;  // the bound one
  std::uint16_t port() const;      // the bound one
  std::uint16_t tls_port() const;  // the same for TLS; 0 without
  // New connections get the certificate that is in the files now. Error: the pair in the files cannot be used, the one before
  // goes on; that is logged. Nothing happens without TLS.
  base::Result<void> reload_certificate();
  // The same if the files have changed; to be called every minute or so. Gives whether a new pair is in use.
  bool reload_certificate_if_changed();
  // Since start(), which must have returned; also while and after it stops.
  ServerCounts counts() const;
  // No new connections; requests in flight finish within drain_deadline, later ones are cut off; then waits for the handlers that
  // still run, and returns. May be called twice.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace http
