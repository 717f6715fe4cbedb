// The path of one comment, from the form to the page and back to the reader whatever happens (invariant 2).
#include <gtest/gtest.h>

#include <algorithm>

#include "base/format.h"
#include "desk/moderate_comment.h"
#include "site/test_site.h"
#include "text/json.h"
#include "web/comment_form.h"

namespace site {
namespace {

news::SiteSettings moderated() {
  news::SiteSettings settings = plain_settings();
  settings.moderation = news::Moderation::first;
  return settings;
}

void set(Fields& fields, std::string_view name, std::string value) {
  std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; })->second = std::move(value);
}

std::string path_of(std::string address) { return address.substr(0, address.find('#')); }

TEST(Commenting, A_comment_leads_to_its_own_place_and_is_counted) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const http::Response answer = site.comment(article, "I was **there**.");
  ASSERT_EQ(answer.status, 303);
  const std::string place = header(answer, "Location");
  EXPECT_TRUE(place.starts_with(article.address + "?posted=")) << place;
  EXPECT_TRUE(place.ends_with("#comment-1")) << place;
  EXPECT_EQ(header(answer, "Cache-Control"), "no-store");
  const http::Response mine = site.get(path_of(place));
  EXPECT_EQ(mine.status, 200);
  EXPECT_EQ(header(mine, "Cache-Control"), "no-store");
  EXPECT_EQ(header(mine, "X-Robots-Tag"), "noindex");
  EXPECT_EQ(header(mine, "Referrer-Policy"), "same-origin");
  const http::Response page = site.get(article.address);
  EXPECT_TRUE(contains(page.body, "<strong>there</strong>"));
  EXPECT_TRUE(contains(page.body, "id=\"comment-1\""));
  EXPECT_TRUE(contains(words_of(page), "1 comment"));
  EXPECT_TRUE(contains(words_of(page), "Leave a Reply"));
}

TEST(Commenting, The_cookie_of_a_reader_is_for_forms_only) {
  TestSite site;
  const http::Response answer = site.comment(site.publish("The bridge opens"));
  const std::string cookie = header(answer, "Set-Cookie");
  EXPECT_TRUE(cookie.starts_with("reader="));
  for (const char* part : {"Path=/comment", "HttpOnly", "SameSite=Lax", "Max-Age=31536000"})
    EXPECT_TRUE(contains(cookie, part)) << part;
  EXPECT_FALSE(contains(cookie, "Secure"));
  http::Request secure = make_post("/comment", site.filled_form(site.publish("Another"), "Again."));
  secure.secure = true;
  EXPECT_TRUE(contains(header(site.handle(std::move(secure)), "Set-Cookie"), "; Secure"));
}

TEST(Commenting, A_held_comment_is_seen_by_its_author_alone) {
  TestSite site(moderated());
  const auto article = site.publish("The bridge opens");
  const http::Response answer = site.comment(article, "Hold me.");
  ASSERT_EQ(answer.status, 303);
  const http::Response mine = site.get(path_of(header(answer, "Location")));
  EXPECT_TRUE(contains(words_of(mine), "Hold me."));
  EXPECT_TRUE(contains(words_of(mine), "Awaiting moderation. Only you can see this."));
  const http::Response others = site.get(article.address);
  EXPECT_FALSE(contains(others.body, "Hold me."));
  EXPECT_TRUE(contains(words_of(others), "Be the first to comment"));
  EXPECT_EQ(site.get("/comment/1").status, 404);
  EXPECT_FALSE(contains(site.get(article.address + "?posted=forged").body, "Hold me."));
  EXPECT_FALSE(contains(site.get(article.address + "?replytocom=1").body, "Hold me."));
  // Nor is it seen at another article's address.
  const auto other = site.publish("Another story");
  const std::string place = header(answer, "Location");
  const std::string query = path_of(place).substr(place.find('?'));
  EXPECT_FALSE(contains(site.get(other.address + query).body, "Hold me."));
}

TEST(Commenting, A_returning_reader_is_not_held) {
  TestSite site(moderated());
  const auto article = site.publish("The bridge opens");
  const http::Response first = site.comment(article, "Hold me.");
  ASSERT_TRUE(desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{1}}, news::CommentStatus::published));
  const std::string cookie = header(first, "Set-Cookie");
  http::Request again = make_post("/comment", site.filled_form(article, "Me again."),
                                  {{"Sec-Fetch-Site", "same-origin"}, {"Cookie", cookie.substr(0, cookie.find(';'))}});
  EXPECT_EQ(site.handle(std::move(again)).status, 303);
  EXPECT_TRUE(contains(site.get(article.address).body, "Me again."));
  EXPECT_EQ(site.comment(article, "I only typed their address.").status, 303);
  EXPECT_FALSE(contains(site.get(article.address).body, "I only typed"));
}

TEST(Commenting, A_reply_works_without_scripts) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  site.comment(article, "First.");
  EXPECT_TRUE(contains(site.get(article.address).body, "?replytocom=1#respond"));
  const http::Response page = site.get(article.address + "?replytocom=1");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(header(page, "X-Robots-Tag"), "noindex");
  EXPECT_TRUE(contains(words_of(page), "Reply to Ada Reader"));
  EXPECT_EQ(field_value(page.body, "parent"), "1");
  Fields form = site.filled_form(article, "Second.");
  set(form, "parent", field_value(page.body, "parent"));
  EXPECT_EQ(site.post("/comment", form).status, 303);
  const std::string thread = site.get(article.address).body;
  EXPECT_TRUE(contains(thread, "id=\"comment-2\""));
  db::Reading reading = site.database().read();
  db::Query query = reading.query("SELECT parent_id FROM comments WHERE id = 2");
  ASSERT_TRUE(query.next());
  EXPECT_EQ(query.integer(0), 1);
  EXPECT_EQ(site.get(article.address + "?replytocom=77").status, 302);
}

TEST(Commenting, A_form_with_mistakes_comes_back_with_its_text_and_they_are_named) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const std::string before = site.database_digest();
  Fields form = site.filled_form(article, "A long <b>thought</b> & more.", "", "not-an-address");
  set(form, "website", "javascript:alert(1)");
  const http::Response page = site.post("/comment", form);
  EXPECT_EQ(page.status, 422);
  EXPECT_EQ(header(page, "Cache-Control"), "no-store");
  EXPECT_TRUE(contains(page.body, "A long &lt;b&gt;thought&lt;/b&gt; &amp; more."));
  EXPECT_TRUE(contains(page.body, "not-an-address"));
  EXPECT_TRUE(contains(words_of(page), "Please give a name."));
  EXPECT_TRUE(contains(words_of(page), "This email address looks incomplete."));
  EXPECT_EQ(count(page.body, "aria-invalid=\"true\""), 3);
  EXPECT_TRUE(contains(words_of(page), "The first paragraph."));
  EXPECT_EQ(site.database_digest(), before);
}

TEST(Commenting, A_double_click_makes_one_comment) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Fields form = site.filled_form(article);
  const http::Response first = site.post("/comment", form);
  const http::Response second = site.post("/comment", form);
  EXPECT_EQ(first.status, 303);
  EXPECT_EQ(header(second, "Location"), header(first, "Location"));
  EXPECT_TRUE(contains(words_of(site.get(article.address)), "1 comment"));
}

TEST(Commenting, A_form_from_elsewhere_is_refused_given_back_and_nothing_is_written) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Fields form = site.filled_form(article, "From elsewhere.");
  const std::string before = site.database_digest();
  const std::vector<std::vector<http::Header>> foreign = {
      {},
      {{"Sec-Fetch-Site", "cross-site"}},
      {{"Sec-Fetch-Site", "same-site"}, {"Origin", "https://news.example.org"}},
      {{"Origin", "null"}},
      {{"Origin", "https://evil.example"}},
      {{"Origin", "https://news.example.org.evil.example"}},
      {{"Referer", "https://evil.example/?https://news.example.org/"}},
      {{"Origin", "https://evil.example"}, {"Referer", "https://news.example.org/"}},
  };
  for (const auto& headers : foreign) {
    const http::Response page = site.handle(make_post("/comment", form, headers));
    EXPECT_EQ(page.status, 403) << (headers.empty() ? "no headers" : headers.front().value);
    EXPECT_TRUE(contains(page.body, "From elsewhere."));
    EXPECT_TRUE(contains(words_of(page), "We could not see that this form came from our own page."));
  }
  EXPECT_EQ(site.database_digest(), before);
  for (const http::Header& own :
       std::vector<http::Header>{{"Origin", "https://news.example.org"}, {"Referer", "http://news.example.org/a/"}}) {
    EXPECT_EQ(site.handle(make_post("/comment", form, {own})).status, 303) << own.value;
  }
}

TEST(Commenting, A_form_without_our_stamp_or_with_an_old_one_is_given_back_with_a_new_one) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const auto other = site.publish("Another");
  Fields form = site.filled_form(article, "Late but here.");
  Fields forged = form;
  set(forged, "stamp", "forged");
  EXPECT_EQ(site.post("/comment", forged).status, 403);
  set(forged, "stamp", field_value(site.get(other.address).body, "stamp"));
  EXPECT_EQ(site.post("/comment", forged).status, 403);

  site.clock().advance(std::chrono::hours(24 * 7 + 1));
  const http::Response late = site.post("/comment", form);
  EXPECT_EQ(late.status, 422);
  EXPECT_TRUE(contains(late.body, "Late but here."));
  EXPECT_TRUE(contains(words_of(late), "This form was open for too long."));
  set(form, "stamp", field_value(late.body, "stamp"));
  EXPECT_EQ(site.post("/comment", form).status, 303);
}

TEST(Commenting, Too_many_in_a_minute_are_given_back_with_a_time_to_wait) {
  news::SiteSettings settings = plain_settings();
  settings.comments_per_minute = 2;
  TestSite site(settings);
  const auto article = site.publish("The bridge opens");
  EXPECT_EQ(site.comment(article, "One.").status, 303);
  EXPECT_EQ(site.comment(article, "Two.").status, 303);
  const http::Response third = site.comment(article, "Three.");
  EXPECT_EQ(third.status, 429);
  EXPECT_EQ(header(third, "Retry-After"), "30");
  EXPECT_TRUE(contains(third.body, "Three."));
  site.clock().advance(base::Seconds(30));
  EXPECT_EQ(site.comment(article, "Three.").status, 303);
}

TEST(Commenting, A_closed_article_refuses_and_gives_the_text_back) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Fields form = site.filled_form(article, "Too late.");
  desk::PublishRequest closed = TestSite::some_article("The bridge opens");
  closed.comments = news::Comments::closed;
  closed.slug = "the-bridge-opens";
  site.publish(closed);
  const http::Response page = site.post("/comment", form);
  EXPECT_EQ(page.status, 403);
  EXPECT_TRUE(contains(page.body, "Too late."));
  EXPECT_TRUE(contains(words_of(page), "Comments are closed."));
}

TEST(Commenting, An_article_that_is_gone_gives_the_text_back_alone) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  Fields form = site.filled_form(article, "To nobody.");
  desk::PublishRequest down = TestSite::some_article("The bridge opens");
  down.slug = "the-bridge-opens";
  down.status = news::ArticleStatus::taken_down;
  site.publish(down);
  const http::Response gone = site.post("/comment", form);
  EXPECT_EQ(gone.status, 410);
  EXPECT_TRUE(contains(gone.body, "To nobody."));
  set(form, "article", "999");
  set(form, "stamp", web::make_form_stamp(site.secrets(), {999}, noon));
  const http::Response missing = site.post("/comment", form);
  EXPECT_EQ(missing.status, 404);
  EXPECT_TRUE(contains(missing.body, "To nobody."));
}

// Reading and writing fail alike: even then the text goes back, with the theme's form and no article around it.
TEST(Commenting, A_database_that_is_away_does_not_cost_the_reader_their_text) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Fields form = site.filled_form(article, "Worth an hour of work.");
  db::open_sqlite(site.folder() / "broadsheet.db", db::Access::write)->execute("ALTER TABLE articles RENAME TO away");
  const http::Response page = site.post("/comment", form);
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(header(page, "Retry-After"), "30");
  EXPECT_EQ(header(page, "Cache-Control"), "no-store");
  EXPECT_TRUE(contains(page.body, "Worth an hour of work."));
  EXPECT_TRUE(contains(page.body, "ada@example.org"));
  EXPECT_NE(field_value(page.body, "stamp"), "");
  EXPECT_EQ(field_value(page.body, "article"), std::to_string(article.id.value));
  // A page that was made before is still served; another one says that it cannot be made.
  EXPECT_EQ(site.get(article.address).status, 200);
  EXPECT_EQ(site.get("/category/news/").status, 503);
  // Once it is back, the same form is taken.
  db::open_sqlite(site.folder() / "broadsheet.db", db::Access::write)->execute("ALTER TABLE away RENAME TO articles");
  EXPECT_EQ(site.post("/comment", form).status, 303);
}

TEST(Commenting, Bytes_that_are_no_text_are_refused_and_no_other_field_is_read) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  Fields form = site.filled_form(article, "broken \xff bytes");
  form.emplace_back("status", "published");
  form.emplace_back("reader", "1");
  const http::Response page = site.post("/comment", form);
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(contains(page.body, "broken \xef\xbf\xbd bytes"));
  http::Request untyped = make_post("/comment", site.filled_form(article));
  std::erase_if(untyped.headers, [](const http::Header& one) { return one.name == "Content-Type"; });
  EXPECT_EQ(site.handle(std::move(untyped)).status, 422);
}

TEST(Commenting, Scripts_get_json_from_the_same_result) {
  TestSite site(moderated());
  const auto article = site.publish("The bridge opens");
  const std::vector<http::Header> headers = {{"Sec-Fetch-Site", "same-origin"}, {"Accept", "application/json"}};
  const http::Response made = site.handle(make_post("/comment", site.filled_form(article), headers));
  EXPECT_EQ(made.status, 201);
  const text::json::object body = text::json::parse(made.body).as_object();
  EXPECT_EQ(body.at("id").as_int64(), 1);
  EXPECT_EQ(body.at("status").as_string(), "held");
  EXPECT_TRUE(contains(std::string_view(body.at("address").as_string()), "?posted="));
  const http::Response refused = site.handle(make_post("/comment", site.filled_form(article, "Text.", "Ada", "wrong"), headers));
  EXPECT_EQ(refused.status, 422);
  const text::json::object error = text::json::parse(refused.body).at("error").as_object();
  EXPECT_EQ(error.at("fields").at(0).at("field").as_string(), "email");
  EXPECT_TRUE(contains(std::string_view(error.at("fields").at(0).at("message").as_string()), "looks incomplete"));
}

}  // namespace
}  // namespace site
