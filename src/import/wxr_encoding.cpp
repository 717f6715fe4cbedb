#include "import/wxr_encoding.h"

#include <algorithm>
#include <cctype>

#include "text/utf8.h"

namespace import_ {
namespace {

constexpr int c1_of_windows_1252[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  });
}

void append_utf8(std::string& out, int code_point) {
  const auto byte = [&out](int value) { out += static_cast<char>(value); };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0 | (code_point >> 6));
    byte(0x80 | (code_point & 0x3F));
  } else {
    byte(0xE0 | (code_point >> 12));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  }
}

}  // namespace

int windows_1252_code_point(unsigned char byte) { return byte >= 0x80 && byte < 0xA0 ? c1_of_windows_1252[byte - 0x80] : byte; }

bool is_windows_1252(std::string_view encoding) {
  return equals_ignoring_case(encoding, "windows-1252") || equals_ignoring_case(encoding, "cp1252");
}
bool is_latin_1(std::string_view encoding) {
  return equals_ignoring_case(encoding, "iso-8859-1") || equals_ignoring_case(encoding, "latin1");
}
bool is_utf_16(std::string_view encoding) { return equals_ignoring_case(encoding.substr(0, 6), "utf-16"); }

std::string clean_utf8(std::string_view text, std::string_view encoding) {
  std::string utf8;
  if (is_windows_1252(encoding) || is_latin_1(encoding)) {
    for (const char c : text) append_utf8(utf8, windows_1252_code_point(static_cast<unsigned char>(c)));
  } else {
    utf8 = text::to_valid_utf8(text);
  }
  std::erase_if(utf8, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; });
  return utf8;
}

}  // namespace import_
