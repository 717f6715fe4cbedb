// Markdown to safe Html, by libmd4c with our own renderer. Raw HTML in the source is shown as text in comments; in articles it
// passes through the sanitiser. Linear in its input.
#pragma once

#include <string_view>

#include "text/html.h"
#include "text/sanitise.h"

namespace text {

// Article: CommonMark with tables, strikethrough, footnote-free; heading levels start at h2 (the headline is the h1).
// Comment: emphasis, links, quotes, lists, code; headings become bold paragraphs, pictures become links. A line break is a <br>.
// Bare web addresses become links in both.
Html render_markdown(std::string_view source, const SanitisePolicy& policy);

}  // namespace text
