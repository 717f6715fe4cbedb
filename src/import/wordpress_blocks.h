// Block markup: the comments around each block go, what the editor stored as HTML stays, and what WordPress would compute at each
// view is left out and named, or replaced where its content is known (footnotes, synced patterns, links to social sites).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "import/wordpress_text.h"

namespace import_ {

// WordPress makes no paragraphs in a text that has blocks.
bool has_blocks(std::string_view raw);

std::string render_blocks(std::string_view raw, const WordPressContext& context, std::vector<std::string>& left_out);

}  // namespace import_
