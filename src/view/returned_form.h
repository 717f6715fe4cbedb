// The page for whoever sent a form when nobody could take it: why, and what they wrote, in a form to send again (invariant 2). It
// asks neither the database nor a template, so that it costs a busy server next to nothing; of the theme it has the style sheet.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "text/html.h"
#include "view/pages.h"

namespace view {

struct ReturnedForm {
  std::string key;       // why, as ErrorPage says it: "server.busy"
  std::string action;    // where it was sent; empty: it can only be read and copied
  std::string text_name; // the field that their text was in; empty: it had none
  std::string text;      // valid UTF-8, as all of these
  std::vector<std::pair<std::string, std::string>> others;  // the other fields, sent again as they were
  bool asks_password = false;                               // which is never given back
};
text::Html render_returned_form(const Theme& theme, const Site& site, const ReturnedForm& form);

}  // namespace view
