// The quick way through the sanitiser, for what nearly every comment is: paragraphs of text with line breaks and a little
// emphasis, perhaps inside a quotation, and nothing else. Such markup is safe as it stands, so no parser is asked; the result is,
// byte for byte, what the long way gives. Everything that is written in any other way, well-formed or not, is none of its
// business. Private to src/text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace text {

// Accepts only: <p>, blockquote around it, <br>, em, strong, code without attributes, properly nested, no element blank;
// characters that may stand in HTML; the references that text::escape and WordPress's typography write. Nothing for all else.
std::optional<std::string> copy_plain_paragraphs(std::string_view markup);

}  // namespace text
