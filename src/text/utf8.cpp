#include "text/utf8.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "text/code_point.h"
#include "text/normalise.h"

namespace text {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

// The offset of the first byte that is not ASCII, looking at eight at a time.
std::size_t ascii_prefix(std::string_view bytes, std::size_t at) {
  while (at + 8 <= bytes.size()) {
    std::uint64_t eight;
    std::memcpy(&eight, bytes.data() + at, 8);
    if (eight & 0x8080808080808080ULL) break;
    at += 8;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

const icu::Normalizer2& load_form(const icu::Normalizer2* (*load)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = load(status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  return *form;
}

// ICU makes a form at its first use, in code that the thread sanitizer does not see. Handed on from here, it is seen to be whole
// before another thread uses it.
const icu::Normalizer2& nfc() {
  static const icu::Normalizer2& form = load_form(icu::Normalizer2::getNFCInstance);
  return form;
}
const icu::Normalizer2& nfkc_casefold() {
  static const icu::Normalizer2& form = load_form(icu::Normalizer2::getNFKCCasefoldInstance);
  return form;
}

std::string normalised(const icu::Normalizer2& form, std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  form.normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  return out;
}

// Characters that are never part of what somebody meant to write: they hide text or turn its order around.
bool is_deceptive(char32_t point) {
  return is_noncharacter(point) || point == 0xFEFF || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

// Where the characters end that anybody may type and that stay as they are, from `at` on.
std::size_t plain_prefix(std::string_view text, std::size_t at) {
  const auto is_plain = [](char c) { return (c >= ' ' && c <= '~') || c == '\n' || c == '\t'; };
  return static_cast<std::size_t>(std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_plain) -
                                  text.begin());
}

// Line ends of all kinds as '\n', controls and deceptive characters gone.
std::string with_plain_line_ends(std::string_view valid) {
  std::string out;
  out.reserve(valid.size());
  for (std::size_t at = 0; at < valid.size();) {
    const std::size_t end = plain_prefix(valid, at);
    out.append(valid, at, end - at);
    at = end;
    if (at == valid.size()) break;
    const char32_t point = next_code_point(valid, at);
    if (point == '\r') {
      if (at < valid.size() && valid[at] == '\n') ++at;
      out += '\n';
    } else if (point == '\n' || point == 0x85 || point == 0x2028 || point == 0x2029) {
      out += '\n';
    } else if (point == '\t' || (!is_control(point) && !is_deceptive(point))) {
      append_code_point(out, point);
    }
  }
  return out;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  for (std::size_t at = ascii_prefix(bytes, 0); at < bytes.size(); at = ascii_prefix(bytes, at)) {
    if (next_code_point(bytes, at) == no_code_point) return false;
  }
  return true;
}

std::string to_valid_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size() + 16);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t start = at;
    if (next_code_point(bytes, at) == no_code_point) {
      out += replacement;
    } else {
      out.append(bytes, start, at - start);
    }
  }
  return out;
}

std::size_t count_code_points(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

std::string to_nfc(std::string_view utf8) {
  if (is_ascii(utf8)) return std::string(utf8);
  return normalised(nfc(), utf8);
}

std::string clean_line(std::string_view utf8) {
  const std::string valid = to_valid_utf8(utf8);
  std::string out;
  out.reserve(valid.size());
  bool space_due = false;
  for (std::size_t at = 0; at < valid.size();) {
    const char32_t point = next_code_point(valid, at);
    if (is_white_space(point)) {
      space_due = !out.empty();
    } else if (!is_control(point) && !is_deceptive(point)) {
      if (space_due) out += ' ';
      space_due = false;
      append_code_point(out, point);
    }
  }
  // Normalising comes last: taking out a character can bring a letter and its accent together.
  return to_nfc(out);
}

std::string clean_lines(std::string_view utf8) {
  const std::string plain = with_plain_line_ends(to_valid_utf8(utf8));
  std::string out;
  out.reserve(plain.size());
  std::size_t line_ends_due = 0;
  for (std::size_t at = 0; at <= plain.size();) {
    const std::size_t end = std::min(plain.find('\n', at), plain.size());
    std::string_view line = std::string_view(plain).substr(at, end - at);
    if (without_trailing_blanks(line).empty()) line = {};
    if (!line.empty()) {
      out.append(std::min<std::size_t>(line_ends_due, 3), '\n').append(line);
      line_ends_due = 0;
    }
    if (!out.empty()) ++line_ends_due;
    at = end + 1;
  }
  const std::string_view trimmed = without_trailing_blanks(out);
  return to_nfc(trimmed.substr(std::min(trimmed.find_first_not_of(" \t"), trimmed.size())));
}

std::string fold_case(std::string_view utf8) { return normalised(nfkc_casefold(), to_valid_utf8(utf8)); }

std::string fold_letters(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* apart = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  const std::string decomposed = normalised(*apart, to_valid_utf8(utf8));
  std::string out;
  bool is_latin = false;
  for (std::size_t at = 0; at < decomposed.size();) {
    const char32_t point = next_code_point(decomposed, at);
    const bool is_mark = u_charType(static_cast<UChar32>(point)) == U_NON_SPACING_MARK;
    if (is_mark && is_latin) continue;  // of other letters a mark may make another letter
    if (!is_mark) is_latin = point < 0x80;
    append_code_point(out, static_cast<char32_t>(u_foldCase(static_cast<UChar32>(point), U_FOLD_CASE_DEFAULT)));
  }
  return to_nfc(out);
}

}  // namespace text
