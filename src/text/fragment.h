// A piece of HTML as a tree of values: what the parser saw, reduced to the elements of tag.h. Nothing in it is safe yet; it is no
// markup but a tree, and only the sanitiser's Serialiser writes one. Private to src/text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/tag.h"

namespace text {

struct Attribute {
  std::string_view name;  // one of known_attributes, or a literal
  std::string value;      // references decoded
};

struct Node {
  Tag tag = Tag::text;
  std::string text;  // of Tag::text: references decoded, no control characters but '\t' and '\n'
  std::vector<Attribute> attributes;
  std::vector<Node> children;
  bool has_block = false;  // set by the content model: may not stand where only phrasing content may
  bool implied = false;    // set by the content model: made to hold an element that stood without its parent

  const std::string* find(std::string_view name) const;
};

Node text_node(std::string text);
bool is_blank(const Node& node);  // text of nothing but white space

// Parses as a browser does, as the content of <body>. At most max_markup_bytes are read, cut at a tag boundary; the tree is never
// deeper than max_markup_depth and a few implied elements.
std::vector<Node> parse_fragment(std::string_view untrusted);

}  // namespace text
