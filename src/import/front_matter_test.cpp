#include "import/front_matter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace import_ {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const base::Time now = base::from_unix(1'795'000'000);  // 2026-11-18

base::Result<MarkdownFile> parse(const std::string& text) {
  return parse_markdown_file(text, "bridge.md", text::TimeZone::utc(), now);
}
std::string refused(const std::string& text) {
  const auto result = parse(text);
  return result ? "accepted" : result.error().key;
}

TEST(FrontMatter, Everything_an_article_has_can_be_said) {
  const auto file = parse(
      "---\ntitle: \"The bridge: open\"\nstandfirst: At last\nsections: [News/Town, Roads]\ntags: bridge, river\nauthors:\n  - "
      "Ada Miller\n"
      "  - name: Bo Li\ndate: 2026-11-01 10:30\nslug: the-bridge\nimage:\n  file: b.jpg\n  alt: The bridge\n  credit: "
      "Bo\ncomments: closed\n"
      "language: en\ndateline: Stavermouth\nsticky: true\n---\n\nThe text.\n");
  ASSERT_TRUE(file) << file.error().key;
  const FrontMatter& front = file->front;
  EXPECT_EQ(front.title, "The bridge: open");
  EXPECT_THAT(front.sections, ElementsAre("News/Town", "Roads"));
  EXPECT_THAT(front.tags, ElementsAre("bridge", "river"));
  EXPECT_THAT(front.authors, ElementsAre("Ada Miller", "Bo Li"));
  EXPECT_EQ(front.date, base::from_unix(1'793'529'000));
  ASSERT_TRUE(front.image);
  EXPECT_EQ(front.image->alt, "The bridge");
  EXPECT_EQ(front.comments_open, false);
  EXPECT_TRUE(front.is_sticky);
  EXPECT_EQ(front.status, FileStatus::published);
  EXPECT_EQ(file->body, "\nThe text.\n");
  EXPECT_EQ(file->body_line, 20U);
  EXPECT_TRUE(file->warnings.empty());
}

TEST(FrontMatter, Files_of_Hugo_and_Jekyll_are_understood) {
  const auto file = parse(
      "---\r\nlayout: post\r\nTitle: Hi\r\ndescription: Short\r\ncategories: Town\r\nauthor: Ada\r\ndate: 2026-12-24 21:54:00 "
      "+0100\r\n"
      "lastmod: 2026-12-25T10:00:00Z\r\nimage: b.jpg\r\ncomments: true\r\n---\r\nText");
  ASSERT_TRUE(file) << file.error().key;
  EXPECT_EQ(file->front.standfirst, "Short");
  EXPECT_THAT(file->front.sections, ElementsAre("Town"));
  EXPECT_EQ(file->front.image->file, "b.jpg");
  EXPECT_EQ(file->front.comments_open, true);
  EXPECT_EQ(file->front.date, base::from_unix(1'798'145'640));
  EXPECT_EQ(file->front.status, FileStatus::scheduled);
  EXPECT_EQ(parse("---\ntitle: x\ndraft: true\n---\n")->front.status, FileStatus::draft);
  EXPECT_EQ(parse("---\ntitle: x\npublished: false\n---\n")->front.status, FileStatus::draft);
  EXPECT_EQ(parse("---\ntitle: x\ntype: page\n---\n")->front.kind, FileKind::page);
}

TEST(FrontMatter, A_file_without_it_is_refused_with_an_example) {
  EXPECT_THAT(refused("# The bridge\n"), HasSubstr("title: The bridge is open"));
  EXPECT_THAT(refused(""), HasSubstr("no front matter"));
  EXPECT_THAT(refused("---\ntitle: x\n"), HasSubstr("no closing line"));
  EXPECT_THAT(refused("---\n- x\n---\n"), HasSubstr("no keys"));
  EXPECT_THAT(refused("---\nslug: x\n---\n"), HasSubstr("title is missing"));
}

TEST(FrontMatter, Every_wrong_value_is_named_with_its_line_and_a_remedy) {
  const auto result =
      parse("---\ntitle: x\ndate: soon\nslug: The Bridge\nstatus: maybe\nlanguage: \"??\"\ncomments: perhaps\nimage: {}\n---\n");
  ASSERT_FALSE(result);
  for (const char* part : {"bridge.md, line 3: date: \"soon\" is no date", "line 4: slug", "the-bridge", "line 5: status",
                           "line 6: language", "line 7: comments: true or false", "line 8: image: the file is missing"})
    EXPECT_THAT(result.error().key, HasSubstr(part));
  EXPECT_EQ(result.error().fields.size(), 6U);
}

TEST(FrontMatter, Yaml_that_cannot_be_read_tells_its_line) {
  EXPECT_THAT(refused("---\ntitle: a: b\n---\n"), HasSubstr("bridge.md, line 2"));
  EXPECT_THAT(refused("---\ntitle: x\ntitle: y\n---\n"), HasSubstr("line 3: title: the key stands here twice"));
}

TEST(FrontMatter, Unknown_keys_are_warnings) {
  const auto file = parse("---\ntitle: x\nweight: 5\n---\n");
  ASSERT_TRUE(file);
  ASSERT_EQ(file->warnings.size(), 1U);
  EXPECT_THAT(file->warnings[0], HasSubstr("line 3: nobody knows the key \"weight\""));
}

TEST(FrontMatter, Bombs_are_refused_quickly) {
  std::string aliases = "---\ntitle: x\na0: &a0 [x, x]\n";
  for (int i = 1; i < 30; ++i)
    aliases += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + ", *a" +
               std::to_string(i - 1) + "]\n";
  EXPECT_THAT(refused(aliases + "---\n"), HasSubstr("anchors"));
  EXPECT_THAT(refused("---\ntitle: x\nt: " + std::string(20'000, '[') + "\n---\n"), HasSubstr("nested too deeply"));
  std::string dashes = "---\ntitle: x\nt:\n";
  for (int i = 0; i < 10'000; ++i) dashes += "- ";
  EXPECT_THAT(refused(dashes + "\n---\n"), HasSubstr("nested too deeply"));
  EXPECT_THAT(refused("---\ntitle: " + std::string(70'000, 'x') + "\n---\n"), HasSubstr("64 KB"));
  EXPECT_THAT(refused("---\ntitle: \xFF\n---\n"), HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace import_
