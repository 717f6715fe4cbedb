#include "view/returned_form.h"

#include "text/escape.h"
#include "text/language.h"

namespace view {

namespace {

using text::escape;
using text::Html;

Html message(const Site& site, std::string_view key) { return escape(site.messages.text(key)); }

Html head(const Theme& theme, const Site& site, const Html& title) {
  const std::string& language = site.settings.language;
  const bool is_right_to_left = text::direction_of(language) == text::Direction::right_to_left;
  Html html = Html::literal("<!DOCTYPE html>\n<html lang=\"") + escape(language) + Html::literal("\" dir=\"") +
              (is_right_to_left ? Html::literal("rtl") : Html::literal("ltr")) + Html::literal("\">\n<head>\n<meta charset=\"utf-8\">\n") +
              Html::literal("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>") + title +
              Html::literal("</title>\n<meta name=\"robots\" content=\"noindex\">\n");
  const std::string style = theme.asset_address("style.css");
  if (!style.empty()) html += Html::literal("<link rel=\"stylesheet\" href=\"") + escape(style) + Html::literal("\">\n");
  return html + Html::literal("</head>\n");
}

Html hidden(const std::string& name, const std::string& value) {
  return Html::literal("<input type=\"hidden\" name=\"") + escape(name) + Html::literal("\" value=\"") + escape(value) +
         Html::literal("\">\n");
}

// A line break right after the tag is not part of the text: without ours, one of the reader's own would be lost.
Html text_field(const Site& site, const ReturnedForm& form) {
  return Html::literal("<p class=\"field\"><label for=\"returned\">") + message(site, "form.kept") +
         Html::literal("</label>\n<textarea id=\"returned\" rows=\"12\" name=\"") + escape(form.text_name) +
         Html::literal("\">\n") + escape(form.text) + Html::literal("</textarea></p>\n");
}

Html password_field(const Site& site) {
  return Html::literal("<p class=\"field\"><label for=\"password\">") + message(site, "password.label") +
         Html::literal(
             "</label>\n<input type=\"password\" id=\"password\" name=\"password\" autocomplete=\"current-password\" "
             "required></p>\n");
}

Html form_of(const Site& site, const ReturnedForm& form) {
  const Html text = form.text_name.empty() ? Html() : text_field(site, form);
  if (form.action.empty()) return text;
  Html html = Html::literal("<form class=\"respond\" method=\"post\" action=\"") + escape(form.action) + Html::literal("\">\n");
  for (const auto& [name, value] : form.others) html += hidden(name, value);
  html += text;
  if (form.asks_password) html += password_field(site);
  return html + Html::literal("<p class=\"buttons\"><button type=\"submit\">") + message(site, "server.send_again") +
         Html::literal("</button></p>\n</form>\n");
}

}  // namespace

Html render_returned_form(const Theme& theme, const Site& site, const ReturnedForm& form) {
  const std::string title_key = form.key + ".title";
  const Html title = message(site, site.messages.has(title_key) ? title_key : "server.title");
  return head(theme, site, title) + Html::literal("<body>\n<main id=\"content\">\n<div class=\"story\">\n<div class=\"refusal\">\n<h1>") +
         title + Html::literal("</h1>\n<p>") + message(site, form.key) + Html::literal("</p>\n</div>\n") + form_of(site, form) +
         Html::literal("</div>\n</main>\n<footer class=\"foot\">\n<p class=\"name\"><a href=\"/\">") + escape(site.settings.title) +
         Html::literal("</a></p>\n</footer>\n</body>\n</html>\n");
}

}  // namespace view
