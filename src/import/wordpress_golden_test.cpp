// Our rendering against what a real WordPress 6.1.9 made of the same texts (../shared/data/golden-import). Where the two differ
// the reason stands in explain(): what it does not explain fails the test.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "import/markup_scan.h"
#include "import/wordpress_text.h"
#include "import/wxr_reader.h"
#include "text/json.h"

namespace import_ {
namespace {

const std::filesystem::path folder = BROADSHEET_SOURCE_DIR "/../shared/data/golden-import";

struct Entity {
  std::string_view name, text;
};
constexpr Entity entities[] = {{"&#8217;", "’"}, {"&#8216;", "‘"}, {"&#8220;", "“"}, {"&#8221;", "”"}, {"&#8211;", "–"},
                               {"&#8212;", "—"}, {"&#8230;", "…"}, {"&#8242;", "′"}, {"&#8243;", "″"}, {"&#215;", "×"},
                               {"&#038;", "&"},  {"&#039;", "'"},  {"&amp;", "&"},   {"&nbsp;", " "},  {"&#160;", " "},
                               {"&lt;", "<"},    {"&gt;", ">"},    {"&quot;", "\""}, {"&#8482;", "™"}, {"\u00A0", " "}};

std::string with_characters(std::string_view text) {
  std::string out(text);
  for (const Entity& entity : entities) out = replace_every(out, entity.name, entity.text);
  return out;
}

// Text and block structure of HTML, as far as these two need it.
struct Shape {
  std::vector<std::string> words;
  std::vector<std::string> blocks;
};

bool is_block(std::string_view name) {
  static const std::set<std::string_view> names = {
      "p",  "div", "ul", "ol",     "li",         "table", "tr", "td", "th", "blockquote", "pre",     "h1",      "h2",     "h3",
      "h4", "h5",  "h6", "figure", "figcaption", "hr",    "dl", "dt", "dd", "br",         "details", "summary", "section"};
  return names.contains(name);
}

Shape shape_of(std::string_view html) {
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

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + " ";
  return out;
}

bool is_subsequence(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  std::size_t at = 0;
  for (const std::string& word : whole)
    if (at < part.size() && part[at] == word) ++at;
  return at == part.size();
}

std::string around_first_difference(const std::vector<std::string>& ours, const std::vector<std::string>& theirs) {
  const auto [left, right] = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
  const auto at = static_cast<std::size_t>(left - ours.begin());
  std::string out = "ours: ";
  for (std::size_t i = at > 3 ? at - 3 : 0; i < std::min(at + 6, ours.size()); ++i) out += ours[i] + " ";
  out += "\ntheirs: ";
  for (std::size_t i = at > 3 ? at - 3 : 0; i < std::min(at + 6, theirs.size()); ++i) out += theirs[i] + " ";
  return out;
}

struct Record {
  std::string name, type_and_name, raw, rendered, title;
  std::int64_t id = 0;
  struct Comment {
    std::string raw, rendered;
  };
  std::vector<Comment> comments;
};

std::string text_at(const text::json::object& object, const char* key) {
  const text::json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string().c_str()) : std::string{};
}

std::vector<Record> load_records() {
  std::vector<Record> records;
  for (const char* file : {"cc-labs.jsonl", "wp-64-block-test-data.jsonl", "wptt-themeunittestdata.jsonl"}) {
    std::ifstream lines(folder / file);
    for (std::string line; std::getline(lines, line);) {
      const text::json::value value = text::json::parse(line);
      const text::json::object& object = value.as_object();
      Record record;
      record.name = std::string(file) + " " + text_at(object, "slug");
      record.type_and_name = std::string(file) + " " + text_at(object, "type") + "/" + text_at(object, "slug");
      record.raw = text_at(object, "content_raw");
      record.rendered = text_at(object, "content_rendered");
      record.title = text_at(object, "title");
      record.id = object.at("id").as_int64();
      for (const text::json::value& comment : object.at("comments").as_array())
        record.comments.push_back({text_at(comment.as_object(), "raw"), text_at(comment.as_object(), "rendered")});
      records.push_back(std::move(record));
    }
  }
  return records;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool leaves_out_a_block(const RenderedText& rendered) {
  return std::any_of(rendered.left_out.begin(), rendered.left_out.end(),
                     [](const std::string& name) { return name.starts_with("block "); });
}

// Why our words may differ from WordPress's; empty if they may not.
std::string explain_words(const Record& record, const RenderedText& rendered, const Shape& ours, const Shape& theirs) {
  if (leaves_out_a_block(rendered) && is_subsequence(ours.words, theirs.words))
    return "WordPress computes a block at each view; the rest is the same";
  const bool has_frame = has(record.raw, "<iframe") || has(record.raw, "<object") || has(record.raw, "<embed");
  if (has_frame && is_subsequence(theirs.words, ours.words))
    return "a player of another host became a link, which has words; nothing is missing";
  return {};
}

std::string explain_blocks(const Record& record, const RenderedText& rendered, const Shape& ours, const Shape& theirs) {
  if (has(record.raw, "<!--nextpage-->"))
    return "WordPress shows these pages one by one, we on one page with a rule between them";
  if (has(record.raw, "<!--more") && is_subsequence(ours.blocks, theirs.blocks))
    return "no empty paragraph stays where the teaser ended";
  if (leaves_out_a_block(rendered) && is_subsequence(ours.blocks, theirs.blocks))
    return "WordPress computes a block at each view; the rest is the same";
  if (has(record.raw, "[audio") && is_subsequence(theirs.blocks, ours.blocks)) return "a player stands in a figure";
  return {};
}

TEST(WordPressGolden, Words_and_blocks_are_those_of_WordPress_or_the_difference_has_a_reason) {
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "WordPress's own renderings are not on this machine";
  std::map<std::string, int> reasons;
  for (const Record& record : load_records()) {
    WordPressContext context;
    context.post_id = record.id;
    const RenderedText rendered = render_wordpress_content(record.raw, context);
    const Shape ours = shape_of(rendered.html);
    const Shape theirs = shape_of(record.rendered);
    if (ours.words != theirs.words) {
      const std::string reason = explain_words(record, rendered, ours, theirs);
      EXPECT_FALSE(reason.empty()) << record.name << "\n" << around_first_difference(ours.words, theirs.words);
      ++reasons["words of " + record.name + ": " + reason];
    }
    if (ours.blocks != theirs.blocks) {
      const std::string reason = explain_blocks(record, rendered, ours, theirs);
      EXPECT_FALSE(reason.empty()) << record.name << "\n" << around_first_difference(ours.blocks, theirs.blocks);
      ++reasons["blocks of " + record.name + ": " + reason];
    }
  }
  for (const auto& [reason, count] : reasons) std::cout << reason << "\n";
  EXPECT_LE(reasons.size(), 65U) << "more differences than were looked at";
}

TEST(WordPressGolden, Comments_have_the_words_and_paragraphs_of_WordPress) {
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "WordPress's own renderings are not on this machine";
  for (const Record& record : load_records()) {
    for (const Record::Comment& comment : record.comments) {
      const Shape ours = shape_of(render_wordpress_comment(comment.raw, "en"));
      const Shape theirs = shape_of(comment.rendered);
      EXPECT_EQ(joined(ours.words), joined(theirs.words)) << record.name;
      EXPECT_EQ(joined(ours.blocks), joined(theirs.blocks)) << record.name;
    }
  }
}

struct Titles : WxrVisitor {
  std::multimap<std::string, std::string> by_slug;  // a draft and an article may share one
  void on_site(const WxrSite&) override {}
  void on_author(WxrAuthor) override {}
  void on_term(WxrTerm) override {}
  void on_item(WxrItem item) override {
    if (item.post_type == "post" || item.post_type == "page") by_slug.emplace(item.post_type + "/" + item.post_name, item.title);
  }
  void on_problem(const WxrProblem&) override {}
};

TEST(WordPressGolden, Titles_have_the_words_and_quotes_of_WordPress) {
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "WordPress's own renderings are not on this machine";
  std::map<std::string, std::set<std::string>> rendered;
  for (const char* file : {"cc-labs", "wp-64-block-test-data", "wptt-themeunittestdata"}) {
    Titles titles;
    ASSERT_TRUE(read_wxr(folder / "../wxr" / (std::string(file) + ".xml"), titles));
    for (const auto& [slug, title] : titles.by_slug)
      rendered[std::string(file) + ".jsonl " + slug].insert(with_characters(render_wordpress_title(title, "en")));
  }
  int compared = 0;
  for (const Record& record : load_records()) {
    const auto found = rendered.find(record.type_and_name);
    // WordPress numbers a few slugs anew when it imports; their titles are covered by the others.
    if (found == rendered.end()) continue;
    std::string theirs = record.title;
    if (theirs.starts_with("Protected: ")) theirs.erase(0, 11);  // a mark of the page, not of the title
    EXPECT_TRUE(found->second.contains(with_characters(theirs))) << theirs << "\n" << *found->second.begin();
    ++compared;
  }
  EXPECT_GT(compared, 330);
}

}  // namespace
}  // namespace import_
