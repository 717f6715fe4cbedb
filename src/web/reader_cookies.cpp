#include "web/reader_cookies.h"

#include <algorithm>

#include "base/format.h"
#include "desk/post_comment.h"
#include "desk/sign_in.h"
#include "http/syntax.h"
#include "view/catalogue.h"

namespace web {
namespace {

constexpr int session_seconds = 90 * 24 * 3600;
constexpr int most_languages = 10;

void set_cookie(http::Response& response, std::string_view name, std::string_view path, const std::string& value, bool secure) {
  response.add("Set-Cookie", base::format("{}={}; Path={}; Max-Age={}; HttpOnly; SameSite=Lax{}", name, value, path,
                                          value.empty() ? 0 : session_seconds, secure ? "; Secure" : ""));
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return result;
}

}  // namespace

std::string_view session_cookie(const Visit& visit) { return visit.request.find_cookie("session").value_or(""); }

desk::Actor actor_of(const SiteParts& parts, const Visit& visit) {
  const std::string_view cookie = visit.request.find_cookie("reader").value_or("");
  return {.role = desk::Actor::Role::reader,
          .reader = desk::reader_of_token(parts.desk, cookie),
          .signed_in = desk::reader_of_session(parts.desk, session_cookie(visit)),
          .client = client_token(parts.desk.secrets, visit.request.client, parts.desk.clock.now())};
}

void set_session(http::Response& response, const SiteParts& parts, const Visit& visit, const std::string& session) {
  const bool secure = visit.request.secure || parts.desk.settings.url.starts_with("https://");
  set_cookie(response, "session", "/comment", session, secure);
  set_cookie(response, "session", "/reader", session, secure);
  if (session.empty()) set_cookie(response, "reader", "/comment", session, secure);
}

std::string language_of(const Visit& visit, std::string_view site_language) {
  static const std::vector<std::string> known = view::Catalogue::languages();
  std::string_view rest = visit.request.find_header("accept-language").value_or("");
  // Browsers write the preferred one first (RFC 9110, 12.5.4, allows any order; none makes use of it).
  for (int i = 0; i < most_languages && !rest.empty(); ++i) {
    std::string_view one = http::cut_until(rest, ',');
    one = http::trim(http::cut_until(one, ';'));
    const std::string primary = lower(one.substr(0, one.find('-')));
    if (std::find(known.begin(), known.end(), primary) != known.end()) return primary;
  }
  return std::string(site_language);
}

}  // namespace web
