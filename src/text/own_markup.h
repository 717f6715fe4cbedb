// Plain text out of what our own sanitiser wrote, without a parser: its output has no comments, no stray '<', '>' or '&', quoted
// attribute values only, and names in lower case. Private to src/text. It never guesses: whatever the sanitiser could not have
// written gives nothing, and the caller takes the parser.
#pragma once

#include <optional>
#include <string_view>

#include "text/folder.h"

namespace text {

// Adds the words to `folder`, blocks and line breaks as line ends. False, with `folder` to be thrown away, if this is not our own
// markup.
bool collect_own_markup(std::string_view markup, Folder& folder);

}  // namespace text
