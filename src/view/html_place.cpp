#include "view/html_place.h"

#include <utility>

namespace view {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Stands for whatever a marker will be, in the value of an attribute. No template holds it: it is a control character.
constexpr char marker = '\x01';

}  // namespace

void HtmlPlace::read(std::string_view markup) {
  for (const char c : markup) step(c);
}

void HtmlPlace::read_marker() {
  if (place_.where == Where::before_value) place_.where = Where::bare_value;
  if (place_.where == Where::quoted_value || place_.where == Where::bare_value) place_.value += marker;
}

void HtmlPlace::settle() {
  if (place_.where == Where::attribute_name) finish_attribute_name();
  if (place_.where != Where::tag_name && place_.where != Where::attribute_name) return;
  place_ = {Where::in_tag, place_.element, {}, {}, 0};
  settled_ = true;
}

void HtmlPlace::step(char c) {
  switch (place_.where) {
    case Where::content: return step_content(c);
    case Where::plain_content:
    case Where::raw_content: return step_plain(c);
    case Where::tag_start: return step_tag_start(c);
    case Where::tag_name: return step_tag_name(c);
    case Where::in_tag: return step_in_tag(c);
    case Where::attribute_name: return step_attribute_name(c);
    case Where::before_value:
    case Where::quoted_value:
    case Where::bare_value: return step_value(c);
    case Where::comment:
    case Where::declaration: return step_comment(c);
  }
}

void HtmlPlace::step_content(char c) {
  if (c == '<') place_ = {Where::tag_start, {}, {}, {}, 0};
}

// In these elements nothing counts but their own end tag.
void HtmlPlace::step_plain(char c) {
  seen_ += to_lower(c);
  const std::string end = "</" + place_.element;
  if (!seen_.ends_with(end)) return;
  const bool empty = seen_.find_first_not_of(" \t\r\n") + end.size() == seen_.size();
  if (place_.where == Where::raw_content && !empty)
    listener_.fault("a script must stand in a file of its own: <script src=\"…\"></script>");
  place_ = {Where::tag_name, "/" + place_.element, {}, {}, 0};
  must_end_name_ = true;
  seen_.clear();
}

void HtmlPlace::step_tag_start(char c) {
  if (c == '!') {
    place_.where = Where::declaration;
    seen_.clear();
  } else if (c == '/' || is_letter(c)) {
    place_.where = Where::tag_name;
    place_.element = to_lower(c);
  } else {
    listener_.fault("this < begins no tag; write &lt;");
    place_ = {};
  }
}

void HtmlPlace::step_tag_name(char c) {
  // "</scripted>" does not end a script.
  const bool is_longer = std::exchange(must_end_name_, false) && c != '>' && c != '/' && !is_blank(c);
  if (is_longer) listener_.fault("this tag is not well formed");
  if (c == '>') return finish_tag();
  if (is_blank(c) || c == '/') {
    place_.where = Where::in_tag;
  } else {
    place_.element += to_lower(c);
  }
}

void HtmlPlace::step_in_tag(char c) {
  const bool needs_space = std::exchange(settled_, false);
  if (c == '>') return finish_tag();
  if (is_blank(c) || c == '/') return;
  if (needs_space) listener_.fault("a space must stand between this and the name before it");
  if (c == '=' || c == '<' || c == '"' || c == '\'') return listener_.fault("this tag is not well formed");
  place_.where = Where::attribute_name;
  place_.attribute = to_lower(c);
  place_.value.clear();
}

void HtmlPlace::step_attribute_name(char c) {
  if (c == '=') {
    finish_attribute_name();
    place_.where = Where::before_value;
  } else if (c == '>' || c == '/' || is_blank(c)) {
    finish_attribute_name();
    place_.where = Where::in_tag;
    if (c == '>') finish_tag();
  } else {
    place_.attribute += to_lower(c);
  }
}

void HtmlPlace::step_value(char c) {
  if (place_.where == Where::before_value) {
    if (is_blank(c)) return;
    const bool quoted = c == '"' || c == '\'';
    place_.where = quoted ? Where::quoted_value : Where::bare_value;
    place_.quote = quoted ? c : '\0';
    if (!quoted) place_.value += c;
    return;
  }
  const bool ends = place_.where == Where::quoted_value ? c == place_.quote : c == '>' || is_blank(c);
  if (!ends) {
    place_.value += c;
    return;
  }
  place_ = {Where::in_tag, place_.element, {}, {}, 0};
  if (c == '>') finish_tag();
}

void HtmlPlace::step_comment(char c) {
  seen_ += c;
  if (place_.where == Where::declaration && seen_ == "--") {
    place_.where = Where::comment;
    seen_.clear();
  } else if (c == '>' && (place_.where == Where::declaration || seen_.ends_with("-->"))) {
    place_ = {};
    seen_.clear();
  }
}

void HtmlPlace::finish_attribute_name() { listener_.attribute(place_); }

void HtmlPlace::finish_tag() {
  const std::string element = place_.element;
  listener_.tag(place_);
  seen_.clear();
  place_ = {};
  if (element == "title" || element == "textarea") place_ = {Where::plain_content, element, {}, {}, 0};
  if (element == "script" || element == "style") place_ = {Where::raw_content, element, {}, {}, 0};
}

}  // namespace view
