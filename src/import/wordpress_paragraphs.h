// Makes paragraphs and line breaks from the empty lines and line ends of a classic WordPress text, exactly where WordPress makes
// them: the words of an old article stand in the paragraphs its readers saw. Quirks are kept on purpose. Pure and linear; never
// safe HTML.
#pragma once

#include <string>
#include <string_view>

namespace import_ {

std::string make_paragraphs(std::string_view text);

// The same without the quick way for words and line ends alone: for the test that holds one against the other.
std::string make_paragraphs_by_every_rule(std::string_view text);

}  // namespace import_
