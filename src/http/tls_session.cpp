#include "http/tls_session.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>

namespace http {

namespace {

constexpr std::size_t most_unsent = 128 * 1024;
constexpr std::size_t most_taken = 64 * 1024;
constexpr std::size_t record_size = 16 * 1024;
constexpr std::size_t most_kept = 20 * 1024;  // memory that a connection keeps between two answers

}  // namespace

// Where OpenSSL reads and writes: from the socket directly, and into `unsent_`, so that several records leave in one call to the
// kernel and encrypting never has to be repeated.
class SocketBio {
 public:
  static BIO* make(TlsSession& session) {
    static BIO_METHOD* const method = make_method();
    BIO* bio = BIO_new(method);
    if (!bio) throw std::bad_alloc();
    BIO_set_data(bio, &session);
    BIO_set_init(bio, 1);
    return bio;
  }

 private:
  static BIO_METHOD* make_method() {
    BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
    if (!method) throw std::bad_alloc();
    BIO_meth_set_read(method, read);
    BIO_meth_set_write(method, write);
    BIO_meth_set_ctrl(method, control);
    return method;
  }

  static TlsSession& session_of(BIO* bio) { return *static_cast<TlsSession*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* bytes, int size) {
    TlsSession& session = session_of(bio);
    BIO_clear_retry_flags(bio);
    const ssize_t count = ::recv(session.socket_, bytes, static_cast<std::size_t>(size), 0);
    if (count > 0) session.has_begun_ = true;
    if (count == 0) session.is_at_end_ = true;
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
    return static_cast<int>(count);
  }

  static int write(BIO* bio, const char* bytes, int size) {
    std::string& unsent = session_of(bio).unsent_;
    BIO_clear_retry_flags(bio);
    if (unsent.size() + static_cast<std::size_t>(size) > most_unsent) {
      BIO_set_retry_write(bio);
      return -1;
    }
    unsent.append(bytes, static_cast<std::size_t>(size));
    return size;
  }

  static long control(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_EOF) return session_of(bio).is_at_end_ ? 1 : 0;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
  }
};

TlsSession::TlsSession(std::shared_ptr<const TlsContext> context, int socket)
    : context_(std::move(context)), socket_(socket), ssl_(SSL_new(context_->handle())) {
  if (!ssl_) throw std::bad_alloc();
  BIO* bio = SocketBio::make(*this);
  SSL_set_bio(ssl_, bio, bio);
  SSL_set_accept_state(ssl_);
}

TlsSession::~TlsSession() { SSL_free(ssl_); }

TlsSession::Step TlsSession::shake_hands() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_);
  const int cause = result == 1 ? SSL_ERROR_NONE : SSL_get_error(ssl_, result);
  ErrorCode error;
  flush(error);  // after a failure too: the alert says why
  if (error && error != net::error::would_block) return Step::failed;
  if (cause == SSL_ERROR_WANT_READ) return has_unsent() ? Step::wants_to_write : Step::wants_to_read;
  if (cause != SSL_ERROR_NONE) return Step::failed;
  is_ready_ = true;
  return has_unsent() ? Step::wants_to_write : Step::done;
}

std::string_view TlsSession::protocol() const {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(ssl_, &name, &length);
  return length == 0 ? std::string_view("http/1.1") : std::string_view(reinterpret_cast<const char*>(name), length);
}

std::size_t TlsSession::read(char* bytes, std::size_t size, ErrorCode& error) {
  std::size_t count = 0;
  ERR_clear_error();
  const int result = SSL_read_ex(ssl_, bytes, size, &count);
  if (result == 1) {
    error = {};
    return count;
  }
  switch (SSL_get_error(ssl_, result)) {
    case SSL_ERROR_WANT_READ: error = net::error::would_block; break;
    case SSL_ERROR_ZERO_RETURN: error = net::error::eof; break;
    default:
      error = net::error::connection_reset;
      is_ready_ = false;
      break;
  }
  return 0;
}

bool TlsSession::has_received() const { return SSL_has_pending(ssl_) == 1; }

// OpenSSL would make a record of every part, and a head alone is a small one: what is small is laid together first.
std::size_t TlsSession::write(std::span<const net::const_buffer> parts, ErrorCode& error) {
  error = {};
  const bool had_unsent = has_unsent();
  if (had_unsent) flush(error);
  if (error || has_unsent()) return 0;
  std::array<char, record_size> record;
  std::size_t filled = 0, taken = 0;
  for (const net::const_buffer& part : parts) {
    const auto* bytes = static_cast<const char*>(part.data());
    for (std::size_t rest = std::min(part.size(), most_taken - taken); rest > 0;) {
      const bool is_whole = filled == 0 && rest >= record.size();
      const std::size_t size = std::min(rest, record.size() - filled);
      if (!is_whole) std::memcpy(record.data() + filled, bytes, size);
      filled += size;
      if (filled == record.size()) {
        if (!encrypt(is_whole ? bytes : record.data(), filled)) break;
        filled = 0;
      }
      bytes += size;
      rest -= size;
      taken += size;
    }
  }
  if (filled > 0) encrypt(record.data(), filled);
  if (!is_ready_) {
    error = net::error::connection_reset;
    return 0;
  }
  flush(error);
  if (error == net::error::would_block && (taken > 0 || had_unsent)) error = {};
  return taken;
}

bool TlsSession::encrypt(const char* bytes, std::size_t size) {
  std::size_t count = 0;
  ERR_clear_error();
  if (!is_ready_ || SSL_write_ex(ssl_, bytes, size, &count) != 1) is_ready_ = false;
  return is_ready_;
}

void TlsSession::flush(ErrorCode& error) {
  error = {};
  if (!has_unsent()) return;
  const ssize_t count = ::send(socket_, unsent_.data() + sent_, unsent_.size() - sent_, MSG_NOSIGNAL);
  if (count < 0) {
    const bool is_full = errno == EAGAIN || errno == EINTR;
    error = is_full ? ErrorCode(net::error::would_block) : ErrorCode(errno, boost::system::system_category());
    return;
  }
  sent_ += static_cast<std::size_t>(count);
  if (sent_ < unsent_.size()) return;
  sent_ = 0;
  unsent_.clear();
  if (unsent_.capacity() > most_kept) unsent_ = std::string();
}

void TlsSession::say_goodbye() {
  if (!is_ready_ || (SSL_get_shutdown(ssl_) & SSL_SENT_SHUTDOWN) != 0) return;
  ERR_clear_error();
  SSL_shutdown(ssl_);
  ErrorCode ignored;
  flush(ignored);
}

}  // namespace http
