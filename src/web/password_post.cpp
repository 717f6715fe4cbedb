#include "web/password_post.h"

#include <utility>

#include "base/format.h"
#include "desk/open_article.h"
#include "desk/read_site.h"
#include "http/form.h"
#include "text/utf8.h"
#include "web/answers.h"
#include "web/article_page.h"
#include "web/comment_form.h"

namespace web {
namespace {

std::string cookie_name(news::ArticleId id) { return base::format("article-{}", id.value); }

struct TypedPassword {
  news::ArticleId article;
  std::string stamp;
  std::string password;
};

TypedPassword parse_password(const http::Request& request) {
  if (!is_form(request)) return {};
  const base::Result<http::Form> fields = http::parse_form(request.body);
  if (!fields) return {};
  return {{parse_id(fields->value("article"))}, std::string(fields->value("stamp")), std::string(fields->value("password"))};
}

http::Response refusal(const SiteParts& parts, const Visit& visit, news::ArticleId id, const base::Error& error) {
  const int status = status_of(error.code);
  if (visit.wants_json) return json_error(parts, status, error);
  const base::Result<desk::ArticleContent> content = desk::read_article(parts.desk, id, 1);
  if (!content || !content->is_locked) return error_answer(parts, visit, status, error);
  return page_answer(status, render_locked(parts, content->article, error.key), Audience::personal);
}

base::Result<http::Response> open(const SiteParts& parts, const Visit& visit, const TypedPassword& typed) {
  TRY(check_form_stamp(parts.desk.secrets, typed.stamp, typed.article, parts.desk.clock.now()));
  const std::string token = TRY(desk::open_article(parts.desk, typed.article, typed.password));
  const desk::ArticleContent content = TRY(desk::read_article(parts.desk, typed.article, 1));
  http::Response response = redirect(303, content.article.address);
  const bool is_secure = visit.request.secure || parts.desk.settings.url.starts_with("https://");
  response.add("Set-Cookie", base::format("{}={}; Path=/; Max-Age=864000; HttpOnly; SameSite=Lax{}", cookie_name(typed.article),
                                          token, is_secure ? "; Secure" : ""));
  return response;
}

http::Response open_or_refuse(const SiteParts& parts, const Visit& visit) {
  try {
    const TypedPassword typed = parse_password(visit.request);
    base::Result<http::Response> opened = open(parts, visit, typed);
    return opened ? *std::move(opened) : refusal(parts, visit, typed.article, opened.error());
  } catch (const std::exception& cause) {
    return failure_answer(parts, visit, cause);
  }
}

}  // namespace

std::string_view access_cookie(const Visit& visit, news::ArticleId id) {
  return visit.request.find_cookie(cookie_name(id)).value_or("");
}

void take_password(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply) {
  reply(open_or_refuse(parts, *visit));
}

void refuse_password(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error) {
  try {
    reply(refusal(parts, *visit, parse_password(visit->request).article, error));
  } catch (const std::exception& cause) {
    reply(failure_answer(parts, *visit, cause));
  }
}

}  // namespace web
