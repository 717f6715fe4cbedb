#include "web/origin.h"

#include <optional>
#include <string>

#include "text/url.h"

namespace web {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view without_usual_port(std::string_view host, std::string_view scheme) {
  const std::string_view port = scheme == "https" ? ":443" : ":80";
  if (host.ends_with(port)) host.remove_suffix(port.size());
  return host;
}

// The Host header is enough to compare with: no other site can make a browser send ours. The scheme is not compared with it,
// because behind a proxy we may not know ours.
bool is_ours(std::string_view address, const http::Request& request, std::string_view site_url) {
  const std::optional<text::Url> url = text::parse_url(address);
  if (!url || url->host.empty() || (url->scheme != "http" && url->scheme != "https")) return false;
  const std::string_view host = without_usual_port(url->host, url->scheme);
  if (host == without_usual_port(lower(request.find_header("host").value_or("")), url->scheme)) return true;
  const std::optional<text::Url> site = text::parse_url(site_url);
  return site && !site->host.empty() && site->scheme == url->scheme && host == without_usual_port(site->host, site->scheme);
}

}  // namespace

bool came_from_our_page(const http::Request& request, std::string_view site_url) {
  if (const auto fetch_site = request.find_header("sec-fetch-site")) return *fetch_site == "same-origin";
  if (const auto origin = request.find_header("origin")) return is_ours(*origin, request, site_url);
  const auto referer = request.find_header("referer");
  return referer && is_ours(*referer, request, site_url);
}

}  // namespace web
