#include "view/template_check.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "view/html_place.h"

namespace view {

namespace {

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Elements that run something, load another document, change what addresses mean, or are read by other rules than the rest of the
// page.
constexpr std::array<std::string_view, 16> refused_elements{
    "base",     "iframe",   "object",    "embed", "frame",   "frameset", "applet", "style",
    "noscript", "template", "plaintext", "xmp",   "noembed", "noframes", "math",   "listing"};
constexpr std::array<std::string_view, 8> refused_attributes{"style",      "srcdoc", "xlink:href", "http-equiv",
                                                             "formaction", "ping",   "background", "manifest"};
// Where escaping makes any text harmless. "aria-…" and "data-…" belong to them.
constexpr std::array<std::string_view, 21> text_attributes{
    "alt",   "title",  "content",     "value", "id",    "class",    "for",     "name",    "lang",    "dir",          "datetime",
    "width", "height", "placeholder", "label", "start", "hreflang", "colspan", "rowspan", "loading", "fetchpriority"};
constexpr std::array<std::string_view, 4> address_attributes{"href", "src", "action", "cite"};
constexpr std::array<std::string_view, 6> safe_beginnings{"/", "#", "?", "https://", "http://", "mailto:"};

class Check {
 public:
  Check(const Names& names, CheckedTemplate& out)
      : names_(names),
        out_(out),
        html_({[this](const Place& place) { check_attribute(place); }, [this](const Place& place) { check_tag(place); },
               [this](std::string_view what) { fault(what); }}) {}

  void read(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
      part_ = &part;
      read(part, static_cast<std::size_t>(&part - parts.data()));
    }
    if (parts.empty()) return;
    for (const Open& open : open_)
      out_.faults.push_back(fault_at(open.part->origin, open.part->line, section_text(open, "is never closed")));
    if (open_.empty() && html_.place().where != Where::content) fault("the page ends within a tag");
  }

 private:
  struct Open {
    const Part* part;
    Place place;
  };

  void read(const Part& part, std::size_t index) {
    switch (part.kind) {
      case PartKind::literal: return read_literal(part.value);
      case PartKind::text: return read_text(part, index);
      case PartKind::markup: return read_markup(part);
      case PartKind::section_begin: return begin_section(part);
      case PartKind::section_end: return end_section(part);
      case PartKind::message:
      case PartKind::asset: return read_fixed(part);
    }
  }

  void read_literal(const std::string& text) {
    line_ = part_->line;
    for (const char& c : text) {
      html_.read({&c, 1});
      if (c == '\n') ++line_;
    }
  }

  void check_tag(const Place& place) {
    if (place.element == "script" && !has_src_) fault("a script must stand in a file of its own: <script src=\"…\"></script>");
    if (place.element == "svg") ++svg_depth_;
    if (place.element == "/svg" && svg_depth_ > 0) --svg_depth_;
    if (is_among(refused_elements, place.element)) fault(base::format("<{}> is not allowed in a theme", place.element));
    has_src_ = false;
  }

  void check_attribute(const Place& place) {
    if (place.attribute == "src") has_src_ = true;
    if (place.attribute.starts_with("on")) {
      fault(base::format("{}=: the site's Content-Security-Policy blocks code in attributes; put it into a file of its own",
                         place.attribute));
    } else if (is_among(refused_attributes, place.attribute)) {
      fault(base::format("{}= is not allowed in a theme{}", place.attribute,
                         place.attribute == "style" ? "; write a class, and a rule in style.css" : ""));
    }
  }

  void read_text(const Part& part, std::size_t index) {
    line_ = part.line;
    if (names_.markups.contains(part.value)) {
      fault(base::format("{{{{{0}}}}} is a piece of Html: write {{{{{0}:x-html}}}}", part.value));
    } else if (!names_.texts.contains(part.value)) {
      fault(base::format("{{{{{}}}}} is no name that a page has (docs/themes.md lists them)", part.value));
    }
    check_text_place(base::format("{{{{{}}}}}", part.value));
    if (html_.place().where == Where::plain_content && html_.place().element == "textarea") out_.keeps_lines.insert(index);
    html_.read_marker();
  }

  void check_text_place(const std::string& marker) {
    const Place& place = html_.place();
    if (place.where == Where::content || place.where == Where::plain_content) {
      if (svg_depth_ > 0) fault(marker + ": nothing may be filled in within <svg>");
      return;
    }
    if (place.where != Where::quoted_value) return fault(marker + " must stand between tags or in an attribute's quotes");
    if (is_among(address_attributes, place.attribute)) return check_address_place(marker, place.value);
    const bool free = place.attribute.starts_with("aria-") || place.attribute.starts_with("data-");
    if (!free && !is_among(text_attributes, place.attribute))
      fault(base::format("{} may not stand in {}=", marker, place.attribute));
  }

  // The library checks the scheme of an address only if the marker is the first thing in the quotes; any other must come after
  // something that can't be, or become, the beginning of a scheme.
  void check_address_place(const std::string& marker, const std::string& before) {
    if (before.empty()) return;
    std::string fixed;
    std::copy_if(before.begin(), before.end(), std::back_inserter(fixed), [](char c) { return c != '\x01'; });
    const bool safe =
        std::any_of(safe_beginnings.begin(), safe_beginnings.end(), [&](std::string_view one) { return fixed.starts_with(one); });
    if (!safe) fault(marker + " must be the first thing in this address, or come after '/', '#', '?' or a whole scheme");
  }

  void read_markup(const Part& part) {
    line_ = part.line;
    if (names_.texts.contains(part.value)) {
      fault(base::format("{{{{{0}:x-html}}}} is text and not Html: write {{{{{0}}}}}, and it is escaped", part.value));
    } else if (!names_.markups.contains(part.value)) {
      fault(base::format("{{{{{}:x-html}}}} is no name that a page has (docs/themes.md lists them)", part.value));
    }
    if (html_.place().where != Where::content || svg_depth_ > 0) {
      fault(base::format("{{{{{}:x-html}}}} may stand only between tags", part.value));
    }
    html_.read_marker();
  }

  void read_fixed(const Part& part) {
    line_ = part.line;
    const Place& place = html_.place();
    const bool value = place.where == Where::quoted_value;
    if (part.kind == PartKind::asset && !value) fault("{{asset …}} must stand in an attribute's quotes");
    if (part.kind == PartKind::message) check_text_place(base::format("{{{{t {}}}}}", part.value));
    if (part.kind == PartKind::message && value && is_among(address_attributes, place.attribute)) fault("a text is no address");
    html_.read(part.kind == PartKind::asset ? "/" : "text");
  }

  void begin_section(const Part& part) {
    line_ = part.line;
    html_.settle();
    constexpr std::string_view between = "_separator";
    std::string_view name = part.value;
    if (name.ends_with(between)) name.remove_suffix(between.size());
    if (!names_.sections.contains(name))
      fault(base::format("{{{{#{}}}}} is no section that a page has (docs/themes.md lists them)", part.value));
    check_section_place(part);
    open_.push_back({&part, html_.place()});
  }

  void end_section(const Part& part) {
    line_ = part.line;
    html_.settle();
    if (open_.empty() || open_.back().part->value != part.value) {
      return fault(base::format("{{{{/{}}}}} closes a section that is not the one open here", part.value));
    }
    // Whether the section is shown or not, the text after it must stand in the same kind of place.
    if (!same_kind(open_.back().place, html_.place())) {
      fault(section_text(open_.back(),
                         "must end where it began: both between tags, both within one tag, or both in one attribute"));
    }
    open_.pop_back();
  }

  static bool same_kind(const Place& one, const Place& other) {
    return one.where == other.where && one.quote == other.quote && one.attribute == other.attribute &&
           (one.where == Where::content || one.element == other.element);
  }

  void check_section_place(const Part& part) {
    const Place& place = html_.place();
    const bool good = place.where == Where::content || place.where == Where::plain_content || place.where == Where::in_tag ||
                      (place.where == Where::quoted_value && !is_among(address_attributes, place.attribute));
    if (!good)
      fault(base::format(
          "{{{{#{}}}}} may stand between tags, between attributes, or in the quotes of an attribute that is no address",
          part.value));
  }

  static std::string section_text(const Open& open, std::string_view what) {
    return base::format("{{{{#{}}}}} {}", open.part->value, what);
  }
  void fault(std::string_view what) { out_.faults.push_back(fault_at(part_->origin, line_, what)); }

  const Names& names_;
  CheckedTemplate& out_;
  HtmlPlace html_;
  std::vector<Open> open_;
  const Part* part_ = nullptr;
  int line_ = 1;
  int svg_depth_ = 0;
  bool has_src_ = false;
};

}  // namespace

CheckedTemplate check_template(const std::vector<Part>& parts, const Names& names) {
  CheckedTemplate checked;
  Check(names, checked).read(parts);
  return checked;
}

}  // namespace view
