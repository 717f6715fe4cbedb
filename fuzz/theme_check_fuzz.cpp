// Any bytes as a template. It is refused with file and line; or what it makes of the most hostile values, parsed as a browser
// does it, runs nothing: no script of its own and no handler. What the theme itself wrote into an address is its author's word.
#include <gumbo.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "view/template_check.h"
#include "view/template_source.h"

namespace {

// What the check trusts its escaping for, put in as it would be escaped for an attribute and a text.
constexpr std::string_view escaped = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;";

const view::Names& names() {
  static const view::Names some{.texts = {"TITLE", "ADDRESS"}, .markups = {"BODY"}, .sections = {"LATEST", "IF_LATEST"}};
  return some;
}

// Sections once or not at all.
std::string expand(const std::vector<view::Part>& parts, bool with_sections) {
  std::string html;
  int hidden = 0;
  for (const view::Part& part : parts) {
    if (part.kind == view::PartKind::section_begin && !with_sections) ++hidden;
    if (part.kind == view::PartKind::section_end && !with_sections) --hidden;
    if (hidden > 0) continue;
    if (part.kind == view::PartKind::literal) html += part.value;
    if (part.kind == view::PartKind::text || part.kind == view::PartKind::message) html += escaped;
    if (part.kind == view::PartKind::markup) html += "<p>text</p>";
    if (part.kind == view::PartKind::asset) html += "/theme/a.css";
  }
  return html;
}

std::string fault_of(const GumboNode& node) {
  if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) return {};
  const GumboElement& element = node.v.element;
  if (element.tag == GUMBO_TAG_SCRIPT && element.children.length > 0) return "a script with content";
  for (const GumboTag tag :
       {GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_EMBED, GUMBO_TAG_BASE, GUMBO_TAG_TEMPLATE, GUMBO_TAG_STYLE}) {
    if (element.tag == tag) return gumbo_normalized_tagname(tag);
  }
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
    const std::string_view name = attribute.name;
    if (name.starts_with("on") || name == "style" || name == "srcdoc" || name == "formaction" || name == "ping")
      return attribute.name;
  }
  for (unsigned i = 0; i < element.children.length; ++i) {
    std::string fault = fault_of(*static_cast<const GumboNode*>(element.children.data[i]));
    if (!fault.empty()) return fault;
  }
  return {};
}

void check_page(const std::string& html, std::string_view written) {
  GumboOutput* parsed = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  const std::string fault = fault_of(*parsed->root);
  gumbo_destroy_output(&kGumboDefaultOptions, parsed);
  if (fault.empty()) return;
  std::cerr << fault << " in " << html << "\nof " << written << "\n";
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const view::ThemeFiles files = {{"page.tpl", {text, "themes/mine/page.tpl"}},
                                  {"part.tpl", {"<b>{{TITLE}}</b>", "themes/mine/part.tpl"}}};
  const view::TemplateSource source = view::read_template(files, "page");
  for (const std::string& fault : source.faults) {
    if (!fault.starts_with("themes/mine/")) std::abort();
  }
  if (!source.faults.empty()) return 0;
  const view::CheckedTemplate checked = view::check_template(source.parts, names());
  for (const std::string& fault : checked.faults) {
    if (!fault.starts_with("themes/mine/")) std::abort();
  }
  if (!checked.faults.empty()) return 0;
  for (const bool with_sections : {true, false}) check_page(expand(source.parts, with_sections), text);
  return 0;
}
