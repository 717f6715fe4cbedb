// What a connection reads from and writes to: a socket, alone or with TLS on it. Without TLS each call is the socket's own and
// costs one comparison more. Internal to the folder.
#pragma once

#include <sys/socket.h>

#include <memory>
#include <utility>

#include "http/asio.h"
#include "http/tls_session.h"

namespace http {

class Transport {
 public:
  explicit Transport(Socket socket, std::unique_ptr<TlsSession> tls = nullptr)
      : socket_(std::move(socket)), tls_(std::move(tls)) {}
  Transport(Transport&&) noexcept = default;
  Transport& operator=(Transport&&) = delete;
  ~Transport() {
    if (tls_) tls_->say_goodbye();
  }

  bool is_secure() const { return tls_ != nullptr; }
  // To wait for; only without TLS to read from and to write to.
  Socket& socket() { return socket_; }
  TlsSession& tls() { return *tls_; }

  // Never wait. would_block: nothing came; nothing went.
  std::size_t read(char* bytes, std::size_t size, ErrorCode& error) {
    return tls_ ? tls_->read(bytes, size, error) : socket_.read_some(net::buffer(bytes, size), error);
  }
  template <class Parts>
  std::size_t write(const Parts& parts, ErrorCode& error, int flags = 0) {
    return tls_ ? tls_->write(parts, error) : socket_.send(parts, flags, error);
  }
  // Whether bytes that write() has taken are still here: write again, with empty parts if there are no others.
  bool has_unsent() const { return tls_ && tls_->has_unsent(); }
  // Whether read() may give something though the socket has nothing.
  bool has_received() const { return tls_ && tls_->has_received(); }

  // No more will be sent.
  void finish(ErrorCode& error) {
    if (tls_) tls_->say_goodbye();
    socket_.shutdown(Socket::shutdown_send, error);
  }
  // Takes bytes from the socket to throw them away.
  std::size_t discard(char* bytes, std::size_t size, ErrorCode& error) {
    return socket_.read_some(net::buffer(bytes, size), error);
  }

 private:
  Socket socket_;
  std::unique_ptr<TlsSession> tls_;
};

}  // namespace http
