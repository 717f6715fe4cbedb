// For tests only: what a real WordPress made of three exports (../shared/data/golden-import), the words and blocks that a reader
// sees in a piece of HTML, and why our words may differ from WordPress's. It explains nothing away that a reader would miss.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "import/markup_scan.h"
#include "import/wordpress_text.h"
#include "text/json.h"

namespace import_::golden {

inline const std::filesystem::path folder = BROADSHEET_SOURCE_DIR "/../shared/data/golden-import";

struct Entity {
  std::string_view name, text;
};
inline constexpr Entity entities[] = {{"&#8217;", "’"}, {"&#8216;", "‘"}, {"&#8220;", "“"}, {"&#8221;", "”"}, {"&#8211;", "–"},
                               {"&#8212;", "—"}, {"&#8230;", "…"}, {"&#8242;", "′"}, {"&#8243;", "″"}, {"&#215;", "×"},
                               {"&#038;", "&"},  {"&#039;", "'"},  {"&amp;", "&"},   {"&nbsp;", " "},  {"&#160;", " "},
                               {"&lt;", "<"},    {"&gt;", ">"},    {"&quot;", "\""}, {"&#8482;", "™"}, {"\u00A0", " "}};

// Control characters above ASCII, which old conversions left in texts, are shown by no browser and kept by WordPress; we drop them.
inline std::string without_controls(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\xC2' && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) ++at;
    else out += text[at];
  }
  return out;
}

inline std::string with_characters(std::string_view text) {
  std::string out = without_controls(text);
  for (const Entity& entity : entities) out = replace_every(out, entity.name, entity.text);
  return out;
}

// Text and block structure of HTML, as far as these two need it.
struct Shape {
  std::vector<std::string> words;
  std::vector<std::string> blocks;
};

inline bool is_block(std::string_view name) {
  static const std::set<std::string_view> names = {
      "p",  "div", "ul", "ol",     "li",         "table", "tr", "td", "th", "blockquote", "pre",     "h1",      "h2",     "h3",
      "h4", "h5",  "h6", "figure", "figcaption", "hr",    "dl", "dt", "dd", "br",         "details", "summary", "section"};
  return names.contains(name);
}

inline Shape shape_of(std::string_view html) {
  Shape shape;
  std::string text;
  int silent = 0;
  for (const MarkupPart& part : split_markup(html)) {
    if (part.kind == MarkupPart::Kind::comment) continue;
    if (part.kind == MarkupPart::Kind::text) {
      if (silent == 0) text += part.content;
      continue;
    }
    const std::string_view name = tag_name(part.content);
    // What a player holds for browsers without players is not read.
    for (const std::string_view hidden : {"script", "style", "audio", "video", "object", "svg", "select"})
      if (name == hidden) silent += is_end_tag(part.content) ? (silent > 0 ? -1 : 0) : 1;
    if (!is_block(name)) continue;
    text += ' ';
    if (!is_end_tag(part.content)) shape.blocks.emplace_back(name);
  }
  text = with_characters(text);
  for (std::size_t at = skip_markup_space(text, 0); at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\f\v", at), text.size());
    shape.words.push_back(text.substr(at, end - at));
    at = skip_markup_space(text, end);
  }
  return shape;
}

inline std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + " ";
  return out;
}

inline bool is_subsequence(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  std::size_t at = 0;
  for (const std::string& word : whole)
    if (at < part.size() && part[at] == word) ++at;
  return at == part.size();
}

inline std::string around_first_difference(const std::vector<std::string>& ours, const std::vector<std::string>& theirs) {
  const auto [left, right] = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
  const auto at = static_cast<std::size_t>(left - ours.begin());
  std::string out = "ours: ";
  for (std::size_t i = at > 3 ? at - 3 : 0; i < std::min(at + 6, ours.size()); ++i) out += ours[i] + " ";
  out += "\ntheirs: ";
  for (std::size_t i = at > 3 ? at - 3 : 0; i < std::min(at + 6, theirs.size()); ++i) out += theirs[i] + " ";
  return out;
}

struct Record {
  std::string name, type_and_name, status, link, raw, rendered, title;
  std::int64_t id = 0;
  struct Comment {
    std::string author, date_gmt, type, parent, raw, rendered;  // `parent`: "date_gmt/author", or empty
    bool is_published = false;
  };
  std::vector<Comment> comments;
};

inline std::string text_at(const text::json::object& object, const char* key) {
  const text::json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string().c_str()) : std::string{};
}

inline Record record_of(std::string_view file, const text::json::object& object) {
  Record record;
  record.name = std::string(file) + ".jsonl " + text_at(object, "slug");
  record.type_and_name = std::string(file) + ".jsonl " + text_at(object, "type") + "/" + text_at(object, "slug");
  record.status = text_at(object, "status");
  record.link = text_at(object, "link");
  record.raw = text_at(object, "content_raw");
  record.rendered = text_at(object, "content_rendered");
  record.title = text_at(object, "title");
  record.id = object.at("id").as_int64();
  for (const text::json::value& value : object.at("comments").as_array()) {
    const text::json::object& comment = value.as_object();
    record.comments.push_back({text_at(comment, "author"), text_at(comment, "date_gmt"), text_at(comment, "type"), text_at(comment, "parent"),
                               text_at(comment, "raw"), text_at(comment, "rendered"), text_at(comment, "approved") == "1"});
  }
  return record;
}

inline constexpr std::string_view exports[] = {"cc-labs", "wp-64-block-test-data", "wptt-themeunittestdata"};

inline std::vector<Record> load_records(std::string_view file) {
  std::vector<Record> records;
  std::ifstream lines(folder / (std::string(file) + ".jsonl"));
  for (std::string line; std::getline(lines, line);) records.push_back(record_of(file, text::json::parse(line).as_object()));
  return records;
}

inline std::vector<Record> load_records() {
  std::vector<Record> records;
  for (const std::string_view file : exports) {
    for (Record& record : load_records(file)) records.push_back(std::move(record));
  }
  return records;
}

inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

inline bool leaves_out_a_block(const RenderedText& rendered) {
  return std::any_of(rendered.left_out.begin(), rendered.left_out.end(),
                     [](const std::string& name) { return name.starts_with("block "); });
}

// Why our words may differ from WordPress's; empty if they may not.
inline std::string explain_words(const Record& record, const RenderedText& rendered, const Shape& ours, const Shape& theirs) {
  if (leaves_out_a_block(rendered) && is_subsequence(ours.words, theirs.words))
    return "WordPress computes a block at each view; the rest is the same";
  const bool has_frame = has(record.raw, "<iframe") || has(record.raw, "<object") || has(record.raw, "<embed");
  if (has_frame && is_subsequence(theirs.words, ours.words))
    return "a player of another host became a link, which has words; nothing is missing";
  return {};
}

}  // namespace import_::golden
