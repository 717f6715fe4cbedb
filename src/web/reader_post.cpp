#include "web/reader_post.h"

#include <exception>

#include "desk/follow_replies.h"
#include "desk/sign_in.h"
#include "http/form.h"
#include "text/utf8.h"
#include "web/answers.h"
#include "web/comment_form.h"
#include "web/reader_cookies.h"
#include "web/reader_pages.h"

namespace web {
namespace {

using Kind = view::ReaderPage::Kind;
using VisitPointer = std::shared_ptr<const Visit>;

// A field of the form; "" for what is none.
std::string field(const Visit& visit, std::string_view name) {
  if (!is_form(visit.request)) return {};
  const base::Result<http::Form> fields = http::parse_form(visit.request.body);
  return fields ? text::to_valid_utf8(fields->value(name)) : std::string();
}

http::Response sign_in_form(const SiteParts& parts, const Visit& visit, const base::Error& error) {
  const int status = status_of(error.code);
  if (visit.wants_json) return json_error(parts, status, error);
  view::ReaderPage page{.kind = Kind::sign_in, .email = field(visit, "email")};
  if (error.fields.empty())
    page.refusal = error.key;
  else
    page.email_error = error.fields.front().key;
  return reader_answer(parts, status, page);
}

// A button's work: what it gives, what a refusal gives, and 503 if the world fails. No site without mail has buttons.
template <class Work>
void answer(SiteParts& parts, const Visit& visit, http::Reply& reply, Work&& work) {
  try {
    if (!parts.desk.settings.sends_mail)
      return reply(error_answer(parts, visit, 404, {base::Errc::not_found, "article.missing", {}}));
    base::Result<http::Response> response = work();
    reply(response ? *std::move(response) : refuse_link(parts, visit, response.error()));
  } catch (const std::exception& cause) {
    reply(failure_answer(parts, visit, cause));
  }
}

http::Response done(const SiteParts& parts, const Visit& visit, Kind kind) {
  if (visit.wants_json) return json_answer(200, "{\"done\":true}", Audience::personal);
  return reader_answer(parts, 200, {.kind = kind});
}

}  // namespace

void take_sign_in(SiteParts& parts, VisitPointer visit, http::Reply reply) {
  answer(parts, *visit, reply, [&]() -> base::Result<http::Response> {
    const desk::Actor actor = actor_of(parts, *visit);
    const std::string language = language_of(*visit, parts.desk.settings.language);
    const base::Result<void> asked = desk::ask_to_sign_in(parts.desk, actor, field(*visit, "email"), language);
    if (!asked) return sign_in_form(parts, *visit, asked.error());
    return visit->wants_json ? json_answer(202, "{\"sent\":true}", Audience::personal) : redirect(303, "/reader?sent=1");
  });
}

void take_confirm(SiteParts& parts, VisitPointer visit, http::Reply reply) {
  answer(parts, *visit, reply, [&]() -> base::Result<http::Response> {
    const desk::SignedIn signed_in = TRY(desk::sign_in(parts.desk, actor_of(parts, *visit), field(*visit, "key")));
    http::Response response = redirect(303, "/reader");
    set_session(response, parts, *visit, signed_in.session);
    return response;
  });
}

void take_sign_out(SiteParts& parts, VisitPointer visit, http::Reply reply) {
  answer(parts, *visit, reply, [&]() -> base::Result<http::Response> {
    desk::sign_out(parts.desk, session_cookie(*visit));
    http::Response response = redirect(303, "/reader");
    set_session(response, parts, *visit, {});
    return response;
  });
}

void take_follow(SiteParts& parts, VisitPointer visit, http::Reply reply) {
  answer(parts, *visit, reply, [&]() -> base::Result<http::Response> {
    TRY(desk::confirm_follow(parts.desk, field(*visit, "key")));
    return done(parts, *visit, Kind::followed);
  });
}

void take_unfollow(SiteParts& parts, VisitPointer visit, http::Reply reply) {
  answer(parts, *visit, reply, [&]() -> base::Result<http::Response> {
    std::string key(visit->parameter("key").value_or(""));
    if (key.empty()) key = field(*visit, "key");
    const desk::Unfollow what = field(*visit, "all") == "1" ? desk::Unfollow::all : desk::Unfollow::this_comment;
    TRY(desk::unfollow(parts.desk, key, what));
    return done(parts, *visit, Kind::unfollowed);
  });
}

void refuse_sign_in(SiteParts& parts, VisitPointer visit, http::Reply reply, const base::Error& error) {
  answer(parts, *visit, reply, [&]() -> base::Result<http::Response> { return sign_in_form(parts, *visit, error); });
}

void refuse_reader(SiteParts& parts, VisitPointer visit, http::Reply reply, const base::Error& error) {
  reply(refuse_link(parts, *visit, error));
}

}  // namespace web
