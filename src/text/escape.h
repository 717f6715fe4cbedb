// Plain text to Html: the only way for text from people to reach a page as text.
#pragma once

#include <string_view>

#include "text/html.h"

namespace text {

// Replaces & < > " ' by character references, so the result is safe as element content and as a quoted attribute value.
Html escape(std::string_view plain);

}  // namespace text
