// The small grammar that several headers share: case, white space, lists, quality values. It knows no header in particular and
// never allocates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace http {

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

constexpr bool equals_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  }
  return true;
}

constexpr bool starts_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equals_ignoring_case(text.substr(0, prefix.size()), prefix);
}

// Without the spaces and tabs at both ends (OWS).
constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// What stands before the first `separator`, all if there is none; `rest` then begins behind it.
constexpr std::string_view cut_until(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view first = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return first;
}

// Only digits, no sign, no overflow.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

// RFC 3986, 3.2.2: a name or an address, and perhaps a port. Anything else could be read as a path or as a second name.
bool is_host(std::string_view text);

// A quality value in thousandths: "0.5" is 500. What is no quality value counts as 0 (RFC 9110, 12.4.2).
int parse_quality(std::string_view text);

}  // namespace http
