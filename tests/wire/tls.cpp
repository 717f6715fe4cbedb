#include "wire/tls.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <utility>

namespace wire {

namespace {

template <class T, void (*free)(T*)>
struct Freed {
  void operator()(T* thing) const { free(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;

Certificate make_certificate(EVP_PKEY* key, long serial, long days) {
  Certificate made(X509_new());
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -400L * 24 * 3600);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), days * 24 * 3600);
  X509_NAME* name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(made.get(), name);
  X509_set_pubkey(made.get(), key);
  X509_sign(made.get(), key, EVP_sha256());
  return made;
}

// OpenSSL writes to a socket without MSG_NOSIGNAL: a server that is gone would end the whole test program without a word. Only
// for as long as a client is in OpenSSL, since the server's threads must see to it themselves.
class NoBrokenPipe {
 public:
  NoBrokenPipe() {
    sigemptyset(&signal_);
    sigaddset(&signal_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signal_, &before_);
  }
  NoBrokenPipe(const NoBrokenPipe&) = delete;
  NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;
  ~NoBrokenPipe() {
    const timespec at_once{};
    while (sigtimedwait(&signal_, nullptr, &at_once) > 0) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t signal_{}, before_{};
};

}  // namespace

CertificateFolder::CertificateFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "wire-tls-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
}

CertificateFolder::~CertificateFolder() { std::filesystem::remove_all(path_); }

http::TlsFiles CertificateFolder::write(const std::string& name, long serial, long days) const {
  http::TlsFiles files{.certificate = path_ / (name + ".crt"), .key = path_ / (name + ".key")};
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = make_certificate(key.get(), serial, days);
  std::FILE* out = std::fopen(files.certificate.c_str(), "w");
  PEM_write_X509(out, certificate.get());
  std::fclose(out);
  out = std::fopen(files.key.c_str(), "w");
  PEM_write_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  std::filesystem::permissions(files.key, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return files;
}

http::ServerSettings with_tls(const http::TlsFiles& files, http::ServerSettings settings) {
  settings.tls = http::TlsSettings{.certificate = files.certificate, .key = files.key};
  return settings;
}

TlsClient::TlsClient(std::uint16_t port, const TlsWish& wish)
    : Client(port), context_(SSL_CTX_new(TLS_client_method())), ssl_(nullptr) {
  const timeval limit{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  SSL_CTX_set_security_level(context_, 0);  // old versions have to be asked for to be refused
  SSL_CTX_set_min_proto_version(context_, wish.oldest);
  SSL_CTX_set_max_proto_version(context_, wish.newest);
  ssl_ = SSL_new(context_);
  const std::string list = static_cast<char>(wish.protocols.size()) + wish.protocols;
  if (!wish.protocols.empty())
    SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(list.data()), static_cast<unsigned>(list.size()));
  if (wish.session) SSL_set_session(ssl_, wish.session);
  SSL_set_fd(ssl_, socket_);
  const NoBrokenPipe guard;
  has_shaken_hands_ = SSL_connect(ssl_) == 1;
  ERR_clear_error();
}

TlsClient::~TlsClient() {
  SSL_set_shutdown(ssl_, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);  // otherwise its session could not be resumed twice
  SSL_free(ssl_);
  SSL_CTX_free(context_);
}

std::string TlsClient::protocol() const {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(ssl_, &name, &length);
  return std::string(reinterpret_cast<const char*>(name), length);
}

long TlsClient::serial() const {
  const Certificate certificate(SSL_get1_peer_certificate(ssl_));
  return certificate ? ASN1_INTEGER_get(X509_get0_serialNumber(certificate.get())) : 0;
}

std::size_t TlsClient::send(std::string_view bytes) {
  const NoBrokenPipe guard;
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    std::size_t count = 0;
    if (SSL_write_ex(ssl_, bytes.data() + sent, bytes.size() - sent, &count) != 1) break;
    sent += count;
  }
  ERR_clear_error();
  return sent;
}

std::string TlsClient::read_some(int milliseconds) {
  if (received_.empty()) fill(milliseconds);
  return std::exchange(received_, {});
}

bool TlsClient::fill(int milliseconds) {
  if (ended_) return false;
  pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
  if (SSL_pending(ssl_) == 0 && ::poll(&waiting, 1, milliseconds) <= 0) return false;
  const NoBrokenPipe guard;
  char buffer[65536];
  std::size_t count = 0;
  const int result = SSL_read_ex(ssl_, buffer, sizeof buffer, &count);
  if (result != 1) {
    const int cause = SSL_get_error(ssl_, result);
    ended_ = cause != SSL_ERROR_WANT_READ;
    was_reset_ = cause == SSL_ERROR_SYSCALL;
    ERR_clear_error();
  }
  received_.append(buffer, count);
  return count > 0;
}

}  // namespace wire
