#include "web/comment_post.h"

#include <exception>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "desk/post_comment.h"
#include "desk/read_site.h"
#include "news/comment_rules.h"
#include "text/json.h"
#include "text/utf8.h"
#include "view/pages.h"
#include "web/answers.h"
#include "web/article_page.h"
#include "web/comment_form.h"
#include "web/password_post.h"
#include "web/reader_cookies.h"
#include "web/small_form.h"

namespace web {
namespace {

const base::Error unavailable{base::Errc::unavailable, "server.unavailable", {}};

// The form under its article. Nothing if the article is not to be had; throws if the database is away.
std::optional<text::Html> article_with_form(const SiteParts& parts, const TypedComment& typed, const base::Error& error) {
  const std::optional<desk::CommentPlace> place =
      typed.form.parent ? desk::find_comment_place(parts.desk, typed.form.parent) : std::nullopt;
  const bool answers_here = place && place->comment.article == typed.form.article;
  const news::ThreadPart part = answers_here ? place->part : news::ThreadPart{};
  const base::Result<desk::ArticleContent> content =
      desk::read_article(parts.desk, typed.form.article, part, {}, typed.form.access);
  if (!content || content->is_locked || !content->has_thread_part) return std::nullopt;
  view::CommentForm form =
      give_back(typed, error, make_form_stamp(parts.desk.secrets, typed.form.article, parts.desk.clock.now()));
  if (answers_here) form.reply_to = news::view_of(place->comment);
  return render(parts, *content, std::move(form), std::nullopt);
}

// Needs no database: whatever is away, the text goes back.
text::Html form_alone(const SiteParts& parts, const TypedComment& typed, const base::Error& error) {
  const news::SiteFrame frame;
  const view::CommentFormPage page{
      .article = typed.form.article,
      .parent = typed.form.parent,
      .headline = {},
      .address = {},
      .form = give_back(typed, error, make_form_stamp(parts.desk.secrets, typed.form.article, parts.desk.clock.now()))};
  return view::render_comment_form(*parts.theme(), site_around(parts, frame), page);
}

text::Html form_again(const SiteParts& parts, const TypedComment& typed, const base::Error& error) {
  try {
    if (std::optional<text::Html> page = article_with_form(parts, typed, error)) return *std::move(page);
  } catch (const std::exception& cause) {
    base::log::error(base::format("the page for a refused comment failed: {}", cause.what()));
  }
  return form_alone(parts, typed, error);
}

http::Response refusal(const SiteParts& parts, const Visit& visit, const TypedComment& typed, const base::Error& error) {
  parts.comments.refused(error.code);
  const int status = status_of(error.code);
  http::Response response = visit.wants_json ? json_error(parts, status, error)
                                             : page_answer(status, form_again(parts, typed, error), Audience::personal);
  if (status == 503) response.set("Retry-After", "30");
  return response;
}

http::Response success(const SiteParts& parts, const Visit& visit, const desk::PostedComment& posted) {
  parts.comments.accepted(posted.verdict.status);
  const std::string address = with_parameter(posted.address, "posted", posted.capability);
  http::Response response;
  if (visit.wants_json) {
    const bool is_published = posted.verdict.status == news::CommentStatus::published;
    const text::json::object body = {
        {"id", posted.id.value}, {"status", is_published ? "published" : "held"}, {"address", encode_address(address)}};
    response = json_answer(201, text::json::serialize(body), Audience::personal);
  } else {
    response = redirect(303, address);
  }
  if (!posted.reader_token.empty()) response.add("Set-Cookie", lasting_cookie(parts, visit, "reader", posted.reader_token));
  return response;
}

// Runs on the thread that answers for the database's writer: nothing may leave it but an answer.
void answer(const SiteParts& parts, const Visit& visit, const TypedComment& typed,
            const base::Result<desk::PostedComment>& result, http::Reply& reply) {
  try {
    reply(result ? success(parts, visit, *result) : refusal(parts, visit, typed, result.error()));
  } catch (const std::exception& cause) {
    base::log::error(base::format("answering a comment failed: {}", cause.what()));
  }
}

void post(SiteParts& parts, std::shared_ptr<const Visit> visit, TypedComment typed, std::shared_ptr<http::Reply> reply) {
  const desk::Actor actor = actor_of(parts, *visit);
  desk::CommentForm form = typed.form;
  form.language = language_of(*visit, parts.desk.settings.language);
  desk::post_comment(
      parts.desk, actor, std::move(form),
      [keep = parts.shared_from_this(), visit = std::move(visit), typed = std::move(typed), reply = std::move(reply)](
          const base::Result<desk::PostedComment>& result) { answer(*keep, *visit, typed, result, *reply); });
}

TypedComment typed_by(const Visit& visit) {
  TypedComment typed = parse_comment(visit.request);
  typed.form.access = access_cookie(visit, typed.form.article);
  return typed;
}

// The form once more, with what its text will look like. Nothing is stored, and only text and quote need to be right.
http::Response preview(const SiteParts& parts, const Visit& visit, TypedComment typed) {
  if (const base::Result<void> valid = desk::validate_comment(typed.form.comment, parts.desk.settings); !valid)
    return refusal(parts, visit, typed, valid.error());
  base::Result<std::string> quoted = desk::find_quoted(parts.desk, typed.form);
  if (!quoted) return refusal(parts, visit, typed, quoted.error());
  typed.form.quote = *std::move(quoted);
  if (!visit.wants_json) return page_answer(200, form_again(parts, typed, {}), Audience::personal);
  const text::Html html = desk::render_comment(text::clean_lines(typed.form.comment));
  return json_answer(200, text::json::serialize(text::json::object{{"html", html.string()}, {"quote", typed.form.quote}}),
                     Audience::personal);
}

// What the fields must hold is desk's to say (post_comment).
base::Result<void> check(const SiteParts& parts, const TypedComment& typed) {
  if (typed.error) return *typed.error;
  if (typed.is_preview) return {};
  return check_form_stamp(parts.desk.secrets, typed.stamp, typed.form.article, parts.desk.clock.now());
}

}  // namespace

void take_comment(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply raw_reply) {
  const TypedComment typed = typed_by(*visit);
  const auto reply = std::make_shared<http::Reply>(std::move(raw_reply));
  if (const base::Result<void> checked = check(parts, typed); !checked)
    return (*reply)(refusal(parts, *visit, typed, checked.error()));
  try {
    if (typed.is_preview) return (*reply)(preview(parts, *visit, typed));
    post(parts, visit, typed, reply);
  } catch (const std::exception& cause) {
    base::log::error(base::format("a comment could not be taken: {}", cause.what()));
    (*reply)(refusal(parts, *visit, typed, unavailable));
  }
}

void refuse_comment(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error) {
  reply(refusal(parts, *visit, typed_by(*visit), error));
}

}  // namespace web
