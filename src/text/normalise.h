// Unicode normalisation for the other files of src/text. Never changes what a text means or looks like.
#pragma once

#include <string>
#include <string_view>

namespace text {

// Normalization form C. Precondition: valid UTF-8.
std::string to_nfc(std::string_view utf8);

}  // namespace text
