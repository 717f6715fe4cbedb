// Three real exports, imported and then read as readers read them, against what a real WordPress 6.1.9 made of the same files
// (../shared/data/golden-import). Where the two differ the reason is listed; what has none fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <regex>
#include <set>

#include "base/format.h"
#include "golden/imported_site.h"
#include "import/golden_test.h"
#include "import/wxr_reader.h"
#include "text/plain.h"
#include "text/slug.h"
#include "text/url.h"

namespace golden {
namespace {

namespace fs = std::filesystem;
using import_::golden::Record;

const fs::path exports_folder = BROADSHEET_SOURCE_DIR "/../shared/data/wxr";
constexpr const char* no_data = "the real exports and WordPress's own renderings are not on this machine";

fs::path export_file(std::string_view name) { return exports_folder / (std::string(name) + ".xml"); }
bool is_here() { return fs::exists(exports_folder) && fs::exists(import_::golden::folder); }

// What differs and why, once each, for whoever reads the test's output.
class Differences {
 public:
  // An empty reason fails the test.
  void add(const Record& record, const std::string& what, const std::string& reason, const std::string& details) {
    EXPECT_FALSE(reason.empty()) << what << " of " << record.name << "\n" << details;
    listed_[reason].insert(what + " of " + record.name);
  }
  std::size_t count() const {
    std::size_t sum = 0;
    for (const auto& [reason, names] : listed_) sum += names.size();
    return sum;
  }
  void print() const {
    for (const auto& [reason, names] : listed_) {
      std::cout << names.size() << " times: " << reason << "\n";
      for (const std::string& name : names) std::cout << "    " << name << "\n";
    }
  }

 private:
  std::map<std::string, std::set<std::string>> listed_;
};

using Words = std::vector<std::string>;

// Why WordPress's words may differ from what we make of the text alone; nothing if they may not.
std::optional<std::string> explain_text(const Record& record, const import_::RenderedText& rendered, const Words& ours, const Words& theirs) {
  if (ours == theirs) return "";
  const std::string reason = import_::golden::explain_words(record, rendered, {ours, {}}, {theirs, {}});
  return reason.empty() ? std::nullopt : std::optional(reason);
}

// Why a page may say more than the text alone: what the site knows beyond it. It may never say less.
std::optional<std::string> explain_page(const Record& record, const Words& page, const Words& alone) {
  if (page == alone) return "";
  if (!import_::golden::is_subsequence(alone, page)) return std::nullopt;
  if (import_::golden::has(record.raw, "wp:footnotes")) return "WordPress 6.1.9 had no footnotes yet and lost them";
  if (import_::golden::has(record.raw, "[gallery") || import_::golden::has(record.raw, "[playlist"))
    return "we show a gallery that WordPress could not show, because its import had no files";
  if (import_::golden::has(record.raw, "<img")) return "a picture of another host became a link, whose words are its description";
  return std::nullopt;
}

// Where a picture became a link, its words touch those beside it.
std::string with_links_apart(std::string_view html) {
  return import_::replace_every(import_::replace_every(html, "</a>", "</a> "), "<a ", " <a ");
}

std::string explain_body(const Record& record, const ShownArticle& page) {
  if (page.is_locked && record.title.starts_with("Protected: ")) return "a form for the password stands in place of the body, here as there";
  import_::WordPressContext context;
  context.post_id = record.id;
  const import_::RenderedText rendered = import_::render_wordpress_content(record.raw, context);
  const Words alone = word_list(with_links_apart(rendered.html));
  const auto text_reason = explain_text(record, rendered, alone, word_list(with_links_apart(record.rendered)));
  const auto page_reason = explain_page(record, word_list(with_links_apart(page.body)), alone);
  if (!text_reason || !page_reason) return {};
  const char* joint = text_reason->empty() || page_reason->empty() ? "" : "; and ";
  return *text_reason + joint + *page_reason;
}

void compare_title(const Record& record, const ShownArticle& page, Differences& differences) {
  std::string theirs = record.title;
  if (theirs.starts_with("Protected: ")) {
    differences.add(record, "the title", "WordPress marks what needs a password with \"Protected: \"; here a form says it", {});
    theirs.erase(0, 11);
  }
  if (words_in(page.headline) == words_in(theirs)) return;
  const std::string reason = theirs.empty() ? "an article without a title needs a name that can be clicked" : "";
  differences.add(record, "the title", reason, "ours: " + page.headline + "\ntheirs: " + theirs);
}

void compare_body(const Record& record, const ShownArticle& page, Differences& differences) {
  const Words ours = word_list(page.body);
  const Words theirs = word_list(record.rendered);
  if (ours == theirs) return;
  differences.add(record, "the body", explain_body(record, page), import_::golden::around_first_difference(ours, theirs));
}

struct Said {
  std::string author, words, parent, date;
  bool is_pingback = false;
};

// Comments with their replies below them, siblings as they are listed.
std::vector<Said> as_thread(const std::vector<Said>& listed, const std::string& parent = {}) {
  std::vector<Said> thread;
  for (const Said& one : listed) {
    if (one.parent != parent) continue;
    thread.push_back(one);
    for (Said& reply : as_thread(listed, one.date + "/" + one.author)) thread.push_back(std::move(reply));
  }
  return thread;
}

std::vector<Said> said_in(const Record& record) {
  std::vector<Said> said;
  for (const Record::Comment& comment : record.comments) {
    if (!comment.is_published) continue;
    const std::string author = text::plain_text_of_untrusted(comment.author);
    const std::size_t slash = comment.parent.find('/');
    const std::string parent =
        comment.parent.empty() ? "" : comment.parent.substr(0, slash + 1) + text::plain_text_of_untrusted(comment.parent.substr(slash + 1));
    said.push_back({author, words_in(comment.rendered), parent, comment.date_gmt, comment.type != "comment"});
  }
  return said;
}

// The page says no seconds, so dates are not compared; the parent is named by author and words.
std::vector<std::string> lines_of(const std::vector<Said>& thread) {
  std::map<std::string, std::string> by_key;
  for (const Said& one : thread) by_key[one.date + "/" + one.author] = one.author + ": " + one.words;
  std::vector<std::string> lines;
  for (const Said& one : thread)
    lines.push_back(base::format("{}{}: {} <- {}", one.is_pingback ? "mention " : "", one.author, one.words, one.parent.empty() ? "" : by_key[one.parent]));
  return lines;
}

// Comments load no pictures: each became a link to its file.
enum class Pictures { as_links, dropped };

std::string words_said(const ShownComment& comment, Pictures pictures) {
  static const std::regex picture("<a href=\"[^\"]*\\.(?:jpe?g|png|gif)(?:\\?[^\"]*)?\"[^>]*>[^<]*</a>");
  return words_in(pictures == Pictures::dropped ? std::regex_replace(comment.html, picture, "") : comment.html);
}

std::vector<std::string> lines_of(const std::vector<ShownComment>& comments, Pictures pictures = Pictures::as_links) {
  std::vector<std::string> lines;
  for (const ShownComment& comment : comments) {
    std::string parent;
    if (comment.parent >= 0) {
      const ShownComment& above = comments[static_cast<std::size_t>(comment.parent)];
      parent = above.author + ": " + words_said(above, pictures);
    }
    lines.push_back(base::format("{}{}: {} <- {}", comment.is_pingback ? "mention " : "", comment.author, words_said(comment, pictures), parent));
  }
  return lines;
}

void compare_comments(const Record& record, const ShownArticle& page, Differences& differences) {
  if (page.is_locked) {
    if (!record.comments.empty()) differences.add(record, "the comments", "they are behind the password, as the body is", {});
    return;
  }
  std::vector<Said> theirs = said_in(record);
  const std::vector<std::string> ours = lines_of(page.comments);
  if (ours == lines_of(as_thread(theirs))) return;
  std::stable_sort(theirs.begin(), theirs.end(), [](const Said& a, const Said& b) { return a.date < b.date; });
  const std::vector<std::string> by_time = lines_of(as_thread(theirs));
  std::string reason;
  if (ours == by_time) reason = "listed there by number; a page of WordPress shows comments by time, and so do we";
  else if (lines_of(page.comments, Pictures::dropped) == by_time) reason = "a picture in a comment became a link, whose words are its description";
  differences.add(record, "the comments", reason, import_::golden::around_first_difference(ours, by_time));
}

struct Compared {
  int pages = 0;
  int redirected = 0;
  int comments = 0;
};

Compared compare_all(ImportedSite& imported, std::string_view file, Differences& differences) {
  Compared compared;
  for (const Record& record : import_::golden::load_records(file)) {
    if (record.status != "publish") continue;
    const Arrival arrival = imported.go(record.link);
    EXPECT_EQ(arrival.response.status, 200) << record.name << " at " << record.link << " by " << arrival.address;
    if (arrival.response.status != 200) continue;
    ++compared.pages;
    compared.redirected += arrival.is_redirected ? 1 : 0;
    const ShownArticle page = take_apart(arrival.response.body);
    compared.comments += static_cast<int>(page.comments.size());
    compare_title(record, page, differences);
    compare_body(record, page, differences);
    compare_comments(record, page, differences);
  }
  std::cout << file << ": " << compared.pages << " pages and " << compared.comments << " comments compared, " << compared.redirected << " by a redirect\n";
  differences.print();
  return compared;
}

TEST(WordPressSite, A_blog_of_ten_years_reads_as_it_did) {
  if (!is_here()) GTEST_SKIP() << no_data;
  ImportedSite imported;
  ASSERT_TRUE(imported.import({export_file("cc-labs")}));
  Differences differences;
  const Compared compared = compare_all(imported, "cc-labs", differences);
  EXPECT_EQ(compared.pages, 224);
  EXPECT_EQ(compared.redirected, 0);
  EXPECT_EQ(compared.comments, 181);
  EXPECT_LE(differences.count(), 60U) << "more differences than were looked at";
}

TEST(WordPressSite, Block_markup_reads_as_in_WordPress) {
  if (!is_here()) GTEST_SKIP() << no_data;
  ImportedSite imported;
  ASSERT_TRUE(imported.import({export_file("wp-64-block-test-data")}));
  Differences differences;
  const Compared compared = compare_all(imported, "wp-64-block-test-data", differences);
  EXPECT_EQ(compared.pages, 62);
  EXPECT_EQ(compared.comments, 2);
  EXPECT_LE(differences.count(), 40U) << "more differences than were looked at";
}

TEST(WordPressSite, The_theme_unit_test_reads_as_in_WordPress) {
  if (!is_here()) GTEST_SKIP() << no_data;
  ImportedSite imported;
  ASSERT_TRUE(imported.import({export_file("wptt-themeunittestdata")}));
  Differences differences;
  const Compared compared = compare_all(imported, "wptt-themeunittestdata", differences);
  EXPECT_EQ(compared.pages, 70);
  EXPECT_EQ(compared.comments, 28);  // and one behind a password
  EXPECT_LE(differences.count(), 40U) << "more differences than were looked at";
}

// --- what the files hold, counted here

struct Census : import_::WxrVisitor {
  std::map<std::string, std::int64_t> of_type;
  std::int64_t comments = 0;
  std::vector<import_::WxrItem> published;
  std::vector<import_::WxrTerm> terms;
  std::vector<import_::WxrAuthor> authors;
  std::set<std::string> emails;
  std::string texts;  // what was written for everybody to read

  void on_site(const import_::WxrSite&) override {}
  void on_author(import_::WxrAuthor author) override { authors.push_back(std::move(author)); }
  void on_term(import_::WxrTerm term) override { terms.push_back(std::move(term)); }
  void on_problem(const import_::WxrProblem&) override {}
  void on_item(import_::WxrItem item) override {
    ++of_type[item.post_type];
    comments += static_cast<std::int64_t>(item.comments.size());
    texts += item.content + item.excerpt;
    for (const import_::WxrComment& comment : item.comments) {
      if (!comment.email.empty()) emails.insert(comment.email);
      texts += comment.content + comment.author;
    }
    if (item.status == "publish" && (item.post_type == "post" || item.post_type == "page")) published.push_back(std::move(item));
  }
};

void expect_every_item_accounted_for(const import_::Report& report, const Census& census) {
  EXPECT_EQ(wrong_sums(report), std::vector<std::string>{});
  for (const auto& [type, count] : census.of_type) {
    const std::string kind = type == "post" ? "posts" : type == "page" ? "pages" : type == "attachment" ? "attachments" : type == "nav_menu_item" ? "menu_items" : type;
    EXPECT_EQ(report.of(kind).in, count) << kind;
  }
  EXPECT_EQ(report.of("comments").in, census.comments);
}

TEST(WordPressSite, A_second_import_changes_nothing_and_each_item_is_accounted_for_both_times) {
  if (!is_here()) GTEST_SKIP() << no_data;
  for (const std::string_view name : import_::golden::exports) {
    SCOPED_TRACE(name);
    Census census;
    ASSERT_TRUE(import_::read_wxr(export_file(name), census));
    ImportedSite imported;
    ASSERT_TRUE(imported.import({export_file(name)}));
    expect_every_item_accounted_for(imported.report(), census);
    const std::string before = imported.site().database_digest();
    ASSERT_TRUE(imported.import({export_file(name)}));
    EXPECT_TRUE(imported.site().database_digest() == before);
    expect_every_item_accounted_for(imported.report(), census);
    for (const auto& [kind, count] : imported.report().kinds()) EXPECT_EQ(count.imported, 0) << kind;
    for (const char* kind : {"authors", "categories", "tags", "posts", "pages"}) EXPECT_EQ(imported.report().of(kind).already, imported.report().of(kind).in) << kind;
  }
}

TEST(WordPressSite, Small_exports_import_or_are_refused_with_the_sums_right) {
  if (!is_here()) GTEST_SKIP() << no_data;
  int imports = 0;
  for (const auto& entry : fs::directory_iterator(exports_folder)) {
    if (!entry.path().filename().string().starts_with("importer__")) continue;
    SCOPED_TRACE(entry.path().filename().string());
    ImportedSite imported;
    const std::string before = imported.site().database_digest();
    if (const base::Result<void> done = imported.import({entry.path()}); !done) {
      EXPECT_TRUE(imported.site().database_digest() == before);
      std::cout << "refused: " << done.error().key << "\n";
      continue;
    }
    ++imports;
    Census census;
    ASSERT_TRUE(import_::read_wxr(entry.path(), census));
    expect_every_item_accounted_for(imported.report(), census);
    EXPECT_EQ(imported.site().get("/").status, 200);
    const std::string after = imported.site().database_digest();
    ASSERT_TRUE(imported.import({entry.path()}));
    EXPECT_TRUE(imported.site().database_digest() == after);
  }
  EXPECT_GE(imports, 14);
}

TEST(WordPressSite, A_malformed_export_is_recovered_item_by_item) {
  if (!is_here()) GTEST_SKIP() << no_data;
  ImportedSite imported;
  ASSERT_TRUE(imported.import({export_file("importer__malformed")}));
  EXPECT_EQ(imported.report().of("tags").imported, 18);
  EXPECT_GT(imported.report().of("categories").imported, 15);
  const bool says_line = std::any_of(imported.report().notes().begin(), imported.report().notes().end(),
                                     [](const std::string& note) { return site::contains(note, "importer__malformed.xml, line "); });
  const auto& items = imported.report().of("items").left_out;
  EXPECT_TRUE(says_line || (!items.empty() && site::contains(items.front().why, "line ")));
}

// --- addresses

std::string path_of(const std::string& link) {
  const auto url = text::parse_url(link);
  return url ? url->path : link;
}

void expect_arrival(ImportedSite& imported, const std::string& address) {
  const Arrival arrival = imported.go(address);
  EXPECT_EQ(arrival.response.status, 200) << address << " by " << arrival.address;
}

TEST(WordPressSite, Every_old_way_to_an_article_or_a_list_leads_there) {
  if (!is_here()) GTEST_SKIP() << no_data;
  Census census;
  ASSERT_TRUE(import_::read_wxr(export_file("cc-labs"), census));
  ImportedSite imported;
  ASSERT_TRUE(imported.import({export_file("cc-labs")}));
  for (const import_::WxrItem& item : census.published) {
    const std::string key = text::address_key(path_of(item.link)).value_or("");
    for (const char* name : {"p", "page_id"}) {
      const Arrival arrival = imported.go(base::format("/?{}={}", name, item.post_id));
      EXPECT_EQ(arrival.response.status, 200);
      EXPECT_EQ(text::address_key(arrival.address), key) << item.post_id;
    }
    if (item.post_type != "post") continue;
    expect_arrival(imported, base::format("/{}/", item.post_date.substr(0, 4)));
    expect_arrival(imported, base::format("/{}/{}/", item.post_date.substr(0, 4), item.post_date.substr(5, 2)));
    expect_arrival(imported, base::format("/{}/{}/{}/", item.post_date.substr(0, 4), item.post_date.substr(5, 2), item.post_date.substr(8, 2)));
    expect_arrival(imported, "/author/" + text::slugify(item.creator) + "/");
  }
  EXPECT_EQ(census.published.size(), 224U);
  for (const import_::WxrTerm& term : census.terms) {
    if (term.taxonomy == "category") expect_arrival(imported, "/category/" + term.slug + "/");
    if (term.taxonomy == "category") expect_arrival(imported, base::format("/?cat={}", term.id));
    if (term.taxonomy == "post_tag") expect_arrival(imported, "/tag/" + term.slug + "/");
  }
  for (const import_::WxrAuthor& author : census.authors) expect_arrival(imported, base::format("/?author={}", author.id));
}

TEST(WordPressSite, An_upload_is_copied_and_served_where_it_was) {
  if (!is_here()) GTEST_SKIP() << no_data;
  const db::TemporaryFolder copy;
  const std::string content = "The bytes of a picture of a boat.";
  fs::create_directories(copy.path() / "2008/06");
  std::ofstream(copy.path() / "2008/06/canola2.jpg") << content;
  ImportedSite imported;
  ASSERT_TRUE(imported.import({export_file("wptt-themeunittestdata")}, copy.path()));
  EXPECT_EQ(imported.report().of("files").imported, 1);
  const http::Response answer = imported.site().get("/wp-content/uploads/2008/06/canola2.jpg");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(site::header(answer, "Content-Type"), "image/jpeg");
  EXPECT_TRUE(answer.file || answer.body == content);
  const std::string before = imported.site().database_digest();
  ASSERT_TRUE(imported.import({export_file("wptt-themeunittestdata")}, copy.path()));
  EXPECT_TRUE(imported.site().database_digest() == before);
  EXPECT_EQ(imported.report().of("files").already, 1);
}

TEST(WordPressSite, No_commenters_email_is_on_any_page_or_plain_in_the_database) {
  if (!is_here()) GTEST_SKIP() << no_data;
  Census census;
  ASSERT_TRUE(import_::read_wxr(export_file("cc-labs"), census));
  // What somebody wrote into a public text is no secret of this site.
  std::erase_if(census.emails, [&](const std::string& email) { return site::contains(census.texts, email); });
  ASSERT_GT(census.emails.size(), 80U);
  ImportedSite imported;
  ASSERT_TRUE(imported.import({export_file("cc-labs")}));
  std::string everything = imported.database_bytes();
  for (const std::string& address : imported.site().crawl()) everything += imported.site().get(address).body;
  for (const import_::WxrItem& item : census.published) everything += imported.go(path_of(item.link)).response.body;
  ASSERT_TRUE(site::contains(everything, "The CC Tech Blog"));
  for (const std::string& email : census.emails) EXPECT_FALSE(site::contains(everything, email)) << email;
}

}  // namespace
}  // namespace golden
