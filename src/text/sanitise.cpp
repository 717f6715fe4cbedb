#include "text/sanitise.h"

#include <algorithm>
#include <string>

#include "text/admission.h"
#include "text/content_model.h"
#include "text/fragment.h"
#include "text/plain_paragraphs.h"

namespace text {

// Writes a tree that admit and fit_content have made. Names come from our own tables, text and values are escaped: no byte of
// anybody's markup can reach the output as markup.
class Serialiser {
 public:
  void write(const std::vector<Node>& nodes) {
    for (const Node& node : nodes) write(node);
  }
  // What is known to be what a tree would be written as.
  void write_plain(std::string markup) { markup_ = std::move(markup); }
  std::size_t size() const { return markup_.size(); }
  Html take() { return HtmlMaker::make(std::move(markup_)); }

 private:
  void write(const Node& node);
  void write_escaped(std::string_view text, std::string_view special);

  std::string markup_;
};

void Serialiser::write(const Node& node) {
  if (node.tag == Tag::text) return write_escaped(node.text, "&<>");
  markup_.append("<").append(name_of(node.tag));
  for (const Attribute& attribute : node.attributes) {
    markup_.append(" ").append(attribute.name).append("=\"");
    write_escaped(attribute.value, "&<>\"");
    markup_ += '"';
  }
  markup_ += '>';
  if (is_void(node.tag)) return;
  // The parser leaves out a line end right behind <pre>.
  const bool eats_line_end = node.tag == Tag::pre && !node.children.empty() && node.children.front().text.starts_with('\n');
  if (eats_line_end) markup_ += '\n';
  write(node.children);
  markup_.append("</").append(name_of(node.tag)).append(">");
}

void Serialiser::write_escaped(std::string_view text, std::string_view special) {
  for (;;) {
    const std::size_t next = text.find_first_of(special);
    markup_.append(text.substr(0, next));
    if (next == std::string_view::npos) return;
    switch (text[next]) {
      case '&': markup_ += "&amp;"; break;
      case '<': markup_ += "&lt;"; break;
      case '>': markup_ += "&gt;"; break;
      default: markup_ += "&quot;"; break;
    }
    text.remove_prefix(next + 1);
  }
}

Html sanitise(std::string_view untrusted, const SanitisePolicy& policy) {
  if (std::optional<std::string> plain = copy_plain_paragraphs(untrusted)) {
    Serialiser serialiser;
    serialiser.write_plain(*std::move(plain));
    return serialiser.take();
  }
  return sanitise_by_parsing(untrusted, policy);
}

Html sanitise_by_parsing(std::string_view untrusted, const SanitisePolicy& policy) {
  for (;;) {
    Serialiser serialiser;
    serialiser.write(fit_content(admit(parse_fragment(untrusted), policy), policy.trust));
    // Escaping can make the text longer than the next reading would take; then less is read, so that what is kept is kept whole.
    if (serialiser.size() <= max_markup_bytes) return serialiser.take();
    untrusted = untrusted.substr(0, std::min(untrusted.size(), max_markup_bytes) / 2);
  }
}

}  // namespace text
