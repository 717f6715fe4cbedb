#include "text/attribute_value.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "text/code_point.h"

namespace text {
namespace {

constexpr std::string_view space_characters = " \t\n\r\f";

std::string_view trim(std::string_view value) {
  const std::size_t first = value.find_first_not_of(space_characters);
  if (first == std::string_view::npos) return {};
  return value.substr(first, value.find_last_not_of(space_characters) - first + 1);
}

std::string lower(std::string_view value) {
  std::string out(value);
  for (char& byte : out) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
  }
  return out;
}

std::vector<std::string_view> words_of(std::string_view value) {
  std::vector<std::string_view> words;
  for (std::size_t at = value.find_first_not_of(space_characters); at != std::string_view::npos;) {
    const std::size_t end = std::min(value.find_first_of(space_characters, at), value.size());
    words.push_back(value.substr(at, end - at));
    at = value.find_first_not_of(space_characters, end);
  }
  return words;
}

void add_word(std::string& words, std::string_view word) {
  if (!words.empty()) words += ' ';
  words += word;
}

bool is_theme_class(std::string_view name) {
  constexpr std::string_view prefixes[] = {"align", "wp-", "gallery", "is-", "has-", "language-"};
  constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return name.size() <= 64 && name.find_first_not_of(allowed) == std::string_view::npos &&
         std::any_of(std::begin(prefixes), std::end(prefixes), [&](std::string_view prefix) { return name.starts_with(prefix); });
}

// True if `value` has the form of `pattern`, in which 9 stands for any digit.
bool matches(std::string_view value, std::string_view pattern) {
  return value.size() == pattern.size() && std::equal(value.begin(), value.end(), pattern.begin(), [](char byte, char form) {
           return form == '9' ? byte >= '0' && byte <= '9' : byte == form;
         });
}

int number_at(std::string_view value, std::size_t at) { return (value[at] - '0') * 10 + (value[at + 1] - '0'); }

bool is_month(std::string_view value) {
  return matches(value, "9999-99") && value.substr(0, 4) != "0000" && number_at(value, 5) >= 1 && number_at(value, 5) <= 12;
}

bool is_date(std::string_view value) {
  if (!matches(value, "9999-99-99") || !is_month(value.substr(0, 7))) return false;
  const int year = number_at(value, 0) * 100 + number_at(value, 2);
  const int month = number_at(value, 5);
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int longest = month == 2 ? (leap ? 29 : 28) : (month == 4 || month == 6 || month == 9 || month == 11) ? 30 : 31;
  return number_at(value, 8) >= 1 && number_at(value, 8) <= longest;
}

bool is_clock(std::string_view value) {
  if (!matches(value, "99:99") && !matches(value, "99:99:99")) return false;
  return number_at(value, 0) <= 23 && number_at(value, 3) <= 59 && (value.size() < 8 || number_at(value, 6) <= 59);
}

// Takes "Z" or "+01:00" off the end.
bool take_offset(std::string_view& value) {
  if (value.ends_with('Z')) {
    value.remove_suffix(1);
    return true;
  }
  if (value.size() < 6) return false;
  const std::string_view offset = value.substr(value.size() - 6);
  if ((!matches(offset, "+99:99") && !matches(offset, "-99:99")) || number_at(offset, 1) > 14 || number_at(offset, 4) > 59)
    return false;
  value.remove_suffix(6);
  return true;
}

bool is_date_and_clock(std::string_view value) {
  return value.size() > 11 && (value[10] == 'T' || value[10] == ' ') && is_date(value.substr(0, 10)) &&
         is_clock(value.substr(11));
}

}  // namespace

std::optional<std::string> whole_number(std::string_view value, int low, int high) {
  value = trim(value);
  if (value.starts_with('+')) value.remove_prefix(1);
  int number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < low || number > high) return std::nullopt;
  return std::to_string(number);
}

std::optional<std::string> pixels(std::string_view value) {
  value = trim(value);
  if (value.ends_with("px")) value.remove_suffix(2);
  return whole_number(value, 1, 99'999);
}

std::string theme_classes(std::string_view value) {
  std::string kept;
  std::vector<std::string_view> seen;
  for (const std::string_view name : words_of(value)) {
    if (seen.size() == 20) break;
    if (!is_theme_class(name) || std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
    seen.push_back(name);
    add_word(kept, name);
  }
  return kept;
}

std::optional<std::string> alignment_class(std::string_view align, std::string_view style, std::string_view prefix) {
  std::string side = lower(trim(align));
  const std::string rules = lower(style);
  const std::size_t rule = rules.find("text-align");
  if (side.empty() && rule != std::string::npos) {
    std::string_view rest = trim(std::string_view(rules).substr(rule + 10));
    if (rest.starts_with(':')) side = trim(rest.substr(1, std::min(rest.find(';'), rest.size()) - 1));
  }
  if (side == "middle") side = "center";
  if (side != "left" && side != "right" && side != "center") return std::nullopt;
  return std::string(prefix) + side;
}

bool is_datetime(std::string_view value) {
  if (is_date(value) || is_month(value) || is_clock(value) || is_date_and_clock(value)) return true;
  if (matches(value, "9999") && value != "0000") return true;
  return is_change_time(value);
}

bool is_change_time(std::string_view value) { return is_date(value) || (take_offset(value) && is_date_and_clock(value)); }

bool is_id(std::string_view value) {
  if (value.empty() || value.size() > 128) return false;
  for (std::size_t at = 0; at < value.size();) {
    const char32_t point = next_code_point(value, at);
    if (point == no_code_point || is_control(point) || is_white_space(point)) return false;
  }
  return true;
}

bool is_media_type(std::string_view value) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.+-";
  const std::size_t slash = value.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == value.size() || value.size() > 64) return false;
  return value.substr(0, slash).find_first_not_of(allowed) == std::string_view::npos &&
         value.substr(slash + 1).find_first_not_of(allowed) == std::string_view::npos;
}

std::string link_relations(std::string_view value) {
  const std::string all = lower(value);
  std::string kept;
  for (const std::string_view known : {"nofollow", "sponsored", "ugc"}) {
    const std::vector<std::string_view> words = words_of(all);
    if (std::find(words.begin(), words.end(), known) != words.end()) add_word(kept, known);
  }
  return kept;
}

}  // namespace text
