#include "web/security_headers.h"

#include <algorithm>

namespace web {
namespace {

bool is_host(std::string_view host) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
  };
  return !host.empty() && std::all_of(host.begin(), host.end(), is_allowed);
}

void set_if_missing(http::Response& response, std::string_view name, std::string_view value) {
  if (response.find(name) == nullptr) response.set(name, value);
}

}  // namespace

std::string make_content_security_policy(const std::vector<std::string>& image_hosts) {
  std::string sources = "'self'";
  for (const std::string& host : image_hosts) {
    if (is_host(host)) sources += " " + host;
  }
  return "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src " + sources + "; media-src " +
         sources + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

void add_security_headers(http::Response& response, const std::string& policy, const news::SiteSettings& settings, bool secure) {
  set_if_missing(response, "Content-Security-Policy", policy);
  set_if_missing(response, "X-Content-Type-Options", "nosniff");
  set_if_missing(response, "Referrer-Policy", "strict-origin-when-cross-origin");
  set_if_missing(response, "Permissions-Policy", "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=()");
  set_if_missing(response, "Cross-Origin-Opener-Policy", "same-origin");
  // Only a site that says it lives at https may bind browsers to it (RFC 6797, 7.2).
  if (secure && settings.url.starts_with("https://")) set_if_missing(response, "Strict-Transport-Security", "max-age=31536000");
}

}  // namespace web
