// Any text as a value in every place of a page where a theme may put one: parsed again as a browser does it, the page holds that
// very text there, and no element, attribute or address that the theme did not write.
#include <gumbo.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "text/utf8.h"
#include "view/theme.h"

namespace {

namespace fs = std::filesystem;

constexpr std::string_view page =
    "<!doctype html><html><head><title>{{TITLE}}</title></head><body><p>{{TITLE}}</p>"
    "<p title=\"{{TITLE}}\">x</p><p title='{{TITLE}}'>x</p><input type=\"text\" value=\"{{TITLE}}\">"
    "<a href=\"{{TITLE}}\">x</a><a href=\"/a?b={{TITLE}}\">x</a><textarea>{{TITLE}}</textarea></body></html>";

std::shared_ptr<const view::Theme> load_theme() {
  std::string folder = (fs::temp_directory_path() / "template-value-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) std::abort();
  std::ofstream(fs::path(folder) / "gone.tpl") << page;
  const auto theme = view::Theme::load("mine", folder, view::Catalogue::of("en"));
  fs::remove_all(folder);
  if (!theme) {
    std::cerr << theme.error().key << "\n";
    std::abort();
  }
  return *theme;
}

// The page as a flat list: "<p", "title=…", "text", for each element in order.
void list(const GumboNode& node, std::vector<std::string>& seen) {
  if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE) {
    seen.emplace_back(node.v.text.text);
    return;
  }
  if (node.type == GUMBO_NODE_CDATA || node.type == GUMBO_NODE_COMMENT) seen.emplace_back("a node that nobody wrote");
  if (node.type != GUMBO_NODE_ELEMENT) return;
  const GumboElement& element = node.v.element;
  seen.push_back(std::string("<") + gumbo_normalized_tagname(element.tag));
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
    seen.push_back(std::string(attribute.name) + "=" + attribute.value);
  }
  for (unsigned i = 0; i < element.children.length; ++i) list(*static_cast<const GumboNode*>(element.children.data[i]), seen);
}

std::vector<std::string> parse(const std::string& html) {
  GumboOutput* parsed = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  std::vector<std::string> seen;
  list(*parsed->root, seen);
  gumbo_destroy_output(&kGumboDefaultOptions, parsed);
  return seen;
}

bool is_safe_address(const std::string& href) {
  std::string scheme;
  for (const char c : href) {
    if (c == ':') break;
    if (c == '/' || c == '?' || c == '#') return true;
    if (static_cast<unsigned char>(c) > 0x20) scheme += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  if (href.find(':') == std::string::npos) return true;
  return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel" || scheme == "ftp";
}

// Spaces at the ends of a text between tags mean nothing, and the theme's own compacting may take them.
bool is_same_text(const std::string& seen, const std::string& value) { return text::clean_line(seen) == text::clean_line(value); }

// Stands for any address that is safe. No value is this, because values are one line.
constexpr std::string_view safe_address = "\n";

bool holds(const std::vector<std::string>& seen, const std::string& value) {
  std::vector<std::string> wanted = {"<html",
                                     "<head",
                                     "<title",
                                     value,
                                     "<body",
                                     "<p",
                                     value,
                                     "<p",
                                     "title=" + value,
                                     "x",
                                     "<p",
                                     "title=" + value,
                                     "x",
                                     "<input",
                                     "type=text",
                                     "value=" + value,
                                     "<a",
                                     std::string(safe_address),
                                     "x",
                                     "<a",
                                     std::string(safe_address),
                                     "x",
                                     "<textarea",
                                     value};
  if (value.empty()) std::erase(wanted, value);
  if (seen.size() != wanted.size()) return false;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (wanted[i] == safe_address) {
      if (!seen[i].starts_with("href=") || !is_safe_address(seen[i].substr(5))) return false;
    } else if (!is_same_text(seen[i], wanted[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::shared_ptr<const view::Theme> theme = load_theme();
  // As every text from people is kept: valid, one line, without controls.
  const std::string value = text::clean_line(text::to_valid_utf8({reinterpret_cast<const char*>(data), size}));
  view::Model model;
  model.set("TITLE", value);
  const std::string html = theme->expand(view::Template::gone, model).string();
  const std::vector<std::string> seen = parse(html);
  if (holds(seen, value)) return 0;
  std::cerr << html << "\n";
  for (const std::string& one : seen) std::cerr << "  [" << one << "]\n";
  std::abort();
}
