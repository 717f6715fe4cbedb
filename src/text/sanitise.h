// Untrusted HTML to safe Html: parsed as a browser does (libgumbo), filtered by an allow-list, written anew by our own
// serialiser. No byte of the input's markup is copied: the output is always balanced and parses again to the same tree, so a text
// can't leave the element it stands in, and sanitising twice equals sanitising once. Never allowed: script, style, svg, math,
// noscript, template, iframe, form controls, event attributes, style attributes.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "text/html.h"

namespace text {

// Who wrote it. The article list has headings, figures, tables, pictures and so on; the comment list only emphasis, links,
// quotes, lists and code.
enum class Trust { article, comment };

struct SanitisePolicy {
  Trust trust = Trust::comment;
  // Pictures (article only) may come from our own site (relative addresses) and from these hosts. A picture from elsewhere
  // becomes a plain link to it, so that a page makes no request to a host its owner did not name.
  std::vector<std::string> image_hosts = {};
  // Addresses of this origin ("https://example.org") are written root-relative. Empty: nothing is.
  std::string own_origin = {};
  // Put before every id and #fragment of the text, so that it can't clash with the page's own ids. Empty: none.
  std::string id_prefix = {};
  // Links get rel="nofollow ugc noopener" in comments; this adds nothing in articles but noopener where a target is set.
};

// Limits before parsing (libgumbo is quadratic on deep nesting): longer input is cut at a tag boundary, deeper nesting is
// flattened.
inline constexpr std::size_t max_markup_bytes = 2'000'000;
inline constexpr std::size_t max_markup_depth = 200;

Html sanitise(std::string_view untrusted, const SanitisePolicy& policy);

// The same without the quick way for plain paragraphs (text/plain_paragraphs.h): for the tests that hold one against the other.
Html sanitise_by_parsing(std::string_view untrusted, const SanitisePolicy& policy);

}  // namespace text
