// One code point at a time out of bytes that claim to be UTF-8, and back. Private to src/text; never throws, never reads past the
// end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace text {

inline constexpr char32_t no_code_point = 0xFFFFFFFF;

// Reads the code point at `at` and moves `at` behind it. For an invalid sequence: no_code_point, and `at` moves behind the
// longest part that could have begun a valid one, as the Unicode standard recommends for replacing. Precondition: at <
// bytes.size().
inline char32_t next_code_point(std::string_view bytes, std::size_t& at) {
  const auto byte_at = [&](std::size_t index) { return static_cast<unsigned char>(bytes[index]); };
  const char32_t lead = byte_at(at++);
  if (lead < 0x80) return lead;
  if (lead < 0xC2 || lead > 0xF4) return no_code_point;
  const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  // The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
  char32_t low = 0x80;
  char32_t high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  char32_t point = lead & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    if (at == bytes.size() || byte_at(at) < low || byte_at(at) > high) return no_code_point;
    point = (point << 6) | (byte_at(at++) & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return point;
}

// Precondition: `point` is a scalar value.
inline void append_code_point(std::string& out, char32_t point) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80) {
    add(point);
  } else if (point < 0x800) {
    add(0xC0 | (point >> 6));
    add(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    add(0xE0 | (point >> 12));
    add(0x80 | ((point >> 6) & 0x3F));
    add(0x80 | (point & 0x3F));
  } else {
    add(0xF0 | (point >> 18));
    add(0x80 | ((point >> 12) & 0x3F));
    add(0x80 | ((point >> 6) & 0x3F));
    add(0x80 | (point & 0x3F));
  }
}

// C0 and C1 control characters, DEL, and the code points that stand for nothing at all.
inline bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }
inline bool is_noncharacter(char32_t point) { return (point >= 0xFDD0 && point <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE; }

// What Unicode calls white space, line ends included.
inline bool is_white_space(char32_t point) {
  return (point >= 0x09 && point <= 0x0D) || point == 0x20 || point == 0x85 || point == 0xA0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x202F || point == 0x205F ||
         point == 0x3000;
}

}  // namespace text
