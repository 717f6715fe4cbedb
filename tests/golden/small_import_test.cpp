// The import as readers see it, on a small export of our own (small.xml), so that a clone without the real ones tests it too.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "db/temporary_folder.h"
#include "golden/imported_site.h"

namespace golden {
namespace {

namespace fs = std::filesystem;
using site::contains;

const fs::path small = BROADSHEET_SOURCE_DIR "/tests/golden/small.xml";

// The smallest picture that says its size: 3 by 2.
std::string png() {
  using namespace std::string_literals;
  return "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\0\0\0\0"s + std::string(40, '\0');
}

class SmallImport : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(uploads_.path() / "2019/03");
    std::ofstream(uploads_.path() / "2019/03/mole.png", std::ios::binary) << png();
    std::ofstream(uploads_.path() / "2019/03/door.php") << "<?php";
    ASSERT_TRUE(imported_.import({small}, uploads_.path()));
  }

  std::string page(const std::string& address) { return imported_.site().get(address).body; }
  int status(const std::string& address) { return imported_.site().get(address).status; }
  // Where a redirect leads; "" if there is none.
  std::string moved_to(const std::string& address) {
    const http::Response answer = imported_.site().get(address);
    return answer.status == 301 ? site::header(answer, "Location") : std::string();
  }
  const import_::KindCount& of(const char* kind) { return imported_.report().of(kind); }

  db::TemporaryFolder uploads_;
  ImportedSite imported_;
};

TEST_F(SmallImport, Every_item_is_accounted_for) {
  EXPECT_EQ(wrong_sums(imported_.report()), std::vector<std::string>{});
  EXPECT_EQ(of("authors").imported, 1);
  EXPECT_EQ(of("categories").imported, 2);
  EXPECT_EQ(of("tags").imported, 1);
  EXPECT_EQ(of("posts").in, 7);
  EXPECT_EQ(of("posts").imported, 6);
  EXPECT_EQ(of("pages").imported, 2);
  EXPECT_EQ(of("attachments").imported, 1);
  EXPECT_EQ(of("comments").in, 8);
  EXPECT_EQ(of("comments").imported, 6);
  EXPECT_EQ(of("menu_items").in, 3);
  EXPECT_EQ(of("menu_items").imported, 2);
  EXPECT_EQ(of("files").imported, 1);
  ASSERT_EQ(of("posts").left_out.size(), 1U);
  EXPECT_EQ(of("posts").left_out[0].id, "16");
  EXPECT_EQ(of("posts").left_out[0].why, "it is in the trash");
  ASSERT_EQ(of("files").left_out.size(), 1U);
  EXPECT_EQ(of("files").left_out[0].id, "2019/03/door.php");
}

TEST_F(SmallImport, An_article_keeps_its_address_words_and_place) {
  const std::string html = page("/2019/03/the-ferry-returns/");
  const ShownArticle article = take_apart(html);
  EXPECT_EQ(article.headline, "The ferry returns");
  EXPECT_EQ(words_in(article.body), "The ferry “Sallow” is back. She was away for nine weeks. New paint Old engine ");
  EXPECT_TRUE(contains(html, "Nine weeks without her are over."));
  EXPECT_TRUE(contains(html, "Mirabel Fenn"));
  EXPECT_TRUE(contains(html, "/category/harbour/ferries/"));
  EXPECT_TRUE(contains(html, "/tag/fog/"));
}

TEST_F(SmallImport, Replies_hang_below_what_they_answer_though_they_came_first) {
  const std::vector<ShownComment> comments = take_apart(page("/2019/03/the-ferry-returns/")).comments;
  ASSERT_EQ(comments.size(), 4U);
  EXPECT_EQ(comments[0].author, "Ottoline");
  EXPECT_EQ(words_in(comments[0].html), "How does she float? Honestly. ");
  EXPECT_EQ(comments[0].parent, -1);
  EXPECT_EQ(comments[1].author, "Mirabel Fenn");
  EXPECT_EQ(words_in(comments[1].html), "She is “stout”, thank you. ");
  EXPECT_EQ(comments[1].parent, 0);
  EXPECT_EQ(comments[2].author, "Tobit");
  EXPECT_EQ(comments[2].parent, 1);
  EXPECT_EQ(comments[3].author, "Gull & Rope");
  EXPECT_TRUE(comments[3].is_pingback);
  EXPECT_FALSE(comments[0].is_pingback);
}

TEST_F(SmallImport, A_note_of_the_editors_is_left_out_and_thrown_away_comments_stay_hidden) {
  const std::string html = page("/2019/03/the-ferry-returns/");
  EXPECT_FALSE(contains(html, "A rude word"));
  EXPECT_FALSE(contains(html, "Nobody has read this one yet"));
  EXPECT_FALSE(contains(html, "Check the weeks again"));
  ASSERT_EQ(of("comments").left_out.size(), 2U);
  EXPECT_EQ(of("comments").left_out[0].why, "it is an editor's note, not a comment");
}

TEST_F(SmallImport, Nobody_reads_a_draft_or_what_is_private) {
  EXPECT_EQ(status("/?p=11"), 404);
  EXPECT_EQ(status("/?p=12"), 404);
  EXPECT_EQ(status("/2019/03/lamp-oil/"), 404);
  EXPECT_EQ(status("/2019/03/thrown-away/"), 404);
  EXPECT_EQ(status("/2019/03/half-a-thought/"), 404);
  for (const std::string& address : imported_.site().crawl()) {
    EXPECT_FALSE(contains(page(address), "Half a thought")) << address;
    EXPECT_FALSE(contains(page(address), "lamp oil")) << address;
  }
}

TEST_F(SmallImport, A_password_is_asked_for_before_the_words_are_shown) {
  const http::Response answer = imported_.site().get("/2019/03/supper/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(take_apart(answer.body).is_locked);
  EXPECT_EQ(take_apart(answer.body).headline, "Supper at the lighthouse");
  EXPECT_FALSE(contains(answer.body, "Herring"));
  EXPECT_FALSE(contains(imported_.database_bytes(), ">herring<"));
  const auto field = [&](const char* name) { return std::pair(std::string(name), site::field_value(answer.body, name)); };
  const http::Response opened = imported_.site().post("/password", {field("article"), field("stamp"), {"password", "herring"}});
  EXPECT_EQ(opened.status, 303);
  EXPECT_FALSE(site::header(opened, "Set-Cookie").empty());
}

TEST_F(SmallImport, Pages_of_one_article_become_one_page_with_its_pictures_captioned) {
  const std::string html = page("/2019/03/a-walk/");
  EXPECT_EQ(words_in(take_apart(html).body), "Out by the mill. Past the mole. Up the hill. The mole at low water ");
  EXPECT_TRUE(contains(html, "<figcaption"));
  EXPECT_TRUE(contains(html, "src=\"/wp-content/uploads/2019/03/mole.png\""));
  EXPECT_EQ(moved_to("/2019/03/a-walk/2/"), "/2019/03/a-walk/#page-2");
}

TEST_F(SmallImport, An_end_of_CDATA_that_WordPress_forgot_to_escape_loses_nothing) {
  EXPECT_EQ(words_in(take_apart(page("/2019/03/tide-table/")).body), "if (high[tide[0]]>4) ring(); Then the bell rings. ");
}

TEST_F(SmallImport, Pages_stand_below_their_parents_though_they_came_first) {
  const std::string html = page("/the-paper/who-we-are/");
  EXPECT_EQ(take_apart(html).headline, "Who we are");
  EXPECT_TRUE(contains(html, "href=\"/the-paper/\""));
  EXPECT_TRUE(contains(page("/the-paper/"), "/the-paper/who-we-are/"));
}

TEST_F(SmallImport, The_menu_stands_on_every_page_in_its_order) {
  const std::string html = page("/");
  const std::size_t harbour = html.find("<li><a href=\"/category/harbour/\">Harbour</a></li>");
  const std::size_t about = html.find("<li><a href=\"/the-paper/\">About us</a></li>");
  ASSERT_NE(harbour, std::string::npos);
  ASSERT_NE(about, std::string::npos);
  EXPECT_LT(harbour, about);
  EXPECT_FALSE(contains(html, "javascript:"));
}

TEST_F(SmallImport, A_sticky_article_leads_the_front_page_with_its_featured_picture) {
  const std::string html = page("/");
  EXPECT_LT(html.find("The ferry returns"), html.find("How our tide table is made"));
  EXPECT_TRUE(contains(page("/2019/03/the-ferry-returns/"), "alt=\"A mole of grey stone\""));
  EXPECT_TRUE(contains(page("/2019/03/the-ferry-returns/"), "width=\"3\""));
}

TEST_F(SmallImport, An_upload_is_served_where_it_was_and_a_program_is_not) {
  const http::Response picture = imported_.site().get("/wp-content/uploads/2019/03/mole.png");
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(site::header(picture, "Content-Type"), "image/png");
  EXPECT_EQ(status("/wp-content/uploads/2019/03/door.php"), 404);
}

TEST_F(SmallImport, Every_old_way_leads_to_where_it_led) {
  EXPECT_EQ(moved_to("/?p=10"), "/2019/03/the-ferry-returns/");
  EXPECT_EQ(moved_to("/?page_id=20"), "/the-paper/");
  EXPECT_EQ(moved_to("/2019/03/the-ferry-comes-back/"), "/2019/03/the-ferry-returns/");
  EXPECT_EQ(moved_to("/2019/03/the-ferry-returns/mole/"), "/2019/03/the-ferry-returns/");
  EXPECT_EQ(moved_to("/?attachment_id=30"), "/wp-content/uploads/2019/03/mole.png");
  EXPECT_EQ(moved_to("/?cat=7"), "/category/harbour/ferries/");
  EXPECT_EQ(moved_to("/?tag=fog"), "/tag/fog/");
  EXPECT_EQ(moved_to("/?author=4"), "/author/mirabel/");
  for (const char* list : {"/category/harbour/ferries/", "/tag/fog/", "/author/mirabel/", "/2019/", "/2019/03/", "/2019/03/02/"}) {
    EXPECT_EQ(status(list), 200) << list;
    EXPECT_TRUE(contains(page(list), "The ferry returns")) << list;
  }
}

TEST_F(SmallImport, A_second_import_changes_nothing) {
  const std::string before = imported_.site().database_digest();
  ASSERT_TRUE(imported_.import({small}, uploads_.path()));
  EXPECT_EQ(imported_.site().database_digest(), before);
  EXPECT_EQ(wrong_sums(imported_.report()), std::vector<std::string>{});
  for (const auto& [kind, count] : imported_.report().kinds()) EXPECT_EQ(count.imported, 0) << kind;
  EXPECT_EQ(of("posts").already, 6);
  EXPECT_EQ(of("comments").already, 6);
}

TEST_F(SmallImport, A_file_that_is_no_export_is_refused_and_nothing_changes) {
  const std::string before = imported_.site().database_digest();
  const fs::path file = uploads_.path() / "letter.xml";
  for (const char* content : {"<html><body>Dear editor</body></html>", "<?xml version=\"1.0\"?><letter/>", "", "Dear editor",
                              "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>A feed</title><item><title>News</title></item></channel></rss>"}) {
    std::ofstream(file) << content;
    const base::Result<void> done = imported_.import({small, file});
    ASSERT_FALSE(done) << content;
    EXPECT_TRUE(contains(done.error().key, "letter.xml")) << done.error().key;
    EXPECT_EQ(imported_.site().database_digest(), before);
  }
}

TEST_F(SmallImport, No_commenters_email_is_on_any_page_or_plain_in_the_database) {
  std::string everything = imported_.database_bytes();
  for (const std::string& address : imported_.site().crawl()) everything += page(address);
  EXPECT_TRUE(contains(everything, "An answer to the answer."));
  EXPECT_FALSE(contains(everything, "tobit.private@readers.example"));
  EXPECT_FALSE(contains(everything, "ottoline.private@readers.example"));
  EXPECT_FALSE(contains(everything, "mirabel@lantern.example"));
  EXPECT_FALSE(contains(everything, "192.0.2.44"));
}

TEST_F(SmallImport, More_attachments_than_memory_should_hold_are_read_from_the_file_again) {
  std::ostringstream text;
  text << std::ifstream(small).rdbuf();
  std::string heavy = text.str();
  const std::string attachment = "<wp:post_type>attachment</wp:post_type>";
  ASSERT_NE(heavy.find(attachment), std::string::npos);
  heavy.insert(heavy.find(attachment), "<wp:postmeta><wp:meta_key>sizes</wp:meta_key><wp:meta_value>" + std::string(9U << 20U, 'x') +
                                           "</wp:meta_value></wp:postmeta>");
  std::ofstream(uploads_.path() / "heavy.xml") << heavy;
  ImportedSite again;
  ASSERT_TRUE(again.import({uploads_.path() / "heavy.xml"}, uploads_.path()));
  for (const char* kind : {"authors", "categories", "tags", "attachments", "posts", "pages", "comments", "menu_items"}) {
    EXPECT_EQ(again.report().of(kind).imported, of(kind).imported) << kind;
  }
}

}  // namespace
}  // namespace golden
