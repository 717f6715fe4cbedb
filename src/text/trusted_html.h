// The two doors through which markup that our own code wrote earlier becomes Html again. script/lint refuses this header
// everywhere but in store (what the sanitiser wrote, read back from our database) and view (what a checked template expanded to).
#pragma once

#include <string>
#include <utility>

#include "text/html.h"

namespace text {

class StoredHtml {
 public:
  static Html read_back(std::string markup) { return HtmlMaker::make(std::move(markup)); }
};

class TemplateExpansion {
 public:
  static Html take(std::string markup) { return HtmlMaker::make(std::move(markup)); }
};

}  // namespace text
