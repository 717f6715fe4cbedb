// For tests and fuzzing only: judges the sanitiser's output without using any of its code. It parses the output with libgumbo as
// a browser would, compares the tree, written again, with the output byte by byte, and checks every element and attribute against
// lists of its own.
#pragma once

#include <gumbo.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace text::reparse {

enum class List { article, comment };

inline const std::set<std::string_view>& allowed_elements(List list) {
  static const std::set<std::string_view> comment = {"p",  "br", "a",   "strong", "b",    "em",  "i",
                                                     "u",  "s",  "del", "code",   "pre",  "ul",  "ol",
                                                     "li", "q",  "sub", "sup",    "cite", "kbd", "blockquote"};
  static const std::set<std::string_view> article = [] {
    std::set<std::string_view> all = comment;
    all.insert({"hr",   "h2",   "h3",      "h4",     "h5",         "h6",  "ins",   "mark",    "small",  "samp",    "var",
                "abbr", "dfn",  "time",    "dl",     "dt",         "dd",  "table", "caption", "thead",  "tbody",   "tfoot",
                "tr",   "td",   "th",      "figure", "figcaption", "img", "audio", "video",   "source", "details", "summary",
                "div",  "span", "address", "aside",  "ruby",       "rt",  "rp",    "bdi",     "bdo",    "wbr"});
    return all;
  }();
  return list == List::comment ? comment : article;
}

inline const std::set<std::string_view>& allowed_attributes(List list) {
  static const std::set<std::string_view> comment = {"href", "rel", "lang", "dir", "start"};
  static const std::set<std::string_view> article = {"href",  "rel",      "lang",     "dir",     "start",  "id",      "class",
                                                     "title", "src",      "alt",      "width",   "height", "loading", "decoding",
                                                     "cite",  "datetime", "reversed", "type",    "value",  "colspan", "rowspan",
                                                     "scope", "open",     "controls", "preload", "poster", "loop"};
  return list == List::comment ? comment : article;
}

inline bool is_block_name(std::string_view name) {
  static const std::set<std::string_view> blocks = {
      "p",  "hr", "h2", "h3",     "h4",         "h5",      "h6",      "pre",   "blockquote", "ul",
      "ol", "li", "dl", "dt",     "dd",         "table",   "caption", "thead", "tbody",      "tfoot",
      "tr", "td", "th", "figure", "figcaption", "details", "summary", "div",   "address",    "aside"};
  return blocks.contains(name);
}

class Judge {
 public:
  Judge(std::string_view output, List list) : list_(list) {
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_BODY;
    GumboOutput* parsed = gumbo_parse_with_options(&options, output.data(), output.size());
    visit_children(parsed->root->v.element.children);
    gumbo_destroy_output(&kGumboDefaultOptions, parsed);
    if (written_ != output) complain("parses to another tree: " + written_.substr(0, 2000));
  }

  // Empty if there is nothing to complain about.
  const std::string& complaints() const { return complaints_; }

 private:
  void complain(const std::string& what) { complaints_ += what + "\n"; }

  void visit_children(const GumboVector& children) {
    for (unsigned i = 0; i < children.length; ++i) visit(*static_cast<const GumboNode*>(children.data[i]));
  }

  void visit(const GumboNode& node) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE) return write_text(node.v.text.text, "&<>");
    if (node.type != GUMBO_NODE_ELEMENT) return complain("a node that is neither element nor text");
    const GumboElement& element = node.v.element;
    const std::string_view name = gumbo_normalized_tagname(element.tag);
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML || !allowed_elements(list_).contains(name))
      complain("element " + std::string(name));
    check_place(name);
    written_.append("<").append(name);
    for (unsigned i = 0; i < element.attributes.length; ++i)
      visit(name, *static_cast<const GumboAttribute*>(element.attributes.data[i]));
    written_ += '>';
    static const std::set<std::string_view> voids = {"br", "hr", "img", "wbr", "source"};
    if (voids.contains(name)) return;
    if (name == "pre" && element.children.length > 0) {
      const auto& first = *static_cast<const GumboNode*>(element.children.data[0]);
      if ((first.type == GUMBO_NODE_TEXT || first.type == GUMBO_NODE_WHITESPACE) && first.v.text.text[0] == '\n')
        written_ += '\n';
    }
    open_.push_back(name);
    if (open_.size() > 200) complain("too deep");
    visit_children(element.children);
    open_.pop_back();
    written_.append("</").append(name).append(">");
  }

  bool inside(std::string_view name) const { return std::find(open_.begin(), open_.end(), name) != open_.end(); }

  void check_place(std::string_view name) {
    const std::string_view parent = open_.empty() ? "" : open_.back();
    const auto only_in = [&](std::initializer_list<std::string_view> parents) {
      if (std::find(parents.begin(), parents.end(), parent) == parents.end())
        complain(std::string(name) + " in " + std::string(parent));
    };
    if (name == "li") only_in({"ul", "ol"});
    if (name == "dt" || name == "dd") only_in({"dl"});
    if (name == "td" || name == "th") only_in({"tr"});
    if (name == "tr") only_in({"thead", "tbody", "tfoot"});
    if (name == "caption" || name == "thead" || name == "tbody" || name == "tfoot") only_in({"table"});
    if (name == "figcaption") only_in({"figure"});
    if (name == "summary") only_in({"details"});
    if (name == "source") only_in({"audio", "video"});
    if ((parent == "ul" || parent == "ol") && name != "li") complain("no item of a list: " + std::string(name));
    if (name == "a" && inside("a")) complain("a link in a link");
    static const std::set<std::string_view> phrasing_only = {"p",   "h2",     "h3",   "h4",    "h5",   "h6", "pre",  "summary",
                                                             "b",   "strong", "em",   "i",     "u",    "s",  "span", "code",
                                                             "sub", "sup",    "mark", "small", "cite", "q",  "abbr"};
    if (!is_block_name(name)) return;
    for (const std::string_view open : open_) {
      if (phrasing_only.contains(open)) complain(std::string(name) + " in " + std::string(open));
    }
  }

  void visit(std::string_view element, const GumboAttribute& attribute) {
    const std::string_view name = attribute.name;
    const std::string_view value = attribute.value;
    if (!allowed_attributes(list_).contains(name)) complain("attribute " + std::string(name));
    if (name == "href" || name == "src" || name == "cite" || name == "poster") check_address(name, value);
    if (name == "id" && !ids_.insert(std::string(value)).second) complain("id twice: " + std::string(value));
    if (name == "rel" && list_ == List::comment && value != "nofollow ugc noopener") complain("rel " + std::string(value));
    if (name == "href" && element != "a") complain("href on " + std::string(element));
    written_.append(" ").append(name).append("=\"");
    write_text(value, "&<>\"");
    written_ += '"';
  }

  void check_address(std::string_view name, std::string_view value) {
    const std::size_t colon = value.find(':');
    const std::size_t end = value.find_first_of("/?#");
    if (value.find_first_of("\t\n\r \\<>\"") != std::string_view::npos) complain("an odd byte in " + std::string(value));
    if (colon != std::string_view::npos && colon < end) {
      const std::string_view scheme = value.substr(0, colon);
      const bool loads = name == "src" || name == "poster";
      std::string lower(scheme);
      std::transform(lower.begin(), lower.end(), lower.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      const bool web = lower == "http" || lower == "https";
      if (!web && (loads || (lower != "mailto" && lower != "tel"))) complain("scheme " + lower);
      if (loads && value.find("://pictures.example/") == std::string_view::npos && !value.starts_with("https://own.example//"))
        complain("loads from elsewhere: " + std::string(value));
    } else if ((name == "src" || name == "poster") && value.starts_with("//") && !value.starts_with("//pictures.example/")) {
      complain("loads from elsewhere: " + std::string(value));
    }
  }

  void write_text(std::string_view text, std::string_view special) {
    for (const char byte : text) {
      if (special.find(byte) == std::string_view::npos) {
        written_ += byte;
      } else {
        written_ += byte == '&' ? "&amp;" : byte == '<' ? "&lt;" : byte == '>' ? "&gt;" : "&quot;";
      }
    }
  }

  List list_;
  std::string written_;
  std::string complaints_;
  std::vector<std::string_view> open_;
  std::set<std::string> ids_;
};

}  // namespace text::reparse
