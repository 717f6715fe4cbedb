// Which values of attributes are worth keeping. Each function gives the value as it is to be written, or nothing. All of them
// give back their own results unchanged. Private to src/text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace text {

std::optional<std::string> whole_number(std::string_view value, int low, int high);
// A width or height in pixels: "640", "640px"; not "100%".
std::optional<std::string> pixels(std::string_view value);
// The classes that a theme may have rules for: alignment, WordPress's blocks, captions and galleries, the language of code.
std::string theme_classes(std::string_view value);
// A class for old alignment: align="right" or style="text-align: right" with prefix "has-text-align-".
std::optional<std::string> alignment_class(std::string_view align, std::string_view style, std::string_view prefix);
// A date or time as the datetime attribute wants it.
bool is_datetime(std::string_view value);
// One that the datetime attribute of ins and del wants: a date, or date and time with an offset.
bool is_change_time(std::string_view value);
bool is_id(std::string_view value);
bool is_media_type(std::string_view value);
// "nofollow", "sponsored" and "ugc": what an editor says of a link to search engines.
std::string link_relations(std::string_view value);

}  // namespace text
