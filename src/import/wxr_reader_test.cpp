#include "import/wxr_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

namespace import_ {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Collected : WxrVisitor {
  WxrSite site;
  std::vector<WxrAuthor> authors;
  std::vector<WxrTerm> terms;
  std::vector<WxrItem> items;
  std::vector<WxrProblem> problems;
  std::uint64_t progressed = 0;
  int sites = 0;

  void on_site(const WxrSite& told) override {
    site = told;
    ++sites;
  }
  void on_author(WxrAuthor author) override { authors.push_back(std::move(author)); }
  void on_term(WxrTerm term) override { terms.push_back(std::move(term)); }
  void on_item(WxrItem item) override { items.push_back(std::move(item)); }
  void on_problem(const WxrProblem& problem) override { problems.push_back(problem); }
  void on_progress(std::uint64_t bytes, std::uint64_t) override { progressed = bytes; }

  std::vector<std::string> titles() const {
    std::vector<std::string> all;
    for (const WxrItem& item : items) all.push_back(item.title);
    return all;
  }
};

base::Result<void> read(const std::string& text, Collected& into) {
  std::istringstream file(text);
  return read_wxr(file, "export.xml", into);
}

const std::string head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
    "<rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\"\n"
    " xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
    " xmlns:wp=\"http://wordpress.org/export/1.2/\">\n"
    "<channel>\n"
    "<title>The Bell</title><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://bell.example</wp:base_blog_url>\n";
const std::string foot = "</channel>\n</rss>\n";

std::string item(int id, const std::string& title, const std::string& content) {
  const std::string number = std::to_string(id);
  return "<item>\n\t<title>" + title + "</title>\n\t<content:encoded><![CDATA[" + content +
         "]]></content:encoded>\n\t<excerpt:encoded><![CDATA[]]></excerpt:encoded>\n\t<wp:post_id>" + number +
         "</wp:post_id>\n\t<wp:status>publish</wp:status>\n\t<wp:post_type>post</wp:post_type>\n"
         "\t<category domain=\"category\" nicename=\"town\"><![CDATA[Town]]></category>\n"
         "\t<wp:comment><wp:comment_id>" +
         number +
         "1</wp:comment_id><wp:comment_content><![CDATA[Well said]]></wp:comment_content>"
         "<wp:comment_author_IP>192.0.2.1</wp:comment_author_IP><wp:comment_parent>0</wp:comment_parent></wp:comment>\n</item>\n";
}

TEST(WxrReader, Reads_site_terms_authors_items_and_comments) {
  Collected got;
  ASSERT_TRUE(
      read(head +
               "<image><title>Not the site's</title></image>\n"
               "<wp:author><wp:author_id>3</wp:author_id><wp:author_login>ada</wp:author_login></wp:author>\n"
               "<wp:category><wp:term_id>7</wp:term_id><wp:category_nicename>town</wp:category_nicename>"
               "<wp:category_parent>news</wp:category_parent><wp:cat_name><![CDATA[Town]]></wp:cat_name></wp:category>\n" +
               item(5, "Bridge &amp; tunnel", "It opened.") + foot,
           got));
  EXPECT_EQ(got.site.title, "The Bell");
  EXPECT_EQ(got.site.base_blog_url, "https://bell.example");
  ASSERT_EQ(got.authors.size(), 1U);
  EXPECT_EQ(got.authors[0].login, "ada");
  ASSERT_EQ(got.terms.size(), 1U);
  EXPECT_EQ(got.terms[0].taxonomy, "category");
  EXPECT_EQ(got.terms[0].parent, "news");
  ASSERT_EQ(got.items.size(), 1U);
  const WxrItem& only = got.items[0];
  EXPECT_EQ(only.title, "Bridge & tunnel");
  EXPECT_EQ(only.content, "It opened.");
  EXPECT_EQ(only.post_id, 5);
  EXPECT_EQ(only.line, 10U);
  ASSERT_EQ(only.terms.size(), 1U);
  EXPECT_EQ(only.terms[0].slug, "town");
  ASSERT_EQ(only.comments.size(), 1U);
  EXPECT_EQ(only.comments[0].id, 51);
  EXPECT_EQ(only.comments[0].content, "Well said");
  EXPECT_TRUE(got.problems.empty());
}

TEST(WxrReader, An_escaped_end_of_cdata_is_one_text) {
  Collected got;
  ASSERT_TRUE(read(head + item(1, "A", "a ]]]]><![CDATA[> b") + foot, got));
  ASSERT_EQ(got.items.size(), 1U);
  EXPECT_EQ(got.items[0].content, "a ]]> b");
}

TEST(WxrReader, An_unescaped_end_of_cdata_as_WordPress_3_1_wrote_it_loses_nothing) {
  Collected got;
  ASSERT_TRUE(
      read(head + item(1, "A", "before") + item(2, "B", "if (a[b[0]]>1) { x < y && z }") + item(3, "C", "after") + foot, got));
  EXPECT_THAT(got.titles(), ElementsAre("A", "B", "C"));
  EXPECT_EQ(got.items[1].content, "if (a[b[0]]>1) { x < y && z }");
  EXPECT_TRUE(got.items[1].is_repaired);
  EXPECT_EQ(got.items[1].comments.size(), 1U);
  ASSERT_EQ(got.problems.size(), 1U);
  EXPECT_EQ(got.problems[0].effect, WxrProblem::Effect::repaired);
  EXPECT_EQ(got.problems[0].line, 17U);
}

TEST(WxrReader, Control_characters_bad_bytes_and_bare_ampersands_are_repaired_item_by_item) {
  Collected got;
  ASSERT_TRUE(read(head + item(1, "One \x01two", "a") + item(2, "B", "caf\xE9!") + item(3, "Salt & vinegar &nbsp;", "c") +
                       item(4, "D", "fine") + foot,
                   got));
  EXPECT_THAT(got.titles(), ElementsAre("One two", "B", "Salt & vinegar &nbsp;", "D"));
  EXPECT_EQ(got.items[1].content, "caf\xEF\xBF\xBD!");
  EXPECT_EQ(got.problems.size(), 3U);
  EXPECT_FALSE(got.items[3].is_repaired);
}

TEST(WxrReader, A_missing_item_end_keeps_both_items) {
  std::string broken = item(1, "A", "a");
  broken.erase(broken.find("</item>"), 7);
  Collected got;
  ASSERT_TRUE(read(head + broken + item(2, "B", "b") + foot, got));
  EXPECT_THAT(got.titles(), ElementsAre("A", "B"));
  EXPECT_EQ(got.items[0].comments.size(), 1U);
}

TEST(WxrReader, A_lost_end_of_content_does_not_swallow_the_next_item) {
  std::string broken = item(1, "A", "a");
  broken.erase(broken.find("]]></content:encoded>"), 21);
  Collected got;
  ASSERT_TRUE(read(head + broken + item(2, "B", "b") + foot, got));
  EXPECT_THAT(got.titles(), ElementsAre("A", "B"));
  EXPECT_EQ(got.items[0].content, "a");
  EXPECT_EQ(got.items[0].post_id, 1);
}

TEST(WxrReader, An_article_that_quotes_a_feed_is_one_item_even_when_broken) {
  const std::string quoted = "a\x02<channel><item><title>x</title></item>\n<item><title>y</title></item></channel> end";
  Collected got;
  ASSERT_TRUE(read(head + item(1, "A", quoted) + item(2, "B", "b") + foot, got));
  EXPECT_THAT(got.titles(), ElementsAre("A", "B"));
  EXPECT_THAT(got.items[0].content, HasSubstr("</channel> end"));
}

TEST(WxrReader, A_cut_off_file_gives_what_is_whole_and_says_where_it_ends) {
  const std::string whole = head + item(1, "A", "a") + item(2, "B", "b");
  for (std::size_t cut = whole.find("<title>B"); cut < whole.size(); ++cut) {
    Collected got;
    ASSERT_TRUE(read(whole.substr(0, cut), got)) << cut;
    ASSERT_GE(got.items.size(), 1U) << cut;
    EXPECT_EQ(got.items[0].title, "A");
    ASSERT_EQ(got.problems.size(), 1U) << cut;
    EXPECT_THAT(got.problems[0].what, HasSubstr("the file ends too early"));
    if (got.items.size() == 2) {
      EXPECT_EQ(got.items[1].content, "b");
    }
    const bool is_told_missing = got.problems[0].effect == WxrProblem::Effect::left_out;
    EXPECT_EQ(got.items.size(), is_told_missing ? 1U : 2U);
  }
}

TEST(WxrReader, What_is_no_export_is_refused_with_its_line_and_nothing_is_told) {
  const std::string strangers[] = {
      "",
      "hello",
      "<!DOCTYPE html>\n<html><body>Hi</body></html>",
      "<?xml version=\"1.0\"?>\n<opml/>",
      "\x89PNG\r\n\x1a\n\0\0",
      "<rss version=\"2.0\"><channel><title>Feed</title><item><title>x</title></item></channel></rss>",
      "<rss version=\"2.0\"><channel><title>Feed</title></channel></rss>"};
  for (const std::string& text : strangers) {
    Collected got;
    const auto result = read(text, got);
    ASSERT_FALSE(result) << text;
    EXPECT_THAT(result.error().key, HasSubstr("line "));
    EXPECT_THAT(result.error().key, HasSubstr("not a WordPress export"));
    EXPECT_EQ(got.sites, 0);
    EXPECT_TRUE(got.items.empty());
  }
}

TEST(WxrReader, Entities_that_multiply_are_refused) {
  Collected got;
  const auto result =
      read("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n" +
               head.substr(41),
           got);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().key, HasSubstr("line 2"));
  EXPECT_THAT(result.error().key, HasSubstr("document type"));
}

TEST(WxrReader, Other_prefixes_versions_and_blanks_before_the_declaration_are_accepted) {
  Collected got;
  ASSERT_TRUE(
      read("\n\n \n<?xml version=\"1.0\"?>\n<rss xmlns:w=\"http://wordpress.org/export/1.1/\" xmlns:c=\"http://purl.org/rss/1.0/"
           "modules/content/\"><channel><w:wxr_version>abc</w:wxr_version><item><w:post_id>4</w:post_id>"
           "<c:encoded>x</c:encoded></item></channel></rss>",
           got));
  ASSERT_EQ(got.items.size(), 1U);
  EXPECT_EQ(got.items[0].post_id, 4);
  EXPECT_EQ(got.items[0].content, "x");
  EXPECT_EQ(got.items[0].line, 5U);
  EXPECT_EQ(got.site.version, "abc");
}

TEST(WxrReader, Old_files_name_terms_twice_and_they_are_kept_once) {
  Collected got;
  std::string old = item(1, "A", "a");
  old.insert(old.find("<wp:post_id>"),
             "<category><![CDATA[Town]]></category><category domain=\"tag\"><![CDATA[Hay]]></category>"
             "<category domain=\"tag\" nicename=\"hay\"><![CDATA[Hay]]></category>");
  ASSERT_TRUE(read(head + old + foot, got));
  ASSERT_EQ(got.items[0].terms.size(), 2U);
  EXPECT_EQ(got.items[0].terms[0].taxonomy, "post_tag");
  EXPECT_EQ(got.items[0].terms[0].slug, "hay");
  EXPECT_EQ(got.items[0].terms[1].slug, "town");
}

TEST(WxrReader, An_export_in_windows_1252_becomes_utf_8) {
  std::string text = head + item(1, "Caf\xE9 \x93now\x94", "a") + foot;
  text.replace(text.find("UTF-8"), 5, "windows-1252");
  Collected got;
  ASSERT_TRUE(read(text, got));
  EXPECT_THAT(got.titles(), ElementsAre("Café “now”"));
}

TEST(WxrReader, What_the_visitor_throws_passes_through) {
  struct Thrower : Collected {
    void on_item(WxrItem) override { throw std::runtime_error("disk full"); }
  } thrower;
  std::istringstream file(head + item(1, "A", "a") + foot);
  EXPECT_THROW((void)read_wxr(file, "export.xml", thrower), std::runtime_error);
}

TEST(WxrReader, A_thousand_broken_items_are_a_thousand_repaired_ones) {
  std::string text = head;
  for (int id = 1; id <= 1000; ++id) text += item(id, "T & " + std::to_string(id), "c");
  Collected got;
  ASSERT_TRUE(read(text + foot, got));
  EXPECT_EQ(got.items.size(), 1000U);
  EXPECT_EQ(got.problems.size(), 1000U);
  EXPECT_EQ(got.items.back().title, "T & 1000");
  EXPECT_EQ(got.progressed, text.size() + foot.size());
}

TEST(WxrReader, Real_exports_are_read_whole) {
  const std::filesystem::path folder = BROADSHEET_SOURCE_DIR "/../shared/data/wxr";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the real exports are not on this machine";
  const std::pair<const char*, std::size_t> files[] = {
      {"cc-labs.xml", 224},
      {"importer__blank-lines.xml", 1},
      {"importer__crazy-cdata-escaped.xml", 1},
      {"importer__invalid-version-tag.xml", 0},
      {"importer__malformed.xml", 0},
      {"importer__missing-version-tag.xml", 0},
      {"importer__small-export.xml", 11},
      {"importer__valid-wxr-1.0.xml", 6},
      {"importer__valid-wxr-1.1.xml", 2},
      {"importer__wxr-simple.xml", 1},
      {"wp-64-block-test-data.xml", 72},
      {"wptt-themeunittestdata-2017.xml", 148},
      {"wptt-themeunittestdata.xml", 180},
  };
  for (const auto& [name, items] : files) {
    Collected got;
    const auto result = read_wxr(folder / name, got);
    ASSERT_TRUE(result) << name << ": " << result.error().key;
    EXPECT_EQ(got.items.size(), items) << name;
    EXPECT_EQ(got.problems.size(), std::string_view(name) == "importer__malformed.xml" ? 1U : 0U) << name;
    if (std::string_view(name) == "importer__malformed.xml") {
      EXPECT_EQ(got.terms.size(), 53U);
    }
  }
}

}  // namespace
}  // namespace import_
