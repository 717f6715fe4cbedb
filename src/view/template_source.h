// The text of a template, cut into its parts, with the included files put in their places. One page becomes one flat list of
// parts, each of which still knows its file and line. Knows the syntax of templates and nothing of HTML (template_check.h) or of
// the library that expands them.
//
//   {{NAME}}  a text       {{NAME:x-html}}  a piece of Html       {{#NAME}}…{{/NAME}}  a section, once per turn
//   {{>file}}  the template file.tpl       {{t key}}  a text of the interface       {{asset file}}  the address of an asset
//   {{! a note for whoever reads the template }}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "view/theme_files.h"

namespace view {

enum class PartKind { literal, text, markup, section_begin, section_end, message, asset };

struct Part {
  PartKind kind = PartKind::literal;
  std::string value;   // the literal itself; the name, key or file of the others
  std::string origin;  // of the file it stands in
  int line = 1;        // where it begins
};

struct TemplateSource {
  std::vector<Part> parts;
  std::vector<std::string> faults;  // whole sentences: "themes/mine/article.tpl, line 3: …"
};

// `file` without ".tpl". Faults: markers that are not closed or not known, files that are missing, includes that go round in a
// circle.
TemplateSource read_template(const ThemeFiles& files, std::string_view file);

std::string fault_at(std::string_view origin, int line, std::string_view what);

}  // namespace view
