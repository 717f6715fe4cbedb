// Checking and trimming text from people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace text {

bool is_valid_utf8(std::string_view bytes);
// Invalid sequences become U+FFFD.
std::string to_valid_utf8(std::string_view bytes);
std::size_t count_code_points(std::string_view utf8);

// One line of text from a form: NFC, control characters and bidirectional overrides (U+202A–202E, U+2066–2069) removed, white
// space folded to single spaces, trimmed.
std::string clean_line(std::string_view utf8);
// Several lines: the same, but '\n' stays ("\r\n" and "\r" become '\n'), spaces inside lines stay, at most two empty lines in a
// row.
std::string clean_lines(std::string_view utf8);

// Lower case for comparing, by ICU's default case folding after NFKC: for emails and look-ups of names.
std::string fold_case(std::string_view utf8);

// Letter by letter as full-text search compares: lower case, and Latin letters without their accents. "É" is "e", "ß" stays.
std::string fold_letters(std::string_view utf8);

}  // namespace text
