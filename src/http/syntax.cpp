#include "http/syntax.h"

#include <algorithm>
#include <charconv>

namespace http {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f'); }

bool consists_of(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || marks.find(c) != std::string_view::npos;
  });
}

bool has_whole_escapes(std::string_view text) {
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
  }
  return true;
}

}  // namespace

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_host(std::string_view text) {
  const std::size_t colon = text.starts_with('[') ? text.find(':', std::min(text.find(']'), text.size())) : text.find(':');
  const std::string_view name = text.substr(0, colon);
  const std::string_view port = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (name.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), is_digit)) return false;
  if (name.front() != '[') return consists_of(name, "-._~%!$&'()*+;=") && has_whole_escapes(name);
  return name.size() > 3 && name.back() == ']' && consists_of(name.substr(1, name.size() - 2), ":.");
}

int parse_quality(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
  if (text.size() > 1 && text[1] != '.') return 0;
  int value = (text[0] - '0') * 1000;
  int weight = 100;
  for (std::size_t i = 2; i < text.size(); ++i, weight /= 10) {
    if (text[i] < '0' || text[i] > '9') return 0;
    value += (text[i] - '0') * weight;
  }
  return value > 1000 ? 0 : value;
}

}  // namespace http
