#include "web/small_form.h"

#include "base/format.h"
#include "http/form.h"
#include "text/utf8.h"
#include "web/comment_form.h"
#include "web/rate_limit.h"
#include "web/reader_cookies.h"

namespace web {

std::string SmallForm::value(std::string_view name) const {
  for (const auto& [field, value] : fields) {
    if (field == name) return value;
  }
  return {};
}

SmallForm parse_small_form(const http::Request& request) {
  SmallForm form;
  if (!is_form(request)) {
    form.error = base::Error{base::Errc::invalid, "form.damaged", {}};
    return form;
  }
  const base::Result<http::Form> fields = http::parse_form(request.body);
  if (!fields) {
    form.error = fields.error();
    return form;
  }
  for (const auto& [name, value] : fields->fields) {
    const bool is_whole = text::is_valid_utf8(value);
    if (!is_whole) form.error = base::Error{base::Errc::invalid, "form.damaged", {}};
    form.fields.emplace_back(name, is_whole ? value : text::to_valid_utf8(value));
  }
  return form;
}

desk::Voter voter_of(const SiteParts& parts, const Visit& visit) {
  const std::string network = client_network(visit.request.client);
  return desk::identify_voter(parts.desk, actor_of(parts, visit),
                              {.token = visit.request.find_cookie("browser").value_or(""),
                               .network = network,
                               .software = visit.request.find_header("user-agent").value_or("")});
}

void remember_voter(http::Response& response, const SiteParts& parts, const Visit& visit, const desk::Voter& voter) {
  if (!voter.token.empty()) response.add("Set-Cookie", lasting_cookie(parts, visit, "browser", voter.token));
}

std::string lasting_cookie(const SiteParts& parts, const Visit& visit, std::string_view name, std::string_view value) {
  const bool is_secure = visit.request.secure || parts.desk.settings.url.starts_with("https://");
  return base::format("{}={}; Path=/comment; Max-Age=31536000; HttpOnly; SameSite=Lax{}", name, value,
                      is_secure ? "; Secure" : "");
}

}  // namespace web
