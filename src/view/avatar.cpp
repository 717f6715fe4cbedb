#include "view/avatar.h"

#include <algorithm>
#include <array>

#include "base/format.h"

namespace view {
namespace {

constexpr std::size_t digits = 20;

// Ground and shapes. Both stand out from light and from dark paper, and from each other.
struct Colours {
  std::string_view ground;
  std::string_view shape;
};
constexpr std::array<Colours, 12> palette{{{"#5b6b7f", "#c3cfdc"},
                                           {"#4f7161", "#bfd6c8"},
                                           {"#8a6a4b", "#e3d0b8"},
                                           {"#7a5a70", "#dcc4d4"},
                                           {"#6b6a52", "#d6d4b4"},
                                           {"#46707a", "#b9d5da"},
                                           {"#8a5a52", "#e4c5bd"},
                                           {"#5f5f86", "#c9c9e2"},
                                           {"#76804a", "#dbe0b9"},
                                           {"#6d6460", "#d5cdc8"},
                                           {"#3f6d8a", "#b8d3e4"},
                                           {"#876080", "#e2c8dd"}}};

// One quarter of the picture, 12 units wide; turned into place by the caller.
constexpr std::array<std::string_view, 5> shapes{"M0 0h12A12 12 0 0 1 0 12z",                      // a quarter of a disc
                                                 "M0 0h12L0 12z",                                  // half a square
                                                 "M6 1a5 5 0 1 1 0 10A5 5 0 1 1 6 1z",             // a disc
                                                 "M0 0h12v6H0z",                                   // a bar
                                                 "M0 0h6A6 6 0 0 1 0 6zM12 12H6a6 6 0 0 1 6-6z"};  // two opposite corners

unsigned digit(char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); }

unsigned byte_at(std::string_view key, std::size_t index) { return digit(key[2 * index]) * 16 + digit(key[2 * index + 1]); }

}  // namespace

bool is_avatar_key(std::string_view key) {
  return key.size() == digits &&
         std::all_of(key.begin(), key.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string draw_avatar(std::string_view key) {
  const Colours& colours = palette[byte_at(key, 0) % palette.size()];
  std::string svg = base::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><path fill=\"{}\" d=\"M0 0h24v24H0z\"/><g fill=\"{}\">",
      colours.ground, colours.shape);
  for (std::size_t quarter = 0; quarter < 4; ++quarter) {
    const unsigned byte = byte_at(key, 1 + quarter);
    svg += base::format("<path transform=\"translate({} {}) rotate({} 6 6)\" d=\"{}\"/>", quarter % 2 * 12, quarter / 2 * 12,
                        byte % 4 * 90, shapes[byte / 4 % shapes.size()]);
  }
  return svg + "</g></svg>";
}

}  // namespace view
