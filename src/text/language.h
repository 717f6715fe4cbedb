// What ICU knows of a language: plural form, direction, number format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace text {

// The CLDR plural category of a count: "zero", "one", "two", "few", "many" or "other".
std::string_view plural_category(std::string_view language, std::int64_t count);

enum class Direction { left_to_right, right_to_left };
Direction direction_of(std::string_view language);

// 12,345 in English, 12.345 in German.
std::string format_number(std::int64_t number, std::string_view language);

bool is_language_tag(std::string_view tag);    // well-formed BCP 47
bool is_known_language(std::string_view tag);  // well-formed, and its language is one that ICU has heard of

}  // namespace text
