#include "web/answers.h"

#include <algorithm>
#include <stdexcept>

#include "base/format.h"
#include "base/log.h"
#include "text/json.h"

namespace web {
namespace {

void set_audience(http::Response& response, Audience audience) {
  if (audience == Audience::public_) {
    response.set("Cache-Control", "public, max-age=0, must-revalidate");
    return;
  }
  response.set("Cache-Control", "no-store");
  response.set("X-Robots-Tag", "noindex");
  // Not no-referrer: browsers would then send "Origin: null" with the form of this very page. A capability in the address stays
  // within our site.
  response.set("Referrer-Policy", "same-origin");
}

}  // namespace

http::Response page_answer(int status, const text::Html& page, Audience audience) {
  http::Response response;
  response.status = status;
  response.set("Content-Type", "text/html; charset=utf-8");
  set_audience(response, audience);
  response.body = page.string();
  return response;
}

http::Response json_answer(int status, std::string body, Audience audience) {
  http::Response response;
  response.status = status;
  response.set("Content-Type", "application/json; charset=utf-8");
  set_audience(response, audience);
  response.body = std::move(body);
  return response;
}

http::Response text_answer(int status, std::string_view type, std::string body) {
  http::Response response;
  response.status = status;
  response.set("Content-Type", type);
  response.set("Cache-Control", "public, max-age=3600");
  response.body = std::move(body);
  return response;
}

http::Response redirect(int status, std::string_view location, std::string_view written_query) {
  std::string address = encode_address(location);
  // Two slashes at the start would name another host.
  while (address.starts_with("//")) address.erase(0, 1);
  if (!written_query.empty()) {
    const std::size_t hash = std::min(address.find('#'), address.size());
    const char separator = address.find('?') < hash ? '&' : '?';
    address.insert(hash, separator + encode_address(written_query));
  }
  http::Response response;
  response.status = status;
  response.set("Location", address);
  // A permanent one may be remembered for an hour, not for ever: an editor can move an article back.
  response.set("Cache-Control", status == 301 ? "public, max-age=3600" : "no-store");
  return response;
}

std::string query_without(const Visit& visit, std::initializer_list<std::string_view> names) {
  std::string query;
  for (const Parameter& parameter : visit.parameters) {
    if (std::find(names.begin(), names.end(), parameter.name) != names.end()) continue;
    if (!query.empty()) query += '&';
    query += parameter.written;
  }
  return query;
}

int status_of(base::Errc code) {
  switch (code) {
    case base::Errc::invalid: return 422;
    case base::Errc::unproven: return 403;
    case base::Errc::forbidden: return 403;
    case base::Errc::not_found: return 404;
    case base::Errc::conflict: return 409;
    case base::Errc::gone: return 410;
    case base::Errc::too_many: return 429;
    case base::Errc::unavailable: return 503;
  }
  return 500;
}

http::Response json_error(const SiteParts& parts, int status, const base::Error& error) {
  text::json::array fields;
  for (const base::FieldError& field : error.fields) {
    fields.push_back({{"field", field.field}, {"key", field.key}, {"message", parts.messages.text(field.key)}});
  }
  const std::string& key = error.key.empty() && !error.fields.empty() ? error.fields.front().key : error.key;
  const text::json::object body = {
      {"error", {{"key", key}, {"message", parts.messages.text(key)}, {"fields", std::move(fields)}}}};
  return json_answer(status, text::json::serialize(body), Audience::personal);
}

http::Response error_answer(const SiteParts& parts, const Visit& visit, int status, const base::Error& error) {
  if (visit.wants_json) return json_error(parts, status, error);
  const news::SiteFrame frame;
  return page_answer(status, view::render_error(*parts.theme(), site_around(parts, frame), {.status = status, .key = error.key}),
                     Audience::personal);
}

std::optional<http::Response> refuse_haste(SiteParts& parts, const Visit& visit) {
  const int wait = visit.request.client_is_many ? 0 : parts.page_limit.take(visit.request.client);
  if (wait == 0) return std::nullopt;
  http::Response response = error_answer(parts, visit, 429, {base::Errc::too_many, "server.too_fast", {}});
  response.set("Retry-After", std::to_string(wait));
  return response;
}

http::Response failure_answer(const SiteParts& parts, const Visit& visit, const std::exception& cause) {
  base::log::error(base::format("{} failed: {}", visit.request.path, cause.what()));
  if (dynamic_cast<const std::runtime_error*>(&cause) == nullptr)
    return error_answer(parts, visit, 500, {base::Errc::unavailable, "server.failed", {}});
  http::Response response = error_answer(parts, visit, 503, {base::Errc::unavailable, "server.unavailable", {}});
  response.set("Retry-After", "30");
  return response;
}

view::Site site_around(const SiteParts& parts, const news::SiteFrame& frame) {
  return {.settings = parts.desk.settings,
          .frame = frame,
          .zone = parts.desk.zone,
          .messages = parts.messages,
          .now = parts.desk.clock.now()};
}

}  // namespace web
