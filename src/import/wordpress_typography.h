// What WordPress does to the letters of a text when it shows it: curly quotes, primes, dashes, ellipses, the multiplication sign,
// text smileys, the capital P of its own name. Never touches tags, comments, code and preformatted text. Pure and linear.
#pragma once

#include <string>
#include <string_view>

namespace import_ {

// Quotes and dashes in the habits of `language` (BCP 47), as WordPress's translations set them; English where it has none. A bare
// '&' becomes "&amp;". Control characters but tab and line breaks are removed.
std::string set_typography(std::string_view markup, std::string_view language);

// ":-)" standing alone becomes the emoji that WordPress shows for it.
std::string set_smileys(std::string_view markup);

// WordPress shows its name with a capital P wherever an author forgot it.
std::string set_capital_p(std::string_view markup);

}  // namespace import_
