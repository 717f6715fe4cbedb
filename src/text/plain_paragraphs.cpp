#include "text/plain_paragraphs.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/code_point.h"

namespace text {
namespace {

constexpr std::size_t longest = 64 * 1024;  // far below the sanitiser's own limits, so that none of them matters here
constexpr std::size_t deepest = 8;

enum class Kind { paragraph, quotation, emphasis };

struct Element {
  std::string_view name;
  Kind kind;
};
constexpr std::array<Element, 5> elements{{{"p", Kind::paragraph},
                                           {"blockquote", Kind::quotation},
                                           {"em", Kind::emphasis},
                                           {"strong", Kind::emphasis},
                                           {"code", Kind::emphasis}}};

struct Reference {
  std::string_view written;
  std::string_view copied;
};
// A quotation mark needs no reference in text, and the sanitiser writes none.
constexpr std::array<Reference, 13> references{{{"&amp;", "&amp;"},
                                                {"&lt;", "&lt;"},
                                                {"&gt;", "&gt;"},
                                                {"&quot;", "\""},
                                                {"&#39;", "'"},
                                                {"&#038;", "&amp;"},
                                                {"&#8211;", "–"},
                                                {"&#8212;", "—"},
                                                {"&#8216;", "‘"},
                                                {"&#8217;", "’"},
                                                {"&#8220;", "“"},
                                                {"&#8221;", "”"},
                                                {"&#8230;", "…"}}};

class Copier {
 public:
  explicit Copier(std::string_view markup) : rest_(markup) { out_.reserve(markup.size()); }

  std::optional<std::string> copy() {
    while (!rest_.empty()) {
      const bool is_known = rest_[0] == '<' ? copy_tag() : rest_[0] == '&' ? copy_reference() : copy_text();
      if (!is_known) return std::nullopt;
    }
    if (!open_.empty()) return std::nullopt;
    return std::move(out_);
  }

 private:
  struct Open {
    const Element* element;
    bool is_blank = true;  // nothing to be seen in it yet
  };

  bool in_paragraph() const {
    return std::any_of(open_.begin(), open_.end(), [](const Open& one) { return one.element->kind == Kind::paragraph; });
  }
  void see() {
    for (Open& one : open_) one.is_blank = false;
  }

  bool copy_tag() {
    for (const std::string_view written : {"<br>", "<br />"}) {
      if (rest_.starts_with(written)) return copy_break(written.size());
    }
    const bool is_end = rest_.starts_with("</");
    const std::size_t name_begins = is_end ? 2 : 1;
    const std::size_t size = rest_.substr(0, 16).find('>');
    if (size == std::string_view::npos) return false;
    const std::string_view name = rest_.substr(name_begins, size - name_begins);
    const auto element = std::find_if(elements.begin(), elements.end(), [&](const Element& one) { return one.name == name; });
    if (element == elements.end() || !(is_end ? close(*element) : open(*element))) return false;
    out_.append(rest_.substr(0, size + 1));
    rest_.remove_prefix(size + 1);
    return true;
  }

  bool open(const Element& element) {
    const bool may_stand = element.kind == Kind::emphasis ? in_paragraph() : !in_paragraph();
    const bool repeats = std::any_of(open_.begin(), open_.end(),
                                     [&](const Open& one) { return one.element == &element && element.kind != Kind::quotation; });
    if (!may_stand || repeats || open_.size() == deepest) return false;
    open_.push_back({&element});
    return true;
  }

  bool close(const Element& element) {
    if (open_.empty() || open_.back().element != &element || open_.back().is_blank) return false;
    open_.pop_back();
    return true;
  }

  // Not at the beginning or the end of anything, where it may mean nothing.
  bool copy_break(std::size_t size) {
    if (open_.empty() || !in_paragraph() || open_.back().is_blank) return false;
    rest_.remove_prefix(size);
    const std::size_t text = rest_.find_first_not_of(" \n\t");
    if (text == std::string_view::npos || rest_.substr(text).starts_with("</") || rest_.substr(text).starts_with("<br"))
      return false;
    out_ += "<br>";
    return true;
  }

  bool copy_reference() {
    if (!in_paragraph()) return false;
    const auto reference =
        std::find_if(references.begin(), references.end(), [&](const Reference& one) { return rest_.starts_with(one.written); });
    if (reference == references.end()) return false;
    see();
    out_ += reference->copied;
    rest_.remove_prefix(reference->written.size());
    return true;
  }

  // Up to the next tag or reference. Between blocks a line end may stand and nothing else.
  bool copy_text() {
    const std::string_view text = rest_.substr(0, std::min(rest_.find_first_of("<&"), rest_.size()));
    if (!in_paragraph() && text.find_first_not_of('\n') != std::string_view::npos) return false;
    for (std::size_t at = 0; at < text.size();) {
      const char byte = text[at];
      if (byte > ' ' && byte < '\x7f' && byte != '>') {
        see_once(at);
        continue;
      }
      const char32_t point = next_code_point(text, at);
      if (point == '>' || point == no_code_point || is_noncharacter(point)) return false;
      if (is_control(point) && point != '\n' && point != '\t') return false;
      if (point > ' ') see();
    }
    out_.append(text);
    rest_.remove_prefix(text.size());
    return true;
  }
  void see_once(std::size_t& at) {
    if (!open_.empty() && open_.back().is_blank) see();
    ++at;
  }

  std::string_view rest_;
  std::string out_;
  std::vector<Open> open_;
};

}  // namespace

std::optional<std::string> copy_plain_paragraphs(std::string_view markup) {
  if (markup.size() > longest) return std::nullopt;
  return Copier(markup).copy();
}

}  // namespace text
