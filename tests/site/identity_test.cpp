// Readers who prove their email address by a mailed link: how they sign in, what it earns them, whose name is whose.
#include <gtest/gtest.h>

#include "base/format.h"
#include "desk/moderate_comment.h"
#include "site/mail_site.h"

namespace site {
namespace {

using news::Moderation;

void publish_comment(TestSite& site, std::int64_t id) {
  EXPECT_TRUE(desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{id}}, news::CommentStatus::published));
}

std::string mailed_key(TestSite& site, SmtpServer& server, const std::string& email) {
  EXPECT_EQ(site.post("/reader/sign-in", {{"email", email}}).status, 303);
  send_mails(site, server);
  return key_in(server.receive(), "/reader/confirm");
}

TEST(SignIn, A_mailed_link_shows_a_button_and_only_the_button_signs_in) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const std::string key = mailed_key(site, server, "ada@example.org");
  const std::string before = site.database_digest();
  const http::Response page = site.get("/reader/confirm?key=" + key);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(field_value(page.body, "key"), key);
  EXPECT_EQ(header(page, "Cache-Control"), "no-store");
  EXPECT_EQ(header(page, "X-Robots-Tag"), "noindex");
  EXPECT_EQ(header(page, "Set-Cookie"), "");
  EXPECT_EQ(site.database_digest(), before);

  Browser browser(site);
  const http::Response done = browser.post("/reader/confirm", {{"key", key}});
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(header(done, "Location"), "/reader");
  EXPECT_TRUE(contains(words_of(browser.get("/reader")), "You are signed in"));
  EXPECT_FALSE(contains(browser.get("/reader").body, "ada@"));
}

TEST(SignIn, The_cookie_reaches_forms_and_the_readers_own_pages_only) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const http::Response done = site.post("/reader/confirm", {{"key", mailed_key(site, server, "ada@example.org")}});
  std::vector<std::string> paths;
  for (const http::Header& one : done.headers) {
    if (one.name != "Set-Cookie") continue;
    const std::size_t start = one.value.find("Path=") + 5;
    paths.push_back(one.value.substr(start, one.value.find(';', start) - start));
    for (const char* part : {"session=", "HttpOnly", "SameSite=Lax", "Secure"}) EXPECT_TRUE(contains(one.value, part)) << part;
  }
  EXPECT_EQ(paths, (std::vector<std::string>{"/comment", "/reader"}));
}

TEST(SignIn, A_link_works_once_and_for_half_an_hour_and_all_links_of_an_address_end_with_it) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const std::string first = mailed_key(site, server, "ada@example.org");
  const std::string second = mailed_key(site, server, "ada@example.org");
  EXPECT_EQ(site.post("/reader/confirm", {{"key", second}}).status, 303);
  for (const std::string& key : {first, second}) {
    EXPECT_EQ(site.get("/reader/confirm?key=" + key).status, 410);
    EXPECT_EQ(site.post("/reader/confirm", {{"key", key}}).status, 410);
  }
  const std::string late = mailed_key(site, server, "ben@example.org");
  site.clock().advance(std::chrono::minutes(30));
  EXPECT_EQ(site.post("/reader/confirm", {{"key", late}}).status, 410);
  EXPECT_EQ(count_rows(site, "reader_sessions"), 1);
}

TEST(SignIn, Known_and_unknown_addresses_get_the_same_answer) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  Browser browser(site);
  sign_in(site, server, browser, "ada@example.org");
  const http::Response known = site.post("/reader/sign-in", {{"email", "ada@example.org"}});
  const http::Response unknown = site.post("/reader/sign-in", {{"email", "eve@example.org"}});
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(header(known, "Location"), header(unknown, "Location"));
  EXPECT_EQ(known.body, unknown.body);
}

TEST(SignIn, What_is_no_address_is_given_back) {
  TestSite site(mailing_settings());
  const http::Response page = site.post("/reader/sign-in", {{"email", "ada \"at\" home"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(contains(page.body, "ada &quot;at&quot; home"));
  EXPECT_TRUE(contains(words_of(page), "This email address looks incomplete."));
  EXPECT_EQ(count_rows(site, "outbox"), 0);
}

TEST(SignIn, A_form_from_elsewhere_signs_nobody_in_or_out) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const std::string key = mailed_key(site, server, "ada@example.org");
  const std::string before = site.database_digest();
  const std::vector<http::Header> foreign = {{"Sec-Fetch-Site", "cross-site"}};
  for (const char* path : {"/reader/sign-in", "/reader/confirm", "/reader/sign-out", "/reader/follow"}) {
    const http::Response answer = site.handle(make_post(path, {{"key", key}, {"email", "ada@example.org"}}, foreign));
    EXPECT_EQ(answer.status, 403) << path;
    EXPECT_EQ(header(answer, "Set-Cookie"), "") << path;
  }
  EXPECT_EQ(site.database_digest(), before);
}

TEST(SignIn, A_session_that_was_ended_proves_nothing_any_more) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  Browser browser(site);
  sign_in(site, server, browser, "ada@example.org");
  Browser thief = browser;  // has a copy of the cookies
  EXPECT_EQ(browser.post("/reader/sign-out", {}).status, 303);
  EXPECT_FALSE(browser.has_cookie("session"));
  EXPECT_FALSE(contains(words_of(thief.get("/reader")), "You are signed in"));
}

TEST(SignIn, Without_a_mail_server_nothing_of_it_is_offered) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  EXPECT_EQ(site.get("/reader").status, 404);
  EXPECT_EQ(site.get("/reader/confirm?key=x").status, 404);
  EXPECT_EQ(site.post("/reader/sign-in", {{"email", "ada@example.org"}}).status, 404);
  const std::string page = site.get(article.address).body;
  EXPECT_FALSE(contains(page, "name=\"replies\""));
  EXPECT_FALSE(contains(page, "/reader"));
  Fields form = site.filled_form(article);
  form.emplace_back("replies", "1");
  EXPECT_EQ(site.post("/comment", form).status, 303);
  EXPECT_EQ(count_rows(site, "outbox") + count_rows(site, "follows"), 0);
}

TEST(Trust, A_confirmed_reader_with_published_comments_is_not_held_in_any_browser) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings(Moderation::first));
  const auto article = site.publish("The bridge opens");
  Browser old_browser(site);
  old_browser.comment(article, "My first words.", "Ada Reader", "ada@example.org");
  publish_comment(site, 1);

  Browser new_browser(site);
  sign_in(site, server, new_browser, "ada@example.org");
  new_browser.comment(article, "From my new browser.", "Ada Reader", "ada@example.org");
  EXPECT_TRUE(contains(site.get(article.address).body, "From my new browser."));
}

TEST(Trust, Confirming_alone_earns_none) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings(Moderation::first));
  const auto article = site.publish("The bridge opens");
  Browser browser(site);
  sign_in(site, server, browser, "new@example.org");
  browser.comment(article, "Nobody knows me.", "Newcomer", "new@example.org");
  EXPECT_FALSE(contains(site.get(article.address).body, "Nobody knows me."));
}

TEST(Trust, A_session_proves_nothing_for_another_address) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings(Moderation::first));
  const auto article = site.publish("The bridge opens");
  Browser(site).comment(article, "My first words.", "Ada Reader", "ada@example.org");
  publish_comment(site, 1);
  Browser eve(site);
  sign_in(site, server, eve, "eve@example.org");
  eve.comment(article, "I only type her address.", "Somebody", "ada@example.org");
  EXPECT_FALSE(contains(site.get(article.address).body, "I only type"));
}

TEST(Trust, After_signing_out_the_same_browser_is_a_stranger) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings(Moderation::first));
  const auto article = site.publish("The bridge opens");
  Browser browser(site);
  browser.comment(article, "My first words.", "Ada Reader", "ada@example.org");
  publish_comment(site, 1);
  Browser copy = browser;  // keeps the cookie of a returning reader
  sign_in(site, server, browser, "ada@example.org");
  browser.post("/reader/sign-out", {});
  EXPECT_FALSE(browser.has_cookie("reader"));
  copy.comment(article, "Somebody else at this machine.", "Ada Reader", "ada@example.org");
  EXPECT_FALSE(contains(site.get(article.address).body, "Somebody else at this machine."));
}

TEST(Names, Of_staff_authors_and_confirmed_readers_are_worn_by_nobody_else) {
  REQUIRE_SMTP_SERVER(server);
  news::SiteSettings settings = mailing_settings();
  settings.reserved_names = {"The Editors"};
  TestSite site(settings);
  const auto article = site.publish("The bridge opens");  // by Nora Quill
  Browser ada(site);
  sign_in(site, server, ada, "ada@example.org");
  EXPECT_EQ(ada.comment(article, "It is me.", "Ada Reader", "ada@example.org").status, 303);
  Browser eve(site);
  const char* const taken[] = {"the editors", "Nora Quill", "N\u043era  Quill", "NORAQUILL", "Ada Reader", "Ad\u0430 Reader"};
  for (const char* name : taken) {
    const http::Response page = eve.comment(article, "Believe me & <b>me</b>.", name, "eve@example.org");
    EXPECT_EQ(page.status, 422) << name;
    EXPECT_TRUE(contains(words_of(page), "This name belongs to somebody else here")) << name;
    EXPECT_TRUE(contains(page.body, "Believe me &amp; &lt;b&gt;me&lt;/b&gt;.")) << name;
  }
  EXPECT_EQ(eve.comment(article, "As myself.", "Eve Reader", "eve@example.org").status, 303);
  EXPECT_EQ(ada.comment(article, "Me again.", "Ada Reader", "ada@example.org").status, 303);
  EXPECT_EQ(count_rows(site, "comments"), 3);
}

TEST(Names, Typing_the_address_of_their_owner_is_not_enough) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = site.publish("The bridge opens");
  Browser ada(site);
  sign_in(site, server, ada, "ada@example.org");
  ada.comment(article, "It is me.", "Ada Reader", "ada@example.org");
  EXPECT_EQ(Browser(site).comment(article, "Me too.", "Ada Reader", "ada@example.org").status, 422);
}

TEST(Names, A_confirmed_reader_keeps_one_from_others_and_not_many) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = site.publish("The bridge opens");
  Browser ada(site);
  sign_in(site, server, ada, "ada@example.org");
  ada.comment(article, "One.", "First Name", "ada@example.org");
  ada.comment(article, "Two.", "Second Name", "ada@example.org");
  Browser eve(site);
  EXPECT_EQ(eve.comment(article, "Free again.", "First Name", "eve@example.org").status, 303);
  EXPECT_EQ(eve.comment(article, "Taken.", "Second Name", "eve@example.org").status, 422);
}

}  // namespace
}  // namespace site
