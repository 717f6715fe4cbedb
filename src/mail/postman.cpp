#include "mail/postman.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "base/format.h"
#include "mail/message.h"

namespace mail {
namespace {

// What is still to be sent.
struct Rest {
  std::string_view bytes;
};

std::size_t read_rest(char* buffer, std::size_t size, std::size_t count, void* argument) {
  Rest& rest = *static_cast<Rest*>(argument);
  const std::size_t taken = std::min(size * count, rest.bytes.size());
  std::memcpy(buffer, rest.bytes.data(), taken);
  rest.bytes.remove_prefix(taken);
  return taken;
}

int stop_if_told(void* argument, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<std::atomic<bool>*>(argument)->load() ? 1 : 0;
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

long milliseconds(std::chrono::seconds time) { return static_cast<long>(std::chrono::milliseconds(time).count()); }

void start_curl() {
  static const bool is_ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!is_ready) throw std::runtime_error("libcurl could not be started");
}

bool is_about_the_connection(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_LOGIN_DENIED:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_ABORTED_BY_CALLBACK: return true;
    default: return false;
  }
}

Outcome judge(CURLcode code, long answer) {
  const int said = static_cast<int>(answer);
  if (code == CURLE_OK) return {Outcome::Kind::sent, said, {}};
  const std::string problem = said == 0 ? base::format("{}", curl_easy_strerror(code))
                                        : base::format("{}; the server's last answer was {}", curl_easy_strerror(code), said);
  if (is_about_the_connection(code)) return {Outcome::Kind::unreachable, said, problem};
  // A server that broke off while it had last said 2xx or 354 has refused nothing.
  return {said >= 500 && said < 600 ? Outcome::Kind::refused : Outcome::Kind::postponed, said, problem};
}

void address(CURL* easy, const Server& server) {
  // The path is what we call ourselves in EHLO.
  curl_easy_setopt(easy, CURLOPT_URL, base::format("{}/{}", server.url, domain_of(server.from)).c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // the environment names no proxy for us
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds(server.timeout));
  // The farewell to a server that has stalled waits for an answer too, and by itself for two minutes.
  curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(server.timeout.count()));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(server.connect_timeout));
}

// Credentials are never sent in clear, nor to a server that cannot show who it is. Without them encryption is taken where it is
// offered, whatever certificate stands behind it, as mail servers do among themselves (docs/decisions/0025).
void encrypt(CURL* easy, const Server& server) {
  const bool has_credentials = !server.user.empty();
  const bool checks = has_credentials || server.url.starts_with("smtps:");
  curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(has_credentials ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, checks ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, checks ? 2L : 0L);
  if (!has_credentials) return;
  curl_easy_setopt(easy, CURLOPT_USERNAME, server.user.c_str());
  curl_easy_setopt(easy, CURLOPT_PASSWORD, server.password.c_str());
}

}  // namespace

struct Postman::Handle {
  CURL* easy = curl_easy_init();
  ~Handle() { curl_easy_cleanup(easy); }
};

Postman::Postman(Server server) : server_(std::move(server)) { start_curl(); }
Postman::~Postman() = default;

void Postman::hang_up() { handle_.reset(); }

Outcome Postman::send(const std::string& to, std::string_view bytes) {
  if (!handle_) handle_ = std::make_unique<Handle>();
  CURL* const easy = handle_->easy;
  if (easy == nullptr) throw std::bad_alloc();
  curl_easy_reset(easy);  // keeps the connection
  address(easy, server_);
  encrypt(easy, server_);
  const std::string from = "<" + server_.from + ">";
  const std::unique_ptr<curl_slist, FreeList> recipients(curl_slist_append(nullptr, ("<" + to + ">").c_str()));
  Rest rest{bytes};
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, read_rest);
  curl_easy_setopt(easy, CURLOPT_READDATA, &rest);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, stop_if_told);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &is_stopped_);
  const CURLcode code = curl_easy_perform(easy);
  long answer = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer);
  return judge(code, answer);
}

}  // namespace mail
