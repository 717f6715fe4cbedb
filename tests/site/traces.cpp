#include "site/traces.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "base/base64.h"
#include "base/format.h"

namespace site {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string digest(const EVP_MD* kind, const std::string& text) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), bytes, &size, kind, nullptr) != 1) throw std::runtime_error("no digest");
  return {reinterpret_cast<const char*>(bytes), size};
}

std::string hexadecimal(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) text += base::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

std::string for_addresses(std::string base64) {
  std::replace(base64.begin(), base64.end(), '+', '-');
  std::replace(base64.begin(), base64.end(), '/', '_');
  return base64;
}

}  // namespace

void Traces::add(std::string_view secret, int owner) {
  if (secret.size() < window) throw std::logic_error("too short to be looked for: " + std::string(secret));
  known_.insert_or_assign(std::string(secret.substr(0, window)), Known{std::string(secret), owner});
}

void Traces::add_email(const std::string& email, int owner) {
  const std::string folded = lower(email);
  add(email, owner);
  add(folded, owner);
  for (const std::string& written : {email, folded, " " + email + " ", folded + "\n", "mailto:" + folded}) {
    if (!written.starts_with("mailto:")) add(base::to_base64(written), owner);
    for (const EVP_MD* kind : {EVP_md5(), EVP_sha1(), EVP_sha256()}) {
      const std::string bytes = digest(kind, written);
      add(hexadecimal(bytes), owner);
      add(base::to_base64(bytes), owner);
      add(for_addresses(base::to_base64(bytes)), owner);
    }
  }
}

std::string Traces::find(std::string_view text, int reader) const {
  const std::string folded = lower(std::string(text));
  for (const std::string_view one : {text, std::string_view(folded)}) {
    for (std::size_t at = 0; at + window <= one.size(); ++at) {
      const auto found = known_.find(one.substr(at, window));
      if (found != known_.end() && (found->second.owner == 0 || found->second.owner != reader)) return found->second.what;
    }
  }
  return {};
}

}  // namespace site
