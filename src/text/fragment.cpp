#include "text/fragment.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>

#include "text/attribute.h"
#include "text/balance.h"
#include "text/code_point.h"
#include "text/sanitise.h"
#include "text/utf8.h"

namespace text {
namespace {

struct DestroyOutput {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

// The parser's numbers for the elements of tag.h.
std::array<Tag, GUMBO_TAG_LAST + 1> make_tags() {
  std::array<Tag, GUMBO_TAG_LAST + 1> tags{};
  for (std::size_t i = 1; i < tag_count; ++i) {
    const std::string name(name_of(static_cast<Tag>(i)));
    tags.at(gumbo_tag_enum(name.c_str())) = static_cast<Tag>(i);
  }
  return tags;
}

Tag tag_of(const GumboElement& element) {
  static const auto tags = make_tags();
  if (element.tag_namespace != GUMBO_NAMESPACE_HTML || element.tag == GUMBO_TAG_UNKNOWN) return Tag::text;
  return tags.at(element.tag);
}

bool is_plain(std::string_view utf8) {
  return std::all_of(utf8.begin(), utf8.end(),
                     [](char byte) { return (byte >= ' ' && byte <= '~') || byte == '\n' || byte == '\t'; });
}

// A numeric reference can stand for a control character, which may not stand in HTML, and for '\r', which would not survive a
// parse. For one above the range of Unicode ("&#11111111111") the parser gives bytes that are no UTF-8.
std::string clean(std::string_view utf8) {
  if (is_plain(utf8)) return std::string(utf8);
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    const char32_t point = next_code_point(utf8, at);
    if (point == '\r' || point == '\f') {
      out += '\n';
    } else if (point == '\n' || point == '\t') {
      out += static_cast<char>(point);
    } else if (point == no_code_point) {
      append_code_point(out, 0xFFFD);
    } else if (!is_control(point) && !is_noncharacter(point)) {
      out.append(utf8, start, at - start);
    }
  }
  return out;
}

void read_attributes(const GumboVector& from, Node& node) {
  for (unsigned i = 0; i < from.length; ++i) {
    const auto& attribute = *static_cast<const GumboAttribute*>(from.data[i]);
    const std::size_t known = find_attribute(attribute.name);
    if (known < known_attributes.size()) node.attributes.push_back({known_attributes[known], clean(attribute.value)});
  }
}

// Recursion is as deep as the tree, which balance_markup bounds.
void read_children(const GumboVector& from, std::vector<Node>& to) {
  for (unsigned i = 0; i < from.length; ++i) {
    const auto& child = *static_cast<const GumboNode*>(from.data[i]);
    if (child.type == GUMBO_NODE_TEXT || child.type == GUMBO_NODE_WHITESPACE) {
      to.push_back(text_node(clean(child.v.text.text)));
    } else if (child.type == GUMBO_NODE_ELEMENT) {
      Node node;
      node.tag = tag_of(child.v.element);
      if (node.tag == Tag::text) {
        read_children(child.v.element.children, to);
        continue;
      }
      read_attributes(child.v.element.attributes, node);
      read_children(child.v.element.children, node.children);
      to.push_back(std::move(node));
    }
  }
}

std::string_view cut(std::string_view untrusted) {
  if (untrusted.size() <= max_markup_bytes) return untrusted;
  const std::size_t tag = untrusted.rfind('<', max_markup_bytes);
  return untrusted.substr(0, tag == std::string_view::npos || tag < max_markup_bytes / 2 ? max_markup_bytes : tag);
}

}  // namespace

const std::string* Node::find(std::string_view name) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& attribute) { return attribute.name == name; });
  return found == attributes.end() ? nullptr : &found->value;
}

Node text_node(std::string text) {
  Node node;
  node.text = std::move(text);
  return node;
}

bool is_blank(const Node& node) { return node.tag == Tag::text && node.text.find_first_not_of(" \t\n") == std::string::npos; }

std::vector<Node> parse_fragment(std::string_view untrusted) {
  const std::string markup = balance_markup(to_valid_utf8(cut(untrusted)));
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.max_errors = 0;
  const std::unique_ptr<GumboOutput, DestroyOutput> output(gumbo_parse_with_options(&options, markup.data(), markup.size()));
  std::vector<Node> nodes;
  read_children(output->root->v.element.children, nodes);
  return nodes;
}

}  // namespace text
