#include "view/pages.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "view/example_site.h"

namespace {

using view::example::all_pages;

const view::Theme& theme() {
  static const auto shipped = view::Theme::shipped(view::Catalogue::of("en"));
  return *shipped;
}

std::string page_named(const std::string& name) {
  for (const auto& page : all_pages(theme(), "en")) {
    if (page.name == name) return page.html.string();
  }
  throw std::logic_error("no such page: " + name);
}

bool has(const std::string& html, std::string_view what) { return html.find(what) != std::string::npos; }

std::size_t count(const std::string& html, std::string_view what) {
  std::size_t times = 0;
  for (std::size_t at = 0; (at = html.find(what, at)) != std::string::npos; at += what.size()) ++times;
  return times;
}

struct Frame {
  news::SiteSettings settings = view::example::settings("en");
  news::SiteFrame frame = view::example::frame();
  text::TimeZone zone = *text::TimeZone::named("Europe/Berlin");
  view::Catalogue messages = view::Catalogue::of("en");
  view::Site site() const { return {settings, frame, zone, messages, view::example::at(23, 21, 54)}; }
};

std::string render(const news::Article& article, const news::ThreadPage& thread, std::optional<view::CommentForm> form) {
  const Frame frame;
  return view::render_article(theme(), frame.site(), {article, thread, {}, {}, {}, {}, {}, std::move(form), {}}).string();
}

// Set BROADSHEET_PAGES to a folder to look at them in a browser.
TEST(Pages, Every_kind_of_page_in_every_language_is_one_whole_document_with_one_heading_on_top) {
  const char* folder = std::getenv("BROADSHEET_PAGES");
  for (const std::string& language : view::Catalogue::languages()) {
    const auto translated = view::Theme::shipped(view::Catalogue::of(language));
    for (const auto& page : all_pages(*translated, language)) {
      const std::string& html = page.html.string();
      SCOPED_TRACE(page.name + " in " + language);
      EXPECT_TRUE(html.starts_with("<!DOCTYPE html>"));
      EXPECT_EQ(count(html, "</html>"), 1U);
      EXPECT_EQ(count(html, "<h1"), 1U);
      EXPECT_EQ(count(html, "<ol"), count(html, "</ol>"));
      EXPECT_EQ(count(html, "<li"), count(html, "</li>") + count(html, "<link"));
      EXPECT_EQ(html.find("{{"), std::string::npos);
      if (folder != nullptr) std::ofstream(std::filesystem::path(folder) / (page.name + "." + language + ".html")) << html;
    }
    if (folder == nullptr) continue;
    std::filesystem::create_directories(std::filesystem::path(folder) / "theme");
    for (const char* file : {"style.css", "icon.svg"}) {
      const std::string address = translated->asset_address(file);
      std::ofstream(std::string(folder) + address) << translated->find_asset(address.substr(7))->content;
    }
  }
}

TEST(Pages, An_article_without_comments_invites_the_first_with_the_exact_words) {
  const std::string html = page_named("article-quiet");
  for (const char* words : {"Be the first to comment", "Leave a Reply",
                            "Your email address will not be published. Required fields are marked *", "Post comment"}) {
    EXPECT_TRUE(has(html, words)) << words;
  }
}

TEST(Pages, One_comment_is_counted_as_one_and_the_form_is_still_there) {
  news::ThreadPage thread;
  thread.comments = {view::example::comment(7, 0, "Ada", text::Html::literal("<p>First.</p>"))};
  thread.total = 1;
  const std::string html = render(view::example::article(), thread, view::CommentForm{});
  EXPECT_TRUE(has(html, "<h2>1 comment</h2>"));
  EXPECT_TRUE(has(html, "Leave a Reply"));
  EXPECT_TRUE(has(html, "id=\"comment-7\""));
}

TEST(Pages, A_closed_article_says_so_and_has_neither_form_nor_reply_links) {
  const std::string html = page_named("article-closed");
  EXPECT_TRUE(has(html, "Comments are closed."));
  EXPECT_FALSE(has(html, "class=\"respond\""));
  EXPECT_FALSE(has(html, "replytocom"));
}

TEST(Pages, Replies_stand_in_lists_within_the_comment_they_answer) {
  news::ThreadPage thread;
  for (const auto& [id, depth] : {std::pair{1, 0}, {2, 1}, {3, 2}, {4, 0}}) {
    thread.comments.push_back(view::example::comment(id, depth, "A", text::Html::literal("<p>x</p>")));
  }
  thread.total = 4;
  std::string html = render(view::example::article(), thread, std::nullopt);
  std::string shape;
  for (std::size_t at = html.find("id=\"comments\""); at < html.size(); ++at) {
    for (const char* tag : {"<ol class=\"thread\"", "<li id=\"comment-", "</li>", "</ol>"}) {
      if (html.compare(at, std::string_view(tag).size(), tag) == 0)
        shape += tag[1] == '/' ? (tag[2] == 'l' ? ">" : ")") : (tag[1] == 'o' ? "(" : "<");
    }
    if (html.compare(at, 10, "</section>") == 0) break;
  }
  EXPECT_EQ(shape, "(<(<(<>)>)><>)");
}

TEST(Pages, Replies_that_are_left_out_are_led_to_within_the_comment_they_answer) {
  news::ThreadPage thread;
  for (const auto& [id, depth] : {std::pair{1, 0}, {2, 1}, {3, 2}, {4, 0}, {5, 1}}) {
    thread.comments.push_back(view::example::comment(id, depth, "A", text::Html::literal("<p>x</p>")));
  }
  thread.comments[0].folded_after = news::CommentId{3};
  thread.comments[3].folded_after = news::CommentId{5};
  const std::string html = render(view::example::article(), thread, std::nullopt);
  const std::string first =
      "thread=1&amp;after=3#comments\" rel=\"nofollow\">More replies to A</a></p></li>\n<li id=\"comment-4\"";
  EXPECT_TRUE(has(html, first)) << html.substr(html.find("id=\"comments\""), 4000);
  EXPECT_EQ(count(html, "More replies"), 2U);
  EXPECT_TRUE(has(html, "thread=4&amp;after=5#comments\" rel=\"nofollow\">More replies to A</a></p>\n</li></ol>"));
}

// In the order of the page: what stands above each list of replies.
std::string summaries(const std::string& html) {
  std::string all;
  constexpr std::string_view begin = "<summary>";
  for (std::size_t at = html.find(begin); at < html.size(); at = html.find(begin, at + 1)) {
    const std::size_t from = at + begin.size();
    if (html.compare(at - 6, 6, " open>") == 0) all += html.substr(from, html.find('<', from) - from) + ", ";
  }
  return all;
}

TEST(Pages, Replies_are_counted_as_all_there_are_only_where_all_of_them_are_here) {
  news::ThreadPage thread;
  const auto show = [&](std::initializer_list<std::pair<int, int>> comments) {
    thread.comments.clear();
    for (const auto& [id, depth] : comments)
      thread.comments.push_back(view::example::comment(id, depth, "A", text::Html::literal("<p>x</p>")));
  };
  const auto told = [&] { return summaries(render(view::example::article(), thread, std::nullopt)); };
  show({{1, 0}, {2, 1}, {3, 2}, {4, 1}, {5, 2}, {6, 0}, {7, 1}});
  EXPECT_EQ(told(), "2 replies, 1 reply, 1 reply, 1 reply, ");
  thread.comments[0].folded_after = news::CommentId{5};  // what is left out may answer 1, 4 or 5
  EXPECT_EQ(told(), "2 replies on this page, 1 reply, 1 reply on this page, 1 reply, ");
  thread.part.branch = news::CommentId{3};  // 1 and 2 only say what 3 answers
  show({{1, 0}, {2, 1}, {3, 2}, {4, 3}, {5, 4}, {6, 3}});
  EXPECT_EQ(told(), "1 reply on this page, 1 reply on this page, 2 replies, 1 reply, ");
  thread.next = news::CommentId{6};
  EXPECT_EQ(told(), "1 reply on this page, 1 reply on this page, 2 replies on this page, 1 reply, ");
  thread.next = {};
  thread.part.after = news::CommentId{4};
  show({{1, 0}, {2, 1}, {3, 2}, {5, 3}, {6, 3}, {7, 4}});
  EXPECT_EQ(told(), "1 reply on this page, 1 reply on this page, 2 replies on this page, 1 reply, ");
}

TEST(Pages, Depths_that_jump_or_start_deep_still_give_balanced_lists) {
  news::ThreadPage thread;
  for (const auto& [id, depth] : {std::pair{1, 3}, {2, 9}, {3, 0}, {4, 5}}) {
    thread.comments.push_back(view::example::comment(id, depth, "A", text::Html::literal("<p>x</p>")));
  }
  const std::string html = render(view::example::article(), thread, std::nullopt);
  EXPECT_EQ(count(html, "<ol"), count(html, "</ol>"));
  EXPECT_EQ(count(html, "<ol class=\"thread\""), 3U);
}

TEST(Pages, A_refused_form_keeps_every_word_and_names_each_fault_twice) {
  const std::string html = page_named("article-refused");
  EXPECT_TRUE(has(html, "My first line.\n\nMy second &lt;b&gt;paragraph&lt;/b&gt;.</textarea>"));
  EXPECT_TRUE(has(html, "value=\"ingrid@\""));
  EXPECT_TRUE(has(html, "href=\"#respond-email\""));
  EXPECT_EQ(count(html, "aria-invalid=\"true\""), 3U);
  EXPECT_TRUE(has(html, "aria-describedby=\"respond-email-note respond-email-error\""));
}

// A line break right after <textarea> is dropped by browsers, so one of the template's own must stand before the reader's.
TEST(Pages, A_text_that_begins_with_an_empty_line_keeps_it) {
  view::CommentForm form;
  form.text = "\nsecond line";
  const std::string html = render(view::example::article(), {}, form);
  EXPECT_TRUE(has(html, ">\n\nsecond line</textarea>"));
}

TEST(Pages, A_reply_names_whom_it_answers_and_offers_a_way_back) {
  const std::string html = page_named("article-reply");
  EXPECT_TRUE(has(html, "Reply to Ingrid from Skerry</h2>"));
  EXPECT_TRUE(has(html, "name=\"parent\" value=\"11\""));
  EXPECT_TRUE(has(html, "Cancel reply"));
}

TEST(Pages, What_is_personal_is_not_to_be_indexed) {
  for (const char* name :
       {"article", "article-reply", "article-refused", "search", "comment-form", "password", "not-found", "gone", "error"}) {
    EXPECT_TRUE(has(page_named(name), "<meta name=\"robots\" content=\"noindex\">")) << name;
  }
  for (const char* name : {"front", "article-quiet", "section", "page"}) {
    EXPECT_TRUE(has(page_named(name), "<meta name=\"robots\" content=\"max-image-preview:large\">")) << name;
  }
}

TEST(Pages, A_held_comment_is_marked_for_its_author_and_cannot_be_answered) {
  const std::string html = page_named("article");
  EXPECT_TRUE(has(html, "Awaiting moderation. Only you can see this."));
  EXPECT_FALSE(has(html, "replytocom=21#"));
  EXPECT_TRUE(has(html, "replytocom=11#respond"));
}

TEST(Pages, Times_carry_their_offset_and_updated_stands_only_where_it_differs) {
  news::Article article = view::example::article();
  std::string html = render(article, {}, std::nullopt);
  EXPECT_TRUE(has(html, "<time datetime=\"2026-11-23T07:30:00+01:00\">"));
  EXPECT_TRUE(has(html, "Updated <time"));
  article.updated = article.published;
  html = render(article, {}, std::nullopt);
  EXPECT_FALSE(has(html, "Updated <time"));
}

TEST(Pages, Only_a_site_that_knows_its_address_gives_whole_ones) {
  Frame frame;
  const news::Article article = view::example::article();
  const news::ThreadPage thread;
  const view::ArticlePage page{article, thread, {}, {}, {}, {}, {}, std::nullopt, {}};
  std::string html = view::render_article(theme(), frame.site(), page).string();
  EXPECT_TRUE(has(html, "<link rel=\"canonical\" href=\"https://bell.example/2026/11/ferry-through-the-winter/\">"));
  EXPECT_TRUE(has(html, "<meta property=\"og:image\" content=\"https://bell.example/media/ferry.svg\">"));
  frame.settings.url.clear();
  html = view::render_article(theme(), frame.site(), page).string();
  EXPECT_TRUE(has(html, "<link rel=\"canonical\" href=\"/2026/11/ferry-through-the-winter/\">"));
  EXPECT_FALSE(has(html, "og:image"));
}

TEST(Pages, Text_from_people_stays_text_wherever_it_stands) {
  const std::string evil = "\"><script>alert(1)</script>";
  news::Article article = view::example::article();
  article.headline = article.dateline = evil;
  article.authors = {{evil, "javascript:alert(1)"}};
  article.lead->alternative_text = article.lead->credit = evil;
  news::ThreadPage thread;
  thread.comments = {view::example::comment(1, 0, evil, text::Html::literal("<p>x</p>"))};
  thread.comments[0].website = "javascript:alert(1)";
  thread.comments[0].quote = thread.comments[0].avatar = evil;
  const std::string html =
      render(article, thread,
             view::CommentForm{evil, evil, evil, evil, "</textarea>" + evil, {}, evil, thread.comments[0], {}, false, evil});
  EXPECT_FALSE(has(html, "<script>"));
  EXPECT_EQ(count(html, "<script"), 1U) << "ours";
  EXPECT_FALSE(has(html, "javascript:alert"));
}

TEST(Pages, A_foreign_article_says_its_language_and_direction_and_the_page_keeps_its_own) {
  const std::string html = page_named("article-foreign");
  EXPECT_TRUE(has(html, "<html lang=\"en\" dir=\"ltr\">"));
  EXPECT_TRUE(has(html, "<article class=\"story\" lang=\"ar\">"));
  EXPECT_TRUE(has(html, "<div class=\"body\" dir=\"rtl\">"));
}

TEST(Pages, A_teaser_without_picture_or_authors_shows_none_of_the_article_around_it) {
  const Frame frame;
  const news::Article article = view::example::article();
  const news::ThreadPage thread;
  news::Teaser bare;
  bare.headline = "Bare";
  bare.address = "/bare/";
  const std::string html =
      view::render_article(theme(), frame.site(), {article, thread, bare, {}, {bare}, {}, {}, std::nullopt, {}}).string();
  EXPECT_EQ(count(html, "<img src=\"/media/ferry.svg\""), 1U);
}

TEST(Pages, A_wide_table_scrolls_in_a_box_that_the_keyboard_reaches) {
  const std::string html = page_named("article-quiet");
  EXPECT_TRUE(has(html, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>"));
  EXPECT_TRUE(has(html, "</table></div>"));
}

TEST(Pages, A_search_that_found_more_than_it_lists_says_so) {
  const Frame frame;
  view::SearchPage page{.words = "ferry", .hits = {}, .page = 1, .pages = 30, .total = 300, .has_more = true};
  const std::string_view more = "300 articles found for “ferry”. More articles hold these words: the newest are listed here.";
  EXPECT_TRUE(has(view::render_search(theme(), frame.site(), page).string(), more));
  page.has_more = false;
  EXPECT_FALSE(has(view::render_search(theme(), frame.site(), page).string(), "More articles"));
}

TEST(Pages, Thread_and_list_addresses_follow_WordPress) {
  EXPECT_EQ(view::thread_address("/2026/11/a/", 1), "/2026/11/a/");
  EXPECT_EQ(view::thread_address("/2026/11/a/", 2), "/2026/11/a/comment-page-2/");
  EXPECT_EQ(view::thread_address("/a.html", 2), "/a.html/comment-page-2");
  EXPECT_EQ(view::thread_address("/?p=12", 2), "/?p=12&cpage=2");
  EXPECT_TRUE(has(page_named("section"), "href=\"/category/Harbour/page/4/\""));
  EXPECT_TRUE(has(page_named("search"), "href=\"/search?q=ferry%20winter&amp;page=2\""));
}

}  // namespace
