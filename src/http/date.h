// Dates as HTTP writes them: "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace http {

std::string format_date(base::Time time);
// Takes the fixed form and the two obsolete ones; nothing for anything else.
std::optional<base::Time> parse_date(std::string_view text);

}  // namespace http
