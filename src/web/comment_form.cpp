#include "web/comment_form.h"

#include "base/format.h"
#include "http/form.h"
#include "http/syntax.h"
#include "text/utf8.h"

namespace web {
namespace {

constexpr base::Seconds stamp_rounding{3600};
constexpr base::Seconds stamp_validity{7 * 24 * 3600};

base::Error damaged() { return {base::Errc::invalid, "form.damaged", {}}; }

}  // namespace

std::int64_t parse_id(std::string_view text) {
  if (text.size() > 18) return 0;
  return static_cast<std::int64_t>(http::parse_decimal(text).value_or(0));
}

bool is_form(const http::Request& request) {
  std::string_view type = request.find_header("content-type").value_or("");
  return http::equals_ignoring_case(http::trim(http::cut_until(type, ';')), "application/x-www-form-urlencoded");
}

TypedComment parse_comment(const http::Request& request) {
  TypedComment typed;
  if (!is_form(request)) {
    typed.error = damaged();
    return typed;
  }
  const base::Result<http::Form> fields = http::parse_form(request.body);
  if (!fields) {
    typed.error = fields.error();
    return typed;
  }
  const auto take = [&](std::string_view name) {
    const std::string_view value = fields->value(name);
    if (text::is_valid_utf8(value)) return std::string(value);
    typed.error = damaged();
    return text::to_valid_utf8(value);
  };
  typed.form.article = {parse_id(fields->value("article"))};
  typed.form.parent = {parse_id(fields->value("parent"))};
  typed.form.name = take("name");
  typed.form.email = take("email");
  typed.form.website = take("website");
  typed.form.comment = take("comment");
  typed.form.quote = take("quote");
  typed.form.wants_replies = fields->value("replies") == "1";
  typed.stamp = take("stamp");
  typed.is_preview = !fields->value("preview").empty();
  return typed;
}

view::CommentForm give_back(const TypedComment& typed, const base::Error& error, std::string fresh_stamp) {
  view::CommentForm form;
  form.stamp = std::move(fresh_stamp);
  form.name = typed.form.name;
  form.email = typed.form.email;
  form.website = typed.form.website;
  form.text = typed.form.comment;
  form.quote = typed.form.quote;
  form.wants_replies = typed.form.wants_replies;
  form.errors = error.fields;
  if (typed.is_preview && error == base::Error{}) form.preview = desk::render_comment(text::clean_lines(typed.form.comment));
  if (error.fields.empty()) form.refusal = error.key;
  return form;
}

std::string make_form_stamp(const base::Secrets& secrets, news::ArticleId article, base::Time now) {
  const std::int64_t hour = base::to_unix(now) / stamp_rounding.count() * stamp_rounding.count();
  return secrets.sign(base::Purpose::form_stamp, base::format("{}:{}", article.value, hour));
}

base::Result<void> check_form_stamp(const base::Secrets& secrets, std::string_view stamp, news::ArticleId article,
                                    base::Time now) {
  const base::Error unproven{base::Errc::unproven, "form.unproven", {}};
  const std::optional<std::string> payload = secrets.verify(base::Purpose::form_stamp, stamp);
  if (!payload) return unproven;
  std::string_view rest = *payload;
  if (parse_id(http::cut_until(rest, ':')) != article.value) return unproven;
  const base::Time made = base::from_unix(parse_id(rest));
  if (now - made > stamp_validity) return base::Error{base::Errc::invalid, "form.expired", {}};
  return {};
}

}  // namespace web
