#include "view/wrap_tables.h"

#include <string>

#include "text/escape.h"
#include "text/trusted_html.h"
#include "view/html_place.h"

namespace view {

text::Html wrap_tables(const text::Html& body, std::string_view label) {
  const std::string& from = body.string();
  if (from.find("<table") == std::string::npos) return body;

  const std::string open =
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + text::escape(label).string() + "\">";
  std::string to;
  std::size_t copied = 0;  // up to here `from` is in `to`
  std::size_t begin = 0;   // of the tag that is being read
  std::size_t at = 0;
  int depth = 0;
  const auto copy_until = [&](std::size_t end) {
    to.append(from, copied, end - copied);
    copied = end;
  };
  HtmlPlace html({[](const Place&) {},
                  [&](const Place& tag) {
                    if (tag.element == "table" && depth++ == 0) {
                      copy_until(begin);
                      to += open;
                    } else if (tag.element == "/table" && depth > 0 && --depth == 0) {
                      copy_until(at + 1);
                      to += "</div>";
                    }
                  },
                  [](std::string_view) {}});
  for (; at < from.size(); ++at) {
    if (from[at] == '<' && html.place().where == Where::content) begin = at;
    html.read({&from[at], 1});
  }
  copy_until(from.size());
  // Html stays Html: whole safe elements, and a literal of ours around some of them.
  return text::TemplateExpansion::take(std::move(to));
}

}  // namespace view
