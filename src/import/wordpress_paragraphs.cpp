#include "import/wordpress_paragraphs.h"

#include <algorithm>
#include <vector>

#include "import/markup_scan.h"

namespace import_ {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr char kept_newline = '\x01';  // a line end inside a tag, a script or a drawing: no <br> is made of it
constexpr char kept_pre = '\x02';      // stands for a <pre> element that was set aside

constexpr std::string_view blocks[] = {"table",    "thead",  "tfoot",      "caption", "col",   "colgroup",   "tbody",   "tr",
                                       "td",       "th",     "div",        "dl",      "dd",    "dt",         "ul",      "ol",
                                       "li",       "pre",    "form",       "map",     "area",  "blockquote", "address", "style",
                                       "p",        "h1",     "h2",         "h3",      "h4",    "h5",         "h6",      "hr",
                                       "fieldset", "legend", "section",    "article", "aside", "hgroup",     "header",  "footer",
                                       "nav",      "figure", "figcaption", "details", "menu",  "summary"};
constexpr std::string_view no_break_before[] = {"p", "li", "div", "dl", "dd", "dt", "th", "pre", "td", "ul", "ol"};

template <std::size_t N>
bool is_among(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}
// WordPress's later rules look at the beginning of a name only: <param> counts as <p>, <link> as <li>.
template <std::size_t N>
bool begins_with_any(const std::string_view (&names)[N], std::string_view text) {
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) { return text.starts_with(name); });
}

// The size of a tag at `at` that counts as a block in the later rules, or 0.
template <std::size_t N>
std::size_t loose_tag(std::string_view text, std::size_t at, const std::string_view (&names)[N], NextMark& close) {
  if (at >= text.size() || text[at] != '<') return 0;
  const std::size_t name = at + 1 + (text.substr(at + 1, 1) == "/" ? 1 : 0);
  if (!begins_with_any(names, text.substr(name, 12))) return 0;
  const std::size_t end = close.after(name);
  return end == npos ? 0 : end + 1 - at;
}

void trim_end(std::string& text) {
  while (!text.empty() && is_markup_space(text.back())) text.pop_back();
}

std::string set_pre_aside(std::string_view text, std::vector<std::string>& aside) {
  std::string out;
  while (true) {
    const std::size_t end = text.find("</pre>");
    if (end == npos) return out.append(text);
    const std::size_t start = text.substr(0, end).find("<pre");
    if (start == npos) {
      out.append(text.substr(0, end));  // an end without a start is dropped
    } else {
      out.append(text.substr(0, start)).append("<pre ").append(1, kept_pre).append("></pre>");
      aside.emplace_back(text.substr(start, end + 6 - start));
    }
    text.remove_prefix(end + 6);
  }
}

std::string bring_pre_back(std::string_view text, const std::vector<std::string>& aside) {
  constexpr std::string_view placeholder = "<pre \x02></pre>";
  std::string out;
  std::size_t next = 0;
  while (true) {
    const std::size_t at = text.find(placeholder);
    if (at == npos || next == aside.size()) return out.append(text);
    out.append(text.substr(0, at)).append(aside[next++]);
    text.remove_prefix(at + placeholder.size());
  }
}

// The size of "<br>", "<br/>" or "<br />" with any space, or 0.
std::size_t line_break_at(std::string_view text, std::size_t at) {
  if (text.substr(at, 3) != "<br") return 0;
  std::size_t end = skip_markup_space(text, at + 3);
  if (end < text.size() && text[end] == '/') ++end;
  return end < text.size() && text[end] == '>' ? end + 1 - at : 0;
}

// Two line breaks in a row begin a paragraph.
std::string split_at_double_breaks(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t first = line_break_at(text, at);
    const std::size_t second_at = first == 0 ? 0 : skip_markup_space(text, at + first);
    const std::size_t second = first == 0 ? 0 : line_break_at(text, second_at);
    if (second > 0) {
      out += "\n\n";
      at = second_at + second;
    } else {
      out += text[at++];
    }
  }
  return out;
}

// Empty lines around blocks, so that each stands by itself.
std::string set_blocks_apart(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '<') {
      out += text[at++];
      continue;
    }
    const bool is_end = text.substr(at + 1, 1) == "/";
    std::size_t name_end = at + 1 + (is_end ? 1 : 0);
    const std::size_t name_start = name_end;
    while (name_end < text.size() && is_word_char(text[name_end])) ++name_end;
    const std::string_view name = text.substr(name_start, name_end - name_start);
    const char next = name_end < text.size() ? text[name_end] : '\0';
    const bool is_block = is_among(blocks, name);
    if (is_block && !is_end && (is_markup_space(next) || next == '/' || next == '>')) out += "\n\n";
    out.append(text.substr(at, name_end - at));
    at = name_end;
    if (is_block && is_end && next == '>') {
      out += ">\n\n";
      ++at;
    } else if (name == "hr" && !is_end) {
      std::size_t close = skip_markup_space(text, at);
      if (close < text.size() && text[close] == '/') ++close;
      if (close >= text.size() || text[close] != '>') continue;
      out.append(text.substr(at, close + 1 - at)).append("\n\n");
      at = close + 1;
    }
  }
  return out;
}

std::string with_plain_newlines(std::string_view text) { return replace_every(replace_every(text, "\r\n", "\n"), "\r", "\n"); }

std::string keep_newlines_in_tags(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const MarkupPart& part : split_markup(text)) {
    out.append(part.content);
    if (part.kind == MarkupPart::Kind::text) continue;
    std::replace(out.end() - static_cast<std::ptrdiff_t>(part.content.size()), out.end(), '\n', kept_newline);
  }
  return out;
}

enum class Trim { before, after, both };
struct TightTag {
  std::string_view start;  // the tag's beginning; up to the next closing bracket belongs to it
  Trim trim;
};
// Elements whose inner line ends are layout of the source, in the order WordPress tightens them.
constexpr TightTag option_tags[] = {{"<option", Trim::before}, {"</option>", Trim::after}};
constexpr TightTag object_tags[] = {{"<object", Trim::after}, {"</object>", Trim::before}, {"<param", Trim::both},
                                    {"</param", Trim::both},  {"<embed", Trim::both},      {"</embed", Trim::both}};
constexpr TightTag media_tags[] = {{"<audio", Trim::after},    {"<video", Trim::after},    {"[audio", Trim::after},
                                   {"[video", Trim::after},    {"</audio>", Trim::before}, {"</video>", Trim::before},
                                   {"[/audio]", Trim::before}, {"[/video]", Trim::before}, {"<source", Trim::both},
                                   {"<track", Trim::both}};
constexpr TightTag caption_tags[] = {{"<figcaption", Trim::both}, {"</figcaption>", Trim::after}};

template <std::size_t N>
std::string tighten(std::string_view text, const TightTag (&tags)[N]) {
  std::string out;
  out.reserve(text.size());
  NextMark angle(text, '>');
  NextMark square(text, ']');
  for (std::size_t at = 0; at < text.size();) {
    const TightTag* tag = nullptr;
    if (text[at] == '<' || text[at] == '[')
      for (const TightTag& candidate : tags)
        if (text.substr(at, candidate.start.size()) == candidate.start) tag = &candidate;
    const std::size_t end = tag == nullptr ? npos : text[at] == '<' ? angle.after(at) : square.after(at);
    if (end == npos) {
      out += text[at++];
      continue;
    }
    if (tag->trim != Trim::after) trim_end(out);
    // The start tag of a caption is tightened on its outside only: its text keeps its own line ends.
    const bool keeps_after = tag->trim == Trim::before || tag->start == "<figcaption";
    out.append(text.substr(at, end + 1 - at));
    at = keeps_after ? end + 1 : skip_markup_space(text, end + 1);
  }
  return out;
}

std::string tighten_layout(std::string text) {
  if (text.find("<option") != npos) text = tighten(text, option_tags);
  if (text.find("</object>") != npos) text = tighten(text, object_tags);
  if (text.find("<source") != npos || text.find("<track") != npos) text = tighten(text, media_tags);
  if (text.find("<figcaption") != npos) text = tighten(text, caption_tags);
  return text;
}

// Every stretch between empty lines becomes a <p>; stretches of white space disappear.
std::string wrap_paragraphs(std::string_view text) {
  std::string out;
  const auto wrap = [&out](std::string_view paragraph) {
    while (paragraph.starts_with('\n')) paragraph.remove_prefix(1);
    while (paragraph.ends_with('\n')) paragraph.remove_suffix(1);
    if (!trim_markup(paragraph).empty()) out.append("<p>").append(paragraph).append("</p>");
    out += '\n';
  };
  std::size_t from = 0;
  for (std::size_t at = text.find('\n'); at != npos;) {
    const std::size_t end = skip_markup_space(text, at);
    const std::size_t last = text.substr(0, end).rfind('\n');
    if (last > at) {
      if (at > from) wrap(text.substr(from, at - from));
      from = last + 1;
    }
    at = text.find('\n', end);
  }
  if (from < text.size()) wrap(text.substr(from));
  return out;
}

// <p>words</div> closes the paragraph first.
std::string close_before_containers(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    out += text[at++];
    if (!out.ends_with("<p>")) continue;
    const std::size_t next = text.find('<', at);
    if (next == npos || next == at) continue;
    const std::string_view tag = text.substr(next, 10);
    if (!tag.starts_with("</div>") && !tag.starts_with("</address>") && !tag.starts_with("</form>")) continue;
    out.append(text.substr(at, next - at)).append("</p>");
    at = next;
  }
  return out;
}

// A paragraph that holds nothing but one block tag is that tag.
std::string unwrap_lone_blocks(std::string_view text) {
  std::string out;
  NextMark close(text, '>');
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 3) == "<p>") {
      const std::size_t tag = skip_markup_space(text, at + 3);
      const std::size_t size = loose_tag(text, tag, blocks, close);
      const std::size_t end = size == 0 ? 0 : skip_markup_space(text, tag + size);
      if (size > 0 && text.substr(end, 4) == "</p>") {
        out.append(text.substr(tag, size));
        at = end + 4;
        continue;
      }
    }
    out += text[at++];
  }
  return out;
}

// <p><li>words</p> on one line loses the paragraph.
std::string unwrap_list_items(std::string_view text) {
  std::string out;
  std::size_t no_end_before = 0;  // no "</p>" up to here
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 6) == "<p><li" && at >= no_end_before) {
      const std::size_t line_end = std::min(text.find('\n', at), text.size());
      const std::size_t end = text.substr(0, line_end).find("</p>", at + 7);
      if (end != npos) {
        out.append(text.substr(at + 3, end - at - 3));
        at = end + 4;
        continue;
      }
      no_end_before = line_end;
    }
    out += text[at++];
  }
  return out;
}

std::string move_into_quotes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (starts_with_ignoring_case(text.substr(at), "<p><blockquote")) {
      const std::size_t end = text.find('>', at + 3);
      if (end == npos) return out.append(text.substr(at));
      out.append("<blockquote").append(text.substr(at + 14, end - at - 13)).append("<p>");
      at = end + 1;
    } else {
      out += text[at++];
    }
  }
  return replace_every(out, "</blockquote></p>", "</p></blockquote>");
}

// No paragraph begins right before a block tag or ends right behind one.
std::string unwrap_block_edges(std::string_view text) {
  std::string begun;
  NextMark close(text, '>');
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 3) == "<p>") {
      const std::size_t tag = skip_markup_space(text, at + 3);
      const std::size_t size = loose_tag(text, tag, blocks, close);
      if (size > 0) {
        begun.append(text.substr(tag, size));
        at = tag + size;
        continue;
      }
    }
    begun += text[at++];
  }
  std::string out;
  const std::string_view view = begun;
  NextMark close_again(view, '>');
  for (std::size_t at = 0; at < view.size();) {
    const std::size_t size = loose_tag(view, at, blocks, close_again);
    if (size == 0) {
      out += view[at++];
      continue;
    }
    out.append(view.substr(at, size));
    const std::size_t end = skip_markup_space(view, at + size);
    at = view.substr(end, 4) == "</p>" ? end + 4 : at + size;
  }
  return out;
}

std::string keep_newlines_in_code(std::string_view text) {
  constexpr std::string_view names[] = {"script", "style", "svg", "math"};
  std::string out(text);
  for (const std::string_view name : names) {
    const std::string open = "<" + std::string(name);
    const std::string close = "</" + std::string(name) + ">";
    for (std::size_t at = out.find(open); at != npos; at = out.find(open, at + 1)) {
      const std::size_t end = out.find(close, at);
      if (end == npos) break;
      std::replace(out.begin() + static_cast<std::ptrdiff_t>(at), out.begin() + static_cast<std::ptrdiff_t>(end), '\n',
                   kept_newline);
      at = end;
    }
  }
  return out;
}

// Every line end that no <br /> precedes gets one.
std::string break_lines(std::string_view source) {
  const std::string text = replace_every(replace_every(keep_newlines_in_code(source), "<br>", "<br />"), "<br/>", "<br />");
  const std::string_view view = text;
  std::string out;
  for (std::size_t at = 0; at < view.size();) {
    if (!is_markup_space(view[at])) {
      out += view[at++];
      continue;
    }
    const std::size_t end = skip_markup_space(view, at);
    // Behind a <br /> the first space is not looked at, as in WordPress.
    if (out.ends_with("<br />")) out += view[at++];
    const std::size_t last = view.substr(at, end - at).rfind('\n');
    if (last != npos) {
      out += "<br />\n";
      at += last + 1;
    }
    out.append(view.substr(at, end - at));
    at = end;
  }
  return out;
}

// Line breaks next to blocks are layout of the source.
std::string drop_breaks_at_blocks(std::string_view text) {
  constexpr std::string_view line_break = "<br />";
  std::string behind;
  NextMark close(text, '>');
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = loose_tag(text, at, blocks, close);
    if (size == 0) {
      behind += text[at++];
      continue;
    }
    behind.append(text.substr(at, size));
    at += size;
    const std::size_t next = skip_markup_space(text, at);
    if (text.substr(next, line_break.size()) == line_break) at = next + line_break.size();
  }
  std::string out;
  const std::string_view view = behind;
  NextMark close_again(view, '>');
  for (std::size_t at = 0; at < view.size();) {
    if (view.substr(at, line_break.size()) == line_break) {
      const std::size_t next = skip_markup_space(view, at + line_break.size());
      if (loose_tag(view, next, no_break_before, close_again) > 0) at += line_break.size();
    }
    if (at < view.size()) out += view[at++];
  }
  return out;
}

// Only words and line ends, no space beside a line end: nothing here that any rule but those of paragraphs and breaks looks at.
bool is_mere_lines(std::string_view text) {
  if (text.empty() || is_markup_space(text.front()) || is_markup_space(text.back())) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (text[at] == '<' || (byte < ' ' && text[at] != '\n')) return false;
    if (text[at] == '\n' && (text[at - 1] == ' ' || text[at + 1] == ' ')) return false;
  }
  return true;
}

std::string wrap_mere_lines(std::string_view text) {
  std::string out = "<p>";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.append(text.substr(at, end - at));
    at = std::min(text.find_first_not_of('\n', end), text.size());
    if (at < text.size()) out += at - end > 1 ? "</p>\n<p>" : "<br />\n";
  }
  return out += "</p>\n";
}

}  // namespace

std::string make_paragraphs(std::string_view source) {
  return is_mere_lines(source) ? wrap_mere_lines(source) : make_paragraphs_by_every_rule(source);
}

std::string make_paragraphs_by_every_rule(std::string_view source) {
  if (trim_markup(source).empty()) return {};
  std::vector<std::string> aside;
  std::string text = set_pre_aside(std::string(source) + "\n", aside);
  text = split_at_double_breaks(text);
  text = set_blocks_apart(text);
  text = with_plain_newlines(text);
  text = keep_newlines_in_tags(text);
  text = tighten_layout(std::move(text));
  text = wrap_paragraphs(text);
  text = close_before_containers(text);
  text = unwrap_lone_blocks(text);
  text = unwrap_list_items(text);
  text = move_into_quotes(text);
  text = unwrap_block_edges(text);
  text = break_lines(text);
  text = drop_breaks_at_blocks(text);
  if (text.ends_with("\n</p>")) text.replace(text.size() - 5, 5, "</p>");
  text = bring_pre_back(text, aside);
  std::replace(text.begin(), text.end(), kept_newline, '\n');
  return text;
}

}  // namespace import_
