// A certificate, its key, and everything else that every TLS connection of one server has in common: versions, ciphers, session
// tickets, the protocols to choose from. Nothing else in the folder knows OpenSSL but tls_session.cpp.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

struct ssl_ctx_st;

namespace http {

// Both in PEM. The certificate file holds the server's own certificate first, then those that lead to the root.
struct TlsFiles {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

// Immutable, so thread-safe.
class TlsContext {
 public:
  // Error{invalid, sentence with the file and the remedy} for a file that is missing or no PEM, a key that everybody may read,
  // that has a passphrase, or that is not the certificate's.
  static base::Result<std::shared_ptr<const TlsContext>> load(const TlsFiles& files);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  // What the operator should know though it does not stop anything: a certificate that has expired or soon will.
  const std::vector<std::string>& warnings() const { return warnings_; }
  ssl_ctx_st* handle() const { return handle_; }

 private:
  explicit TlsContext(ssl_ctx_st* handle) : handle_(handle) {}

  ssl_ctx_st* handle_;
  std::vector<std::string> warnings_;
};

}  // namespace http
