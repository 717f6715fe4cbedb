// TLS on one connected socket that does not block: the handshake, plain bytes in and out. It waits for nothing; its owner waits
// for the socket when it is told to.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/asio.h"
#include "http/tls_context.h"

struct ssl_st;

namespace http {

// Not thread-safe. Invariants:
// 1. What was encrypted and not yet sent stays below 128 KB.
// 2. An error other than would_block is the connection's end.
class TlsSession {
 public:
  // `socket` must outlive the session.
  TlsSession(std::shared_ptr<const TlsContext> context, int socket);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  enum class Step { done, wants_to_read, wants_to_write, failed };
  Step shake_hands();
  // Whether the client has sent anything.
  bool has_begun() const { return has_begun_; }
  // The protocol both agreed on, "http/1.1" if the client named none.
  std::string_view protocol() const;

  // Gives how many bytes came: 0 only with an error (would_block, eof, or worse).
  std::size_t read(char* bytes, std::size_t size, ErrorCode& error);
  // Whether bytes have been taken from the socket that no read() has given out: then waiting for the socket would be in vain.
  bool has_received() const;

  // Takes up to 64 KB of the parts and gives how many bytes. would_block: nothing was taken, and nothing of what was taken before
  // could be sent.
  std::size_t write(std::span<const net::const_buffer> parts, ErrorCode& error);
  // Whether something that was taken is still to be sent: write() again, with nothing if there is nothing more.
  bool has_unsent() const { return sent_ < unsent_.size(); }
  // Tells the client that no more comes, so that it can tell an end from a cut. As far as it goes at once.
  void say_goodbye();

 private:
  friend class SocketBio;
  bool encrypt(const char* bytes, std::size_t size);
  void flush(ErrorCode& error);

  std::shared_ptr<const TlsContext> context_;
  int socket_;
  ssl_st* ssl_;
  bool has_begun_ = false;
  bool is_at_end_ = false;  // the client sends no more
  bool is_ready_ = false;   // hands were shaken, and nothing broke since
  std::string unsent_;      // encrypted
  std::size_t sent_ = 0;    // of unsent_
};

}  // namespace http
