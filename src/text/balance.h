// The gate before the HTML parser: markup in, markup out with the same text, but only known elements and attributes, every
// element closed in order, and never more than max_markup_depth of them open. It makes nothing safe (that is the sanitiser's work
// on the parsed tree); it bounds what the parser can be made to do, whose time grows with the square of the depth and which
// copies unclosed formatting into every paragraph. Linear in its input. Private to src/text.
#pragma once

#include <string>
#include <string_view>

namespace text {

// Scripts, styles, vector graphics and the like vanish with their content, as do comments; unknown elements leave their content.
// Precondition: valid UTF-8.
std::string balance_markup(std::string_view untrusted);

}  // namespace text
