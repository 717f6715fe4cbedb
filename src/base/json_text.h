// A text as JSON writes it, for the log; everything else that speaks JSON uses text/json.h.
#pragma once

#include <string>
#include <string_view>

namespace base {

// With its quotes, on one line, in ASCII controls escaped. Bytes that are no UTF-8 become U+FFFD, so that the line is always valid.
std::string json_text(std::string_view plain);

}  // namespace base
