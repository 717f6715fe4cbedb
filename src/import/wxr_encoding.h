// The character encodings WordPress exports come in besides those that expat knows by itself. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace import_ {

// Unicode's number for a byte of windows-1252, which browsers and old blogs also meant by "iso-8859-1".
int windows_1252_code_point(unsigned char byte);
bool is_windows_1252(std::string_view encoding);
bool is_latin_1(std::string_view encoding);
bool is_utf_16(std::string_view encoding);

// Text of that encoding as valid UTF-8 without control characters but tab and line break. Unknown encodings are taken for UTF-8.
std::string clean_utf8(std::string_view text, std::string_view encoding);

}  // namespace import_
