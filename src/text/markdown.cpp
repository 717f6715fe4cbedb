#include "text/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <string>

#include "text/escape.h"
#include "text/utf8.h"

namespace text {
namespace {

// Turns md4c's events into markup. Its output goes through the sanitiser, so it answers for form, not for safety.
class Renderer {
 public:
  explicit Renderer(Trust trust) : trust_(trust) {}

  void enter(MD_BLOCKTYPE type, void* detail);
  void leave(MD_BLOCKTYPE type, void* detail);
  void enter(MD_SPANTYPE type, void* detail);
  void leave(MD_SPANTYPE type);
  void text(MD_TEXTTYPE type, std::string_view text);
  const std::string& markup() const { return markup_; }

 private:
  void add(std::string_view markup) { markup_ += markup; }
  void add_escaped(std::string_view plain) { markup_ += escape(plain).string(); }
  void add_attribute(std::string_view name, const MD_ATTRIBUTE& value);
  void add_heading(const char* open, unsigned level);
  void add_cell(const char* name, MD_ALIGN align);
  void add_code(const MD_BLOCK_CODE_DETAIL& code);

  Trust trust_;
  std::string markup_;
  int picture_depth_ = 0;  // inside the description of a picture only text counts
};

void Renderer::add_attribute(std::string_view name, const MD_ATTRIBUTE& value) {
  if (!value.text) return;
  markup_.append(" ").append(name).append("=\"");
  for (std::size_t i = 0; value.substr_offsets[i] < value.size; ++i) {
    const std::string_view part(value.text + value.substr_offsets[i], value.substr_offsets[i + 1] - value.substr_offsets[i]);
    // A reference is passed on for the parser to decode.
    if (value.substr_types[i] == MD_TEXT_ENTITY) {
      add(part);
    } else {
      add_escaped(part);
    }
  }
  add("\"");
}

// The headline is the page's h1, so '#' and '##' are both h2.
void Renderer::add_heading(const char* open, unsigned level) {
  markup_.append(open).append("h").append(std::to_string(std::clamp(level, 2U, 6U))).append(">");
}

void Renderer::add_cell(const char* name, MD_ALIGN align) {
  markup_.append("<").append(name);
  if (align == MD_ALIGN_LEFT) add(" align=\"left\"");
  if (align == MD_ALIGN_CENTER) add(" align=\"center\"");
  if (align == MD_ALIGN_RIGHT) add(" align=\"right\"");
  add(">");
}

void Renderer::add_code(const MD_BLOCK_CODE_DETAIL& code) {
  add("<pre><code");
  if (code.lang.text && code.lang.size > 0) {
    add(" class=\"language-");
    add_escaped({code.lang.text, code.lang.size});
    add("\"");
  }
  add(">");
}

void Renderer::enter(MD_BLOCKTYPE type, void* detail) {
  switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML: return;
    case MD_BLOCK_QUOTE: return add("<blockquote>");
    case MD_BLOCK_UL: return add("<ul>");
    case MD_BLOCK_OL: {
      const unsigned start = static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start;
      return add(start == 1 ? "<ol>" : "<ol start=\"" + std::to_string(start) + "\">");
    }
    case MD_BLOCK_LI: return add("<li>");
    case MD_BLOCK_HR: return add("<hr>");
    case MD_BLOCK_H: return add_heading("<", static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
    case MD_BLOCK_CODE: return add_code(*static_cast<MD_BLOCK_CODE_DETAIL*>(detail));
    case MD_BLOCK_P: return add("<p>");
    case MD_BLOCK_TABLE: return add("<table>");
    case MD_BLOCK_THEAD: return add("<thead>");
    case MD_BLOCK_TBODY: return add("<tbody>");
    case MD_BLOCK_TR: return add("<tr>");
    case MD_BLOCK_TH: return add_cell("th", static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align);
    case MD_BLOCK_TD: return add_cell("td", static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align);
  }
}

void Renderer::leave(MD_BLOCKTYPE type, void* detail) {
  switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML: return;
    case MD_BLOCK_HR: return add("\n");
    case MD_BLOCK_QUOTE: return add("</blockquote>\n");
    case MD_BLOCK_UL: return add("</ul>\n");
    case MD_BLOCK_OL: return add("</ol>\n");
    case MD_BLOCK_LI: return add("</li>\n");
    case MD_BLOCK_H: add_heading("</", static_cast<MD_BLOCK_H_DETAIL*>(detail)->level); return add("\n");
    case MD_BLOCK_CODE: return add("</code></pre>\n");
    case MD_BLOCK_P: return add("</p>\n");
    case MD_BLOCK_TABLE: return add("</table>\n");
    case MD_BLOCK_THEAD: return add("</thead>");
    case MD_BLOCK_TBODY: return add("</tbody>");
    case MD_BLOCK_TR: return add("</tr>");
    case MD_BLOCK_TH: return add("</th>");
    case MD_BLOCK_TD: return add("</td>");
  }
}

void Renderer::enter(MD_SPANTYPE type, void* detail) {
  if (type == MD_SPAN_IMG) {
    if (picture_depth_++ == 0) {
      const auto& picture = *static_cast<MD_SPAN_IMG_DETAIL*>(detail);
      add("<img");
      add_attribute("src", picture.src);
      add_attribute("title", picture.title);
      add(" alt=\"");
    }
    return;
  }
  if (picture_depth_ > 0) return;
  switch (type) {
    case MD_SPAN_EM: return add("<em>");
    case MD_SPAN_STRONG: return add("<strong>");
    case MD_SPAN_DEL: return add("<del>");
    case MD_SPAN_CODE: return add("<code>");
    case MD_SPAN_U: return add("<u>");
    case MD_SPAN_A: {
      const auto& link = *static_cast<MD_SPAN_A_DETAIL*>(detail);
      add("<a");
      add_attribute("href", link.href);
      add_attribute("title", link.title);
      return add(">");
    }
    default: return;
  }
}

void Renderer::leave(MD_SPANTYPE type) {
  if (type == MD_SPAN_IMG) {
    if (--picture_depth_ == 0) add("\">");
    return;
  }
  if (picture_depth_ > 0) return;
  switch (type) {
    case MD_SPAN_EM: return add("</em>");
    case MD_SPAN_STRONG: return add("</strong>");
    case MD_SPAN_DEL: return add("</del>");
    case MD_SPAN_CODE: return add("</code>");
    case MD_SPAN_U: return add("</u>");
    case MD_SPAN_A: return add("</a>");
    default: return;
  }
}

void Renderer::text(MD_TEXTTYPE type, std::string_view text) {
  switch (type) {
    case MD_TEXT_NULLCHAR: return add("\xEF\xBF\xBD");
    case MD_TEXT_BR: return add(picture_depth_ > 0 ? " " : "<br>\n");
    case MD_TEXT_SOFTBR: return add(trust_ == Trust::comment && picture_depth_ == 0 ? "<br>\n" : "\n");
    case MD_TEXT_ENTITY: return add(text);
    case MD_TEXT_HTML:
      // A tag inside a picture's description would end its attribute.
      if (picture_depth_ == 0) return add(text);
      return add_escaped(text);
    default: return add_escaped(text);
  }
}

template <class Type>
Type& as(void* renderer) {
  return *static_cast<Type*>(renderer);
}

unsigned flags_for(Trust trust) {
  const unsigned common = MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEWWWAUTOLINKS | MD_FLAG_STRIKETHROUGH;
  return trust == Trust::comment ? common | MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS : common | MD_FLAG_TABLES;
}

}  // namespace

Html render_markdown(std::string_view source, const SanitisePolicy& policy) {
  Renderer renderer(policy.trust);
  MD_PARSER parser{};
  parser.flags = flags_for(policy.trust);
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* to) { return as<Renderer>(to).enter(type, detail), 0; };
  parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* to) { return as<Renderer>(to).leave(type, detail), 0; };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* to) { return as<Renderer>(to).enter(type, detail), 0; };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* to) { return as<Renderer>(to).leave(type), 0; };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* to) {
    return as<Renderer>(to).text(type, {text, size}), 0;
  };
  const std::string valid = to_valid_utf8(source.substr(0, max_markup_bytes));
  // Out of memory is the only way to fail; then the text is shown as it was written.
  if (md_parse(valid.data(), static_cast<MD_SIZE>(valid.size()), &parser, &renderer) != 0) {
    return sanitise("<pre>" + escape(valid).string() + "</pre>", policy);
  }
  return sanitise(renderer.markup(), policy);
}

}  // namespace text
