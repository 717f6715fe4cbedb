#include "import/markup_scan.h"

#include <algorithm>

namespace import_ {
namespace {

constexpr auto npos = std::string_view::npos;

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t end_of_comment(std::string_view text, std::size_t at) {
  const std::size_t end = text.find("-->", at + 4);
  return end == npos ? text.size() : end + 3;
}

}  // namespace

std::size_t skip_markup_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_markup_space(text[at])) ++at;
  return at;
}

std::string_view trim_markup(std::string_view text) {
  while (!text.empty() && is_markup_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_markup_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string replace_every(std::string_view text, std::string_view what, std::string_view with) {
  std::string out;
  out.reserve(text.size());
  std::size_t from = 0;
  for (std::size_t at = text.find(what); at != npos; at = text.find(what, from)) {
    out.append(text.substr(from, at - from)).append(with);
    from = at + what.size();
  }
  return out.append(text.substr(from));
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case_start) {
  if (text.size() < lower_case_start.size()) return false;
  return std::equal(lower_case_start.begin(), lower_case_start.end(), text.begin(),
                    [](char a, char b) { return a == to_lower(b); });
}

MarkupPart markup_part_at(std::string_view text, std::size_t at) {
  if (text.substr(at, 4) == "<!--") return {MarkupPart::Kind::comment, text.substr(at, end_of_comment(text, at) - at)};
  const std::size_t close = text.find('>', at);
  return {MarkupPart::Kind::tag, text.substr(at, close == npos ? npos : close + 1 - at)};
}

std::vector<MarkupPart> split_markup(std::string_view text) {
  std::vector<MarkupPart> parts;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t at = std::min(text.find('<', from), text.size());
    if (at > from) parts.push_back({MarkupPart::Kind::text, text.substr(from, at - from)});
    if (at == text.size()) break;
    parts.push_back(markup_part_at(text, at));
    from = at + parts.back().content.size();
  }
  return parts;
}

std::string_view tag_name(std::string_view tag) {
  const std::size_t start = is_end_tag(tag) ? 2 : 1;
  std::size_t end = start;
  while (end < tag.size() && !is_markup_space(tag[end]) && tag[end] != '>' && tag[end] != '/') ++end;
  return tag.substr(std::min(start, tag.size()), end - start);
}

std::optional<std::string_view> tag_attribute(std::string_view tag, std::string_view lower_case_name) {
  std::size_t at = 1 + tag_name(tag).size();
  while (at < tag.size()) {
    while (at < tag.size() && (is_markup_space(tag[at]) || tag[at] == '/')) ++at;
    std::size_t name_end = at;
    while (name_end < tag.size() && !is_markup_space(tag[name_end]) && tag[name_end] != '=' && tag[name_end] != '>') ++name_end;
    const std::string_view name = tag.substr(at, name_end - at);
    at = skip_markup_space(tag, name_end);
    std::string_view value;
    if (at < tag.size() && tag[at] == '=') {
      at = skip_markup_space(tag, at + 1);
      const char quote = at < tag.size() ? tag[at] : '>';
      const bool is_quoted = quote == '"' || quote == '\'';
      const std::size_t start = is_quoted ? at + 1 : at;
      const std::size_t end = std::min(is_quoted ? tag.find(quote, start) : tag.find_first_of(" \t\r\n>", start), tag.size());
      value = tag.substr(std::min(start, tag.size()), end - std::min(start, tag.size()));
      at = end + 1;
    }
    if (name.size() == lower_case_name.size() && starts_with_ignoring_case(name, lower_case_name)) return value;
    if (name.empty()) ++at;
  }
  return std::nullopt;
}

bool is_character_reference(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (end < text.size() && text[end] == '#') {
    ++end;
    const bool is_hex = end < text.size() && to_lower(text[end]) == 'x';
    if (is_hex) ++end;
    const std::size_t digits = end;
    while (end < text.size() && (is_digit(text[end]) || (is_hex && to_lower(text[end]) >= 'a' && to_lower(text[end]) <= 'f')))
      ++end;
    return end > digits && end < text.size() && text[end] == ';';
  }
  const std::size_t letters = end;
  while (end < text.size() &&
         ((to_lower(text[end]) >= 'a' && to_lower(text[end]) <= 'z') || (text[end] >= '1' && text[end] <= '4')))
    ++end;
  return end > letters && end - letters <= 8 && end < text.size() && text[end] == ';';
}

std::string escape_markup(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '&': out += is_character_reference(text, at) ? "&" : "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += text[at];
    }
  }
  return out;
}

}  // namespace import_
