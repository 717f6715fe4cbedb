#include "http/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>

#include "base/format.h"

namespace http {

namespace {

constexpr int soon_days = 7;

base::Error refusal(std::string sentence) { return {base::Errc::invalid, std::move(sentence), {}}; }

// Why OpenSSL's last call failed, in its own words.
std::string last_reason() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason ? reason : "no reason given";
}

base::Result<struct stat> look_at(const char* setting, const std::filesystem::path& file, const char* remedy) {
  struct stat status {};
  std::FILE* opened = std::fopen(file.c_str(), "re");
  if (!opened || ::fstat(::fileno(opened), &status) != 0) {
    const std::string cause = std::generic_category().message(errno);
    if (opened) std::fclose(opened);
    return refusal(base::format("{}: cannot read {} ({}). {}", setting, file.string(), cause, remedy));
  }
  std::fclose(opened);
  return status;
}

// A key with a passphrase is refused instead of asked for: nobody sits at the terminal when the machine starts.
int refuse_passphrase(char*, int, int, void*) { return 0; }

bool offers(std::string_view offered, std::string_view wanted) {
  while (!offered.empty()) {
    const std::size_t length = std::min<std::size_t>(static_cast<unsigned char>(offered.front()), offered.size() - 1);
    if (offered.substr(1, length) == wanted) return true;
    offered.remove_prefix(length + 1);
  }
  return false;
}

// RFC 7301: who asks for none of ours wants another kind of server, and is told so before a byte of HTTP.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_length, const unsigned char* offered,
                    unsigned length, void*) {
  static constexpr std::string_view ours[] = {"h2", "http/1.1"};
  const std::string_view list(reinterpret_cast<const char*>(offered), length);
  for (const std::string_view protocol : ours) {
    if (!offers(list, protocol)) continue;
    *chosen = reinterpret_cast<const unsigned char*>(protocol.data());
    *chosen_length = static_cast<unsigned char>(protocol.size());
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

// TLS 1.2 with forward secrecy and authenticated encryption only, and 1.3. Sessions are resumed by tickets, so that no thread
// keeps a list of them.
bool set_up(SSL_CTX* context) {
  static constexpr unsigned char name[] = "broadsheet";
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_default_passwd_cb(context, refuse_passphrase);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
         SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1 &&
         SSL_CTX_set_session_id_context(context, name, sizeof name - 1) == 1;
}

base::Result<void> load_certificate(SSL_CTX* context, const std::filesystem::path& file) {
  TRY(look_at("tls.certificate", file, "Name a file with the certificate and its chain in PEM, like fullchain.pem."));
  if (SSL_CTX_use_certificate_chain_file(context, file.c_str()) != 1) {
    return refusal(
        base::format("tls.certificate: {} holds no certificate that can be used ({}). Name a file with the certificate and "
                     "its chain in PEM, like fullchain.pem.",
                     file.string(), last_reason()));
  }
  return {};
}

base::Result<void> load_key(SSL_CTX* context, const TlsFiles& files) {
  const std::string name = files.key.string();
  const struct stat status =
      TRY(look_at("tls.key", files.key, "Name the file with the certificate's private key in PEM, like privkey.pem."));
  if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0) {
    return refusal(base::format("tls.key: every user of this machine may read {0}. Take that right away: chmod o-rwx {0}", name));
  }
  if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) == 1 && SSL_CTX_check_private_key(context) == 1)
    return {};
  const int reason = ERR_GET_REASON(ERR_peek_last_error());
  const std::string words = last_reason();
  if (reason == X509_R_KEY_VALUES_MISMATCH || reason == X509_R_KEY_TYPE_MISMATCH) {
    return refusal(
        base::format("tls.key: the key in {} is not that of the certificate in {}. Name the two files that were issued together.",
                     name, files.certificate.string()));
  }
  return refusal(base::format(
      "tls.key: {} holds no private key that can be used ({}). It must be in PEM and without a passphrase.", name, words));
}

std::vector<std::string> find_warnings(SSL_CTX* context, const std::filesystem::path& file) {
  const X509* certificate = SSL_CTX_get0_certificate(context);
  int days = 0, seconds = 0;
  if (ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(certificate)) != 1) return {};
  if (days < 0 || seconds < 0)
    return {base::format("the certificate in {} has expired: browsers refuse it. Renew it", file.string())};
  if (days < soon_days) return {base::format("the certificate in {} expires in {} days", file.string(), days)};
  if (ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notBefore(certificate)) == 1 && (days > 0 || seconds > 0))
    return {base::format("the certificate in {} is not valid yet; is the clock of this machine right?", file.string())};
  return {};
}

}  // namespace

base::Result<std::shared_ptr<const TlsContext>> TlsContext::load(const TlsFiles& files) {
  ERR_clear_error();
  const std::shared_ptr<TlsContext> made(new TlsContext(SSL_CTX_new(TLS_server_method())));
  if (!made->handle_ || !set_up(made->handle_))
    return base::Error{base::Errc::unavailable, "TLS cannot be used: " + last_reason(), {}};
  TRY(load_certificate(made->handle_, files.certificate));
  TRY(load_key(made->handle_, files));
  made->warnings_ = find_warnings(made->handle_, files.certificate);
  return std::shared_ptr<const TlsContext>(made);
}

TlsContext::~TlsContext() { SSL_CTX_free(handle_); }

}  // namespace http
