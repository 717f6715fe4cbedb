// One's own words: editing, deleting, previewing, and learning why a comment waits. All without a script and without an account.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "base/format.h"
#include "desk/capability.h"
#include "desk/moderate_comment.h"
#include "site/test_site.h"

namespace site {
namespace {

using base::Purpose;
using desk::operator_at_the_command_line;

news::SiteSettings moderated(news::Moderation moderation) {
  news::SiteSettings settings = plain_settings();
  settings.moderation = moderation;
  return settings;
}

std::string path_of(std::string address) { return address.substr(0, address.find('#')); }

// The grant in the link to `path` ("/comment/edit"), or "".
std::string grant_in(const http::Response& page, const std::string& path) {
  std::smatch found;
  const std::regex link(path + "\\?grant=([A-Za-z0-9_%.-]+)");
  return std::regex_search(page.body, found, link) ? std::string(found[1]) : std::string();
}

// A comment with what its author was given.
struct Posted {
  std::string place;  // with ?posted=
  std::string edit;
  std::string remove;
  std::string cookie;
};

Posted post_comment(TestSite& site, const desk::PublishedArticle& article, const std::string& text = "I was there.") {
  const http::Response answer = site.comment(article, text);
  EXPECT_EQ(answer.status, 303);
  const std::string place = path_of(header(answer, "Location"));
  const http::Response page = site.get(place);
  const std::string cookie = header(answer, "Set-Cookie");
  return {place, grant_in(page, "/comment/edit"), grant_in(page, "/comment/delete"), cookie.substr(0, cookie.find(';'))};
}

http::Response edit(TestSite& site, const std::string& grant, const std::string& text, const std::string& cookie = {}) {
  http::Request request = make_post("/comment/edit", {{"grant", grant}, {"comment", text}});
  if (!cookie.empty()) request.headers.push_back({"Cookie", cookie});
  return site.handle(std::move(request));
}

void publish_seen(TestSite& site, std::int64_t id, int version) {
  ASSERT_TRUE(desk::publish_comments(site.desk(), operator_at_the_command_line, {{{id}, version}}));
}

TEST(OwnComment, Its_author_alone_is_given_links_to_change_and_delete_it) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article);
  EXPECT_FALSE(mine.edit.empty());
  EXPECT_FALSE(mine.remove.empty());
  const http::Response others = site.get(article.address);
  EXPECT_FALSE(contains(others.body, "/comment/edit"));
  EXPECT_FALSE(contains(others.body, "/comment/delete"));
  const http::Response form = site.get("/comment/edit?grant=" + mine.edit);
  EXPECT_EQ(form.status, 200);
  EXPECT_EQ(header(form, "Cache-Control"), "no-store");
  EXPECT_EQ(header(form, "X-Robots-Tag"), "noindex");
  EXPECT_TRUE(contains(form.body, "I was there."));
}

TEST(OwnComment, Its_author_is_told_until_when_it_can_be_changed_with_the_date_where_that_is_another_day) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  EXPECT_THAT(words_of(site.get(post_comment(site, article).place)), testing::HasSubstr("Edit (until 12:15)"));
  news::SiteSettings patient = plain_settings();
  patient.comment_edit_minutes = 24 * 60;
  TestSite other(patient);
  const Posted mine = post_comment(other, other.publish("The bridge opens"));
  EXPECT_THAT(words_of(other.get(mine.place)), testing::ContainsRegex("Edit \\(until [0-9]+ [A-Z][a-z]+ [0-9]{4}, 12:00\\)"));
}

TEST(OwnComment, An_edit_is_shown_says_so_and_keeps_the_version_before) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article, "I was thre.");
  site.clock().advance(std::chrono::minutes(14));
  const http::Response answer = edit(site, mine.edit, "I was *there*.");
  ASSERT_EQ(answer.status, 303);
  EXPECT_TRUE(contains(header(answer, "Location"), "#comment-1"));
  const http::Response page = site.get(article.address);
  EXPECT_TRUE(contains(page.body, "I was <em>there</em>."));
  EXPECT_FALSE(contains(page.body, "thre."));
  EXPECT_TRUE(contains(words_of(page), "Edited"));
  const auto versions = desk::list_versions(site.desk(), operator_at_the_command_line, {1});
  ASSERT_EQ(versions->size(), 2u);
  EXPECT_EQ(versions->at(0).source, "I was thre.");
  EXPECT_EQ(versions->at(1).source, "I was *there*.");
}

TEST(OwnComment, The_same_text_again_is_no_edit) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article);
  EXPECT_EQ(edit(site, mine.edit, "I was there.").status, 303);
  EXPECT_FALSE(contains(words_of(site.get(article.address)), "Edited"));
  EXPECT_EQ(desk::list_versions(site.desk(), operator_at_the_command_line, {1})->size(), 1u);
}

// Invariant 6.
TEST(OwnComment, An_edit_of_a_published_comment_waits_while_the_published_text_stays) {
  TestSite site(moderated(news::Moderation::first));
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article, "Harmless.");
  publish_seen(site, 1, 1);
  ASSERT_EQ(edit(site, mine.edit, "Buy at spam.example.", mine.cookie).status, 303);
  const http::Response others = site.get(article.address);
  EXPECT_TRUE(contains(others.body, "Harmless."));
  EXPECT_FALSE(contains(others.body, "spam.example"));
  EXPECT_FALSE(contains(site.get("/comment/report?comment=1").body, "spam.example"));
  const http::Response own = site.get(mine.place);
  EXPECT_TRUE(contains(words_of(own), "Your new text awaits moderation."));
  EXPECT_TRUE(contains(own.body, "Buy at"));
  const auto edits = desk::list_edits(site.desk(), operator_at_the_command_line, 10);
  ASSERT_EQ(edits->size(), 1u);
  EXPECT_EQ(edits->front().source, "Buy at spam.example.");

  // What was seen is what is published: the number of another version publishes nothing.
  EXPECT_FALSE(desk::publish_comments(site.desk(), operator_at_the_command_line, {{{1}, 3}}));
  EXPECT_FALSE(desk::moderate_comments(site.desk(), operator_at_the_command_line, {{1}}, news::CommentStatus::published));
  EXPECT_FALSE(contains(site.get(article.address).body, "spam.example"));
  publish_seen(site, 1, 2);
  EXPECT_TRUE(contains(site.get(article.address).body, "spam.example"));
}

TEST(OwnComment, A_refused_edit_changes_nothing_that_others_see) {
  TestSite site(moderated(news::Moderation::all));
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article, "Harmless.");
  publish_seen(site, 1, 1);
  ASSERT_EQ(edit(site, mine.edit, "Harmful.").status, 303);
  const std::string before = site.get(article.address).body;
  ASSERT_TRUE(desk::refuse_edit(site.desk(), operator_at_the_command_line, {{1}, 2}));
  EXPECT_EQ(site.get(article.address).body, before);
  EXPECT_FALSE(desk::refuse_edit(site.desk(), operator_at_the_command_line, {{1}, 2}));
  EXPECT_FALSE(desk::publish_comments(site.desk(), operator_at_the_command_line, {{{1}, 2}}));
  EXPECT_FALSE(contains(site.get(mine.place).body, "Harmful."));
}

TEST(OwnComment, A_moderator_publishes_what_they_read_though_its_author_edited_it_meanwhile) {
  TestSite site(moderated(news::Moderation::first));
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article, "Read this.");
  ASSERT_EQ(edit(site, mine.edit, "Never read.").status, 303);
  EXPECT_FALSE(desk::moderate_comments(site.desk(), operator_at_the_command_line, {{1}}, news::CommentStatus::published));
  EXPECT_FALSE(desk::publish_comments(site.desk(), operator_at_the_command_line, {{{1}, 1}}));
  EXPECT_FALSE(contains(site.get(article.address).body, "read."));
  publish_seen(site, 1, 2);
  EXPECT_TRUE(contains(site.get(article.address).body, "Never read."));
}

TEST(OwnComment, Deleting_takes_text_name_and_website_and_leaves_the_place_of_a_thread) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article, "Regretted.");
  Fields reply = site.filled_form(article, "An answer.", "Bo Reader", "bo@example.org");
  for (auto& [name, value] : reply) {
    if (name == "parent") value = "1";
  }
  ASSERT_EQ(site.post("/comment", reply).status, 303);
  site.clock().advance(std::chrono::hours(24));
  const http::Response form = site.get("/comment/delete?grant=" + mine.remove);
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(contains(form.body, "Regretted."));
  const http::Response answer = site.post("/comment/delete", {{"grant", mine.remove}});
  ASSERT_EQ(answer.status, 303);
  EXPECT_TRUE(contains(words_of(site.get(path_of(header(answer, "Location")))), "Your comment was deleted."));
  const http::Response page = site.get(article.address);
  EXPECT_FALSE(contains(page.body, "Regretted."));
  EXPECT_FALSE(contains(page.body, "Ada Reader"));
  EXPECT_TRUE(contains(page.body, "An answer."));
  EXPECT_TRUE(contains(page.body, "id=\"comment-1\""));
  EXPECT_TRUE(contains(words_of(page), "1 comment"));
  EXPECT_EQ(site.get("/comment/1").status, 404);
  EXPECT_FALSE(contains(site.get("/").body, "Regretted."));

  // Nobody brings it back, and its capabilities do nothing more.
  EXPECT_FALSE(desk::publish_comments(site.desk(), operator_at_the_command_line, {{{1}, 1}}));
  EXPECT_EQ(site.get("/comment/edit?grant=" + mine.edit).status, 403);
  EXPECT_EQ(site.post("/comment/delete", {{"grant", mine.remove}}).status, 303);
}

TEST(OwnComment, Writing_again_what_was_deleted_is_a_new_comment) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article);
  ASSERT_EQ(site.post("/comment/delete", {{"grant", mine.remove}}).status, 303);
  post_comment(site, article);
  EXPECT_TRUE(contains(site.get(article.address).body, "id=\"comment-2\""));
}

// Invariant 5: each part of a capability is checked.
TEST(OwnComment, A_capability_for_anything_else_is_refused_and_nothing_is_written) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article, "Mine.");
  const Posted other = post_comment(site, article, "Somebody's.");
  db::Reading reading = site.database().read();
  db::Query row = reading.query("SELECT reader_id FROM comments WHERE id = 1");
  ASSERT_TRUE(row.next());
  const std::int64_t reader = row.integer(0);
  const base::Time later = noon + base::Seconds(60);
  const auto issued = [&](Purpose purpose, std::int64_t object, std::int64_t subject, base::Time expires) {
    return desk::issue(site.secrets(), purpose, {object, subject, expires});
  };
  const std::string posted = mine.place.substr(mine.place.find("posted=") + 7);
  const std::vector<std::pair<const char*, std::string>> wrong = {
      {"forged", "forged"},
      {"none", ""},
      {"another purpose of this comment", mine.remove},
      {"seeing is not changing", posted},
      {"another comment", issued(Purpose::edit_comment, 4711, reader, later)},
      {"a comment of another reader", issued(Purpose::edit_comment, 2, reader, later)},
      {"another reader", issued(Purpose::edit_comment, 1, reader + 1, later)},
      {"no reader", issued(Purpose::edit_comment, 1, 0, later)},
      {"expired", issued(Purpose::edit_comment, 1, reader, noon)},
      {"one letter changed", mine.edit.substr(0, mine.edit.size() - 1) + (mine.edit.back() == 'A' ? 'B' : 'A')},
  };
  const std::string before = site.database_digest();
  for (const auto& [what, grant] : wrong) {
    EXPECT_EQ(site.get("/comment/edit?grant=" + grant).status, 403) << what;
    const http::Response refused = edit(site, grant, "Changed by nobody.");
    EXPECT_EQ(refused.status, 403) << what;
    EXPECT_TRUE(contains(refused.body, "Changed by nobody.")) << what;
  }
  for (const std::string& grant :
       {mine.edit, posted, issued(Purpose::delete_comment, 1, reader + 1, later),
        issued(Purpose::delete_comment, 2, reader, later), issued(Purpose::delete_comment, 1, reader, noon)}) {
    EXPECT_EQ(site.get("/comment/delete?grant=" + grant).status, 403);
    EXPECT_EQ(site.post("/comment/delete", {{"grant", grant}}).status, 403);
  }
  EXPECT_EQ(site.database_digest(), before);
  EXPECT_TRUE(contains(site.get(article.address).body, "Mine."));
  EXPECT_TRUE(contains(site.get(article.address).body, "Somebody"));
  EXPECT_EQ(site.get("/comment/edit?grant=" + issued(Purpose::edit_comment, 1, reader, later)).status, 200);
  EXPECT_NE(other.edit, mine.edit);
}

TEST(OwnComment, The_time_to_edit_ends_and_the_text_is_given_back) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article, "As it was.");
  site.clock().advance(std::chrono::minutes(15));
  EXPECT_EQ(site.get("/comment/edit?grant=" + mine.edit).status, 403);
  const http::Response late = edit(site, mine.edit, "Too late, but not lost.");
  EXPECT_EQ(late.status, 403);
  EXPECT_TRUE(contains(late.body, "Too late, but not lost."));
  EXPECT_TRUE(contains(site.get(article.address).body, "As it was."));
  const http::Response own = site.get(mine.place);
  EXPECT_TRUE(grant_in(own, "/comment/edit").empty());
  EXPECT_FALSE(grant_in(own, "/comment/delete").empty());
}

TEST(OwnComment, Asking_and_foreign_forms_change_nothing) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article);
  const std::string before = site.database_digest();
  for (const std::string& address : {"/comment/edit?comment=Changed.&grant=" + mine.edit, "/comment/delete?grant=" + mine.remove,
                                     std::string("/comment/report?comment=1&reason=spam&sent=1"), mine.place}) {
    site.get(address);
    http::Request head = make_get(address);
    head.method = http::Method::head;
    site.handle(std::move(head));
  }
  const std::vector<std::pair<std::string, Fields>> forms = {
      {"/comment/edit", {{"grant", mine.edit}, {"comment", "From elsewhere."}}},
      {"/comment/delete", {{"grant", mine.remove}}},
      {"/comment/report", {{"comment", "1"}, {"reason", "spam"}}},
  };
  for (const auto& [address, fields] : forms) {
    for (const std::vector<http::Header>& headers :
         {std::vector<http::Header>{}, {{"Sec-Fetch-Site", "cross-site"}}, {{"Origin", "https://evil.example"}}})
      EXPECT_EQ(site.handle(make_post(address, fields, headers)).status, 403) << address;
  }
  EXPECT_EQ(site.database_digest(), before);
}

TEST(OwnComment, A_bad_edit_is_named_and_given_back) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article);
  const http::Response empty = edit(site, mine.edit, "  \n ");
  EXPECT_EQ(empty.status, 422);
  EXPECT_TRUE(contains(words_of(empty), "The comment is empty."));
  const http::Response longer = edit(site, mine.edit, "Begin " + std::string(10'001, 'x'));
  EXPECT_EQ(longer.status, 422);
  EXPECT_TRUE(contains(longer.body, "Begin xxx"));
}

TEST(OwnComment, Why_it_waits_is_told_to_its_author_alone) {
  TestSite site(moderated(news::Moderation::first));
  const auto article = site.publish("The bridge opens");
  const Posted mine = post_comment(site, article, "Hold me.");
  EXPECT_TRUE(contains(words_of(site.get(mine.place)), "Only you can see this. Comments by new readers are read by an editor"));
  ASSERT_TRUE(desk::moderate_comments(site.desk(), operator_at_the_command_line, {{1}}, news::CommentStatus::rejected));
  EXPECT_TRUE(contains(words_of(site.get(mine.place)), "An editor decided not to publish this comment."));
  ASSERT_TRUE(desk::moderate_comments(site.desk(), operator_at_the_command_line, {{1}}, news::CommentStatus::spam));
  EXPECT_TRUE(contains(words_of(site.get(mine.place)), "Awaiting moderation."));
  EXPECT_FALSE(contains(site.get(article.address).body, "Hold me."));
}

TEST(OwnComment, A_preview_is_what_will_be_shown_and_stores_nothing) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  Fields form = site.filled_form(article, "> It **opens**.\n\n- one\n- two\n\n<script>alert(1)</script> `code`", "", "");
  form.emplace_back("preview", "1");
  const std::string before = site.database_digest();
  const http::Response page = site.post("/comment", form);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(header(page, "Cache-Control"), "no-store");
  EXPECT_TRUE(contains(page.body, "<blockquote>"));
  EXPECT_TRUE(contains(page.body, "<strong>opens</strong>"));
  EXPECT_TRUE(contains(page.body, "<li>one</li>"));
  EXPECT_TRUE(contains(page.body, "&lt;script&gt;alert(1)&lt;/script&gt; <code>code</code>"));
  EXPECT_TRUE(contains(page.body, "&gt; It **opens**."));
  EXPECT_FALSE(contains(words_of(page), "Please give a name."));
  EXPECT_EQ(site.database_digest(), before);

  const Posted mine = post_comment(site, article);
  const http::Response edited = site.post("/comment/edit", {{"grant", mine.edit}, {"comment", "Now *so*."}, {"preview", "1"}});
  EXPECT_EQ(edited.status, 200);
  EXPECT_TRUE(contains(edited.body, "<em>so</em>"));
  EXPECT_EQ(field_value(edited.body, "grant"), mine.edit);
  EXPECT_FALSE(contains(site.get(article.address).body, "<em>so</em>"));
}

}  // namespace
}  // namespace site
