#include "base/json_text.h"

#include <cstddef>

#include "base/format.h"

namespace base {
namespace {

// The bytes of the well-formed sequence that `text` begins with; 0 if it begins with none (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i, unsigned least = 0x80, unsigned most = 0xBF) {
    return byte(i) >= least && byte(i) <= most;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF)
    return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
  if (first >= 0xF0 && first <= 0xF4)
    return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
  return 0;
}

}  // namespace

std::string json_text(std::string_view plain) {
  std::string out = "\"";
  while (!plain.empty()) {
    const std::size_t length = sequence_length(plain);
    const char c = plain.front();
    if (length == 0)
      out += "\\ufffd";
    else if (c == '"' || c == '\\')
      out += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out += plain.substr(0, length);
    plain.remove_prefix(length == 0 ? 1 : length);
  }
  return out + '"';
}

}  // namespace base
