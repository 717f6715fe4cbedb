// Html to plain text: for excerpts, search, word counts and descriptions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/html.h"

namespace text {

// The words a reader sees, entities decoded, blocks separated by '\n', runs of white space folded, no leading or trailing space.
std::string plain_text(const Html& html);
std::string plain_text_of_untrusted(std::string_view html);  // the same for HTML from outside, scripts and styles left out

// The first words of `plain`, at most `most` code points, cut between words, with "…" if anything was left out.
std::string excerpt(std::string_view plain, std::size_t most);

// Words as ICU's word breaker counts them (works for Chinese and Arabic too).
std::size_t count_words(std::string_view plain);

}  // namespace text
