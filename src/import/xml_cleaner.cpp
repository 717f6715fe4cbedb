#include "import/xml_cleaner.h"

#include <algorithm>
#include <cstdint>

namespace import_ {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_plain(char c) {
  return (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80) || c == '\n' || c == '\t' || c == '\r';
}

// How long the character is that begins with this byte; 0: none begins so.
std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

// Whether these bytes, of the right number, are one character that XML allows.
bool is_character(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return is_plain(bytes[0]);
  std::uint32_t code = lead & (0xFFU >> (bytes.size() + 1));
  for (const char c : bytes.substr(1)) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80) return false;
    code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
  }
  constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code >= smallest[bytes.size()] && code <= 0x10FFFF && !is_surrogate && code != 0xFFFE && code != 0xFFFF;
}

}  // namespace

std::string XmlCleaner::clean(std::string_view piece) {
  std::string joined;
  if (!cut_.empty()) {
    joined = cut_ + std::string(piece);
    piece = joined;
    cut_.clear();
  }
  std::string cleaned;
  cleaned.reserve(piece.size());
  while (!piece.empty()) {
    const auto run = static_cast<std::size_t>(std::find_if_not(piece.begin(), piece.end(), is_plain) - piece.begin());
    cleaned += piece.substr(0, run);
    piece.remove_prefix(run);
    if (piece.empty()) break;
    const std::size_t length = length_of(static_cast<unsigned char>(piece.front()));
    if (length > piece.size()) {
      cut_ = piece;
      break;
    }
    const bool is_good = length > 0 && is_character(piece.substr(0, length));
    cleaned += is_good ? piece.substr(0, length) : replacement;
    piece.remove_prefix(is_good ? length : 1);
  }
  return cleaned;
}

std::string XmlCleaner::finish() {
  std::string rest;
  for (std::size_t i = 0; i < cut_.size(); ++i) rest += replacement;
  cut_.clear();
  return rest;
}

}  // namespace import_
