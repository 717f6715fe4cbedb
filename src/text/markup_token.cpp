#include "text/markup_token.h"

#include <algorithm>

namespace text {
namespace {

constexpr std::string_view space_characters = "\t\n\f\r ";

bool is_space(char byte) { return space_characters.find(byte) != std::string_view::npos; }
bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }
char to_lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte; }

}  // namespace

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return to_lower(a) == to_lower(b); });
}

bool MarkupReader::read(MarkupToken& token) {
  if (done()) return false;
  token.attributes.clear();
  token.self_closing = false;
  token.kind = MarkupToken::Kind::ignored;
  if (peek() != '<') {
    read_text(token);
  } else if (is_letter(peek(1))) {
    token.kind = MarkupToken::Kind::start_tag;
    at_ += 1;
    read_tag(token);
  } else if (peek(1) == '/' && is_letter(peek(2))) {
    token.kind = MarkupToken::Kind::end_tag;
    at_ += 2;
    read_tag(token);
  } else if (markup_.substr(at_, 4) == "<!--") {
    skip_comment();
  } else if (peek(1) == '!' || peek(1) == '?' || (peek(1) == '/' && at_ + 2 < markup_.size())) {
    skip_past(">");
  } else {
    read_text(token);
  }
  return true;
}

void MarkupReader::read_text(MarkupToken& token) {
  const std::size_t end = std::min(markup_.find('<', at_ + 1), markup_.size());
  token.kind = MarkupToken::Kind::text;
  token.text = markup_.substr(at_, end - at_);
  at_ = end;
}

void MarkupReader::read_tag(MarkupToken& token) {
  const std::size_t end = std::min(markup_.find_first_of("\t\n\f\r />", at_), markup_.size());
  token.name = markup_.substr(at_, end - at_);
  at_ = end;
  while (!done() && peek() != '>') {
    if (is_space(peek()) || peek() == '/') {
      token.self_closing = peek() == '/' && peek(1) == '>';
      ++at_;
    } else {
      read_attribute(token);
    }
  }
  if (done()) token.kind = MarkupToken::Kind::ignored;
  ++at_;
}

void MarkupReader::read_attribute(MarkupToken& token) {
  // A '=' that comes first belongs to the name.
  const std::size_t end = std::min(markup_.find_first_of("\t\n\f\r />=", at_ + 1), markup_.size());
  MarkupToken::Attribute attribute{.name = markup_.substr(at_, end - at_), .value = {}};
  at_ = end;
  while (is_space(peek())) ++at_;
  if (peek() == '=') {
    ++at_;
    attribute.value = read_value();
  }
  token.attributes.push_back(attribute);
}

std::string_view MarkupReader::read_value() {
  while (is_space(peek())) ++at_;
  const char quote = peek();
  std::string_view value;
  if (quote == '"' || quote == '\'') {
    const std::size_t end = std::min(markup_.find(quote, at_ + 1), markup_.size());
    value = markup_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
  } else {
    const std::size_t end = std::min(markup_.find_first_of("\t\n\f\r >", at_), markup_.size());
    value = markup_.substr(at_, end - at_);
    at_ = end;
  }
  return value;
}

void MarkupReader::skip_comment() {
  at_ += 4;
  // "<!-->" and "<!--->" are whole comments.
  if (peek() == '>' || (peek() == '-' && peek(1) == '>')) return skip_past(">");
  for (std::size_t end = markup_.find("--", at_); end != std::string_view::npos; end = markup_.find("--", end + 1)) {
    at_ = end + 2;
    if (peek() == '>') return skip_past(">");
    if (peek() == '!' && peek(1) == '>') return skip_past(">");
  }
  at_ = markup_.size();
}

void MarkupReader::skip_past(std::string_view mark) {
  const std::size_t found = markup_.find(mark, at_);
  at_ = found == std::string_view::npos ? markup_.size() : found + mark.size();
}

std::string_view MarkupReader::read_raw(std::string_view name) {
  const std::size_t start = at_;
  std::size_t end = markup_.find("</", at_);
  for (; end != std::string_view::npos; end = markup_.find("</", end + 2)) {
    const std::size_t behind = end + 2 + name.size();
    if (!equals_ignoring_case(markup_.substr(end + 2, name.size()), name)) continue;
    if (behind >= markup_.size() || is_space(markup_[behind]) || markup_[behind] == '/' || markup_[behind] == '>') break;
  }
  at_ = std::min(end, markup_.size());
  return markup_.substr(start, at_ - start);
}

}  // namespace text
