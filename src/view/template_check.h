// What is refused in a template before any reader sees it: markers in places where escaping can't make them safe, and markup that
// the site's Content-Security-Policy would block or that could run a script. Follows the tokens of HTML through the whole page,
// includes and all. Allows less than HTML does, never more. It is the second lock: the template library's own context-aware
// escaping is the first.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "view/template_source.h"

namespace view {

// The names a template may use, by what they are.
struct Names {
  std::set<std::string, std::less<>> texts;
  std::set<std::string, std::less<>> markups;
  std::set<std::string, std::less<>> sections;
};

struct CheckedTemplate {
  std::vector<std::string> faults;    // in order, each a sentence with file and line
  std::set<std::size_t> keeps_lines;  // the parts that stand in a <textarea>, where a reader's line breaks must survive
};

// Of a whole page.
CheckedTemplate check_template(const std::vector<Part>& parts, const Names& names);

}  // namespace view
