// What the tests of TLS share: certificates made on the spot, and a client that speaks TLS.
#pragma once

#include <openssl/ssl.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "http/tls_context.h"
#include "wire/wire.h"

namespace wire {

// Certificates for "localhost" in a temporary folder of their own.
class CertificateFolder {
 public:
  CertificateFolder();
  ~CertificateFolder();
  CertificateFolder(const CertificateFolder&) = delete;
  CertificateFolder& operator=(const CertificateFolder&) = delete;

  // Writes NAME.crt and NAME.key; the certificate ends so many days from now. A pair of that name is replaced.
  http::TlsFiles write(const std::string& name, long serial = 1, long days = 90) const;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Settings of a server that speaks TLS with that pair.
http::ServerSettings with_tls(const http::TlsFiles& files, http::ServerSettings settings = {});

struct TlsWish {
  std::string protocols = "http/1.1";  // one name of ALPN, or none
  int oldest = TLS1_2_VERSION;
  int newest = TLS1_3_VERSION;
  SSL_SESSION* session = nullptr;  // to resume
};

// A Client over TLS. It trusts whoever answers: what is tested is the server.
class TlsClient final : public Client {
 public:
  explicit TlsClient(std::uint16_t port, const TlsWish& wish = {});
  ~TlsClient() override;

  bool has_shaken_hands() const { return has_shaken_hands_; }
  std::string protocol() const;
  long serial() const;  // of the server's certificate
  bool was_resumed() const { return SSL_session_reused(ssl_) == 1; }
  // The owner is the caller (SSL_SESSION_free). Only after something was received.
  SSL_SESSION* take_session() { return SSL_get1_session(ssl_); }
  // Whether the server has said that nothing more comes, so that the end is no cut.
  bool was_told_the_end() const { return (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) != 0; }

  std::size_t send(std::string_view bytes) override;
  // What is there, after a wait of at most that long if nothing is.
  std::string read_some(int milliseconds);

 private:
  bool fill(int milliseconds) override;

  SSL_CTX* context_;
  SSL* ssl_;
  bool has_shaken_hands_ = false;
};

}  // namespace wire
