#include "web/returned_form.h"

#include <utility>

#include "http/form.h"
#include "text/utf8.h"
#include "view/returned_form.h"
#include "web/answers.h"
#include "web/comment_form.h"
#include "web/origin.h"
#include "web/routes.h"
#include "web/security_headers.h"
#include "web/visit.h"

namespace web {
namespace {

// nullptr: not one of those.
const char* reason_of(int status) {
  switch (status) {
    case 503: return "server.busy";
    case 413: return "server.too_large";
    case 408: return "server.too_slow";
    default: return nullptr;
  }
}

// What came of a form. The end of one that was cut may be half an escape or half a letter.
void take_fields(view::ReturnedForm& form, const http::Request& request, std::string_view text_name) {
  const base::Result<http::Form> fields = http::parse_form(request.body);
  if (!is_form(request) || !fields) return;
  for (const auto& [name, value] : fields->fields) {
    if (name == "password") {
      form.asks_password = true;
    } else if (name == text_name && form.text_name.empty()) {
      form.text_name = name;
      form.text = text::to_valid_utf8(value);
    } else {
      form.others.emplace_back(text::to_valid_utf8(name), text::to_valid_utf8(value));
    }
  }
}

// Whoever cannot show that they saw our form gets their text, but no button: it would be proof for what another site put there.
bool may_be_sent_again(const SiteParts& parts, const http::Request& request, const view::ReturnedForm& form) {
  const bool has_something = form.asks_password || !form.text_name.empty() || !form.others.empty();
  return has_something && came_from_our_page(request, parts.desk.settings.url);
}

text::Html page_of(const SiteParts& parts, const http::Request& request, const Route& route, const char* reason) {
  view::ReturnedForm form{.key = reason, .action = {}, .text_name = {}, .text = {}, .others = {}};
  take_fields(form, request, route.text);
  if (may_be_sent_again(parts, request, form)) form.action = route.pattern;
  const news::SiteFrame frame;
  return view::render_returned_form(*parts.theme(), site_around(parts, frame), form);
}

}  // namespace

std::optional<http::Response> return_form(const SiteParts& parts, const http::Request& request, int status) {
  const char* const reason = reason_of(status);
  const Route* const route = find_route(request.method, request.path);
  if (reason == nullptr || route == nullptr || route->take == nullptr) return std::nullopt;
  const base::Error error{status == 413 ? base::Errc::invalid : base::Errc::unavailable, reason, {}};
  if (route->limit == Limit::comments) parts.comments.refused(error.code);
  http::Response response = wants_json(request) ? json_error(parts, status, error)
                                                : page_answer(status, page_of(parts, request, *route, reason), Audience::personal);
  if (status == 503) response.set("Retry-After", "2");
  add_security_headers(response, parts.content_security_policy(), parts.desk.settings, request.secure);
  return response;
}

}  // namespace web
