// Our rendering against what a real WordPress 6.1.9 made of the same texts (../shared/data/golden-import). Where the two differ
// the reason stands in an explain function: what none explains fails the test.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "import/golden_test.h"
#include "import/wordpress_text.h"
#include "import/wxr_reader.h"

namespace import_ {
namespace {

using namespace golden;

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
