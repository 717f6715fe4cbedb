// The attributes that src/text ever looks at. The rest of an element's attributes is gone before it is parsed. Private to
// src/text.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "text/markup_token.h"

namespace text {

inline constexpr std::array<std::string_view, 29> known_attributes = {
    "align", "alt", "cite",  "class", "colspan", "controls", "data",   "datetime", "dir",      "height",
    "href",  "id",  "lang",  "loop",  "name",    "open",     "poster", "rel",      "reversed", "rowspan",
    "scope", "src", "start", "style", "title",   "type",     "value",  "width",    "muted",
};

// The index in known_attributes, or its size.
inline std::size_t find_attribute(std::string_view name) {
  std::size_t index = 0;
  while (index < known_attributes.size() && !equals_ignoring_case(known_attributes[index], name)) ++index;
  return index;
}

}  // namespace text
