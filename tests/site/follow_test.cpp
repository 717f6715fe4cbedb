// Mails about replies: asked for twice, ended by one click, quiet where a thread is on fire, and harmless whatever people write.
#include <gtest/gtest.h>

#include "base/format.h"
#include "desk/moderate_comment.h"
#include "desk/sign_in.h"
#include "site/mail_site.h"

namespace site {
namespace {

using news::CommentStatus;
using news::Moderation;

const Fields wants_replies = {{"replies", "1"}};

void decide(TestSite& site, std::int64_t id, CommentStatus status) {
  EXPECT_TRUE(desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{id}}, status));
}

Fields reply_to(std::int64_t id) { return {{"parent", std::to_string(id)}}; }

// Ada's comment 1, which she follows: the first mail is answered.
desk::PublishedArticle followed_article(TestSite& site, SmtpServer& server) {
  const auto article = site.publish("The bridge opens");
  Browser ada(site);
  EXPECT_EQ(ada.comment(article, "Who was there?", "Ada Reader", "ada@example.org", wants_replies).status, 303);
  if (site.settings().moderation != Moderation::none) decide(site, 1, CommentStatus::published);
  send_mails(site, server);
  EXPECT_EQ(site.post("/reader/follow", {{"key", key_in(server.receive(), "/reader/follow")}}).status, 200);
  return article;
}

TEST(Following, Begins_with_a_mail_that_asks_and_holds_nothing_that_anybody_wrote) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = site.publish("The bridge opens");
  Browser(site).comment(article, "Buy at shop.example", "Evil Name", "ada@example.org", wants_replies);
  Browser(site).comment(article, "An answer.", "Ben Reader", "ben@example.org", reply_to(1));
  send_mails(site, server);
  const ReceivedMail mail = server.receive();
  EXPECT_EQ(mail.to, std::vector<std::string>{"ada@example.org"});
  EXPECT_TRUE(contains(mail.text, "The bridge opens"));
  EXPECT_FALSE(contains(mail.raw + mail.text + mail.html, "Evil Name") || contains(mail.text, "shop.example"));
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 0) << "before it is answered, nobody hears of a reply";

  const std::string key = key_in(mail, "/reader/follow");
  const std::string before = site.database_digest();
  EXPECT_EQ(field_value(site.get("/reader/follow?key=" + key).body, "key"), key);
  EXPECT_EQ(site.database_digest(), before);
  EXPECT_EQ(site.post("/reader/follow", {{"key", key}}).status, 200);
  EXPECT_EQ(count_rows(site, "follows WHERE confirmed = 1"), 1);
}

TEST(Following, A_reply_leads_to_its_place_and_the_mail_ends_with_one_click) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = followed_article(site, server);
  Browser(site).comment(article, "I was.", "Ben Reader", "ben@example.org", reply_to(1));
  send_mails(site, server);
  const ReceivedMail mail = server.receive();
  EXPECT_EQ(mail.to, std::vector<std::string>{"ada@example.org"});
  EXPECT_TRUE(contains(mail.text, "Ben Reader answered your comment"));
  EXPECT_TRUE(contains(mail.text, "> I was."));
  EXPECT_TRUE(contains(mail.text, "https://news.example.org" + article.address + "#comment-2"));
  EXPECT_FALSE(contains(mail.raw + mail.text + mail.html, "ben@"));
  EXPECT_EQ(mail.headers.at("list-unsubscribe-post"), "List-Unsubscribe=One-Click");

  // As a provider of mail does it: no cookie, no origin, the body that RFC 8058 names.
  std::string address = mail.headers.at("list-unsubscribe");
  address = address.substr(address.find("/reader/unfollow"));
  address.pop_back();
  const std::string before = site.database_digest();
  EXPECT_EQ(site.get(address).status, 200);
  EXPECT_EQ(site.database_digest(), before) << "looking at it ends nothing";
  EXPECT_EQ(site.handle(make_post(address, {{"List-Unsubscribe", "One-Click"}}, {})).status, 200);
  EXPECT_EQ(count_rows(site, "follows"), 0);
  EXPECT_EQ(site.handle(make_post(address, {{"List-Unsubscribe", "One-Click"}}, {})).status, 200) << "twice is as good as once";
  Browser(site).comment(article, "Me too.", "Cem Reader", "cem@example.org", reply_to(1));
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 0);
}

TEST(Following, Nobody_hears_of_what_the_public_does_not_see) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings(Moderation::first));
  const auto article = followed_article(site, server);
  Browser(site).comment(article, "Held words.", "Ben Reader", "ben@example.org", reply_to(1));
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 0);
  decide(site, 2, CommentStatus::published);
  decide(site, 2, CommentStatus::held);
  send_mails(site, server);
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 0) << "withdrawn before the mail went out: it is dropped";
  Browser(site).comment(article, "Good words.", "Cem Reader", "cem@example.org", reply_to(1));
  decide(site, 3, CommentStatus::published);
  decide(site, 3, CommentStatus::held);
  decide(site, 3, CommentStatus::published);
  send_mails(site, server);
  EXPECT_TRUE(contains(server.receive().text, "> Good words."));
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 0) << "and once only";
}

TEST(Following, Nobody_is_told_of_their_own_reply) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = followed_article(site, server);
  Browser(site).comment(article, "Nobody?", "Ada Reader", "ada@example.org", reply_to(1));
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 0);
}

TEST(Following, A_thread_on_fire_is_quiet_after_three_mails_in_an_hour) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = followed_article(site, server);
  for (int i = 0; i < 8; ++i) {
    Browser(site).comment(article, base::format("Reply {}.", i), base::format("Reader {}", i), base::format("r{}@example.org", i),
                          reply_to(1));
  }
  EXPECT_EQ(count_rows(site, "outbox WHERE kind = 3"), 3);
  site.clock().advance(std::chrono::hours(2));
  Browser(site).comment(article, "Later.", "Late Reader", "late@example.org", reply_to(1));
  EXPECT_EQ(count_rows(site, "outbox WHERE kind = 3"), 4);
}

TEST(Following, Where_threads_are_flat_the_one_who_is_answered_hears_of_it) {
  REQUIRE_SMTP_SERVER(server);
  news::SiteSettings settings = mailing_settings();
  settings.max_comment_depth = 1;
  TestSite site(settings);
  const auto article = site.publish("The bridge opens");
  Browser(site).comment(article, "First.", "Ben Reader", "ben@example.org");
  Browser(site).comment(article, "Second.", "Ada Reader", "ada@example.org", {{"parent", "1"}, {"replies", "1"}});
  send_mails(site, server);
  EXPECT_EQ(site.post("/reader/follow", {{"key", key_in(server.receive(), "/reader/follow")}}).status, 200);
  Browser(site).comment(article, "To Ada.", "Cem Reader", "cem@example.org", reply_to(2));
  send_mails(site, server);
  EXPECT_EQ(server.receive().to, std::vector<std::string>{"ada@example.org"});
}

TEST(Following, One_who_is_signed_in_is_not_asked_again_and_sees_what_they_follow) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = site.publish("The bridge opens");
  Browser ada(site);
  sign_in(site, server, ada, "ada@example.org");
  ada.comment(article, "Who was there?", "Ada Reader", "ada@example.org", wants_replies);
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 0);
  const http::Response account = ada.get("/reader");
  EXPECT_TRUE(contains(words_of(account), "The bridge opens"));
  EXPECT_EQ(ada.post("/reader/unfollow", {{"key", field_value(account.body, "key")}}).status, 200);
  EXPECT_EQ(count_rows(site, "follows"), 0);
}

TEST(Following, A_wish_that_nobody_confirms_is_forgotten) {
  TestSite site(mailing_settings());
  const auto article = site.publish("The bridge opens");
  Browser(site).comment(article, "Words.", "Ada Reader", "ada@example.org", wants_replies);
  EXPECT_EQ(count_rows(site, "follows"), 1);
  site.clock().advance(std::chrono::days(4));
  desk::forget_sign_ins(site.desk());
  EXPECT_EQ(count_rows(site, "follows"), 0);
}

// Swapping the purpose, the object, the person or the time of a capability opens nothing.
TEST(Capabilities, Of_mails_are_good_for_one_thing_of_one_person_until_their_time) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = site.publish("The bridge opens");
  const http::Response posted = Browser(site).comment(article, "Words.", "Ada Reader", "ada@example.org", wants_replies);
  send_mails(site, server);
  const std::string follow = key_in(server.receive(), "/reader/follow");
  site.post("/reader/sign-in", {{"email", "ada@example.org"}});
  send_mails(site, server);
  const std::string confirm = key_in(server.receive(), "/reader/confirm");
  const std::string place = header(posted, "Location");
  const std::string held = place.substr(place.find("posted=") + 7, place.find('#') - place.find("posted=") - 7);
  const std::string other_object = base::Secrets::ephemeral().sign(base::Purpose::follow, "9 1 1 99999999999");

  const std::string before = site.database_digest();
  const auto refused = [&](const std::string& path, const std::string& key) {
    const int shown = site.get(path + "?key=" + key).status;
    const int done = site.post(path, {{"key", key}}).status;
    return shown == 403 && done == 403;
  };
  for (const std::string& key : {confirm, held, other_object, std::string("x"), std::string(), follow + "A", follow.substr(1)})
    EXPECT_TRUE(refused("/reader/follow", key)) << key;
  for (const std::string& key : {follow, held, std::string("x")}) EXPECT_TRUE(refused("/reader/confirm", key)) << key;
  for (const std::string& key : {follow, confirm, held}) EXPECT_TRUE(refused("/reader/unfollow", key)) << key;
  EXPECT_FALSE(contains(site.get(article.address + "?posted=" + follow).body, "Only you can see this"));
  EXPECT_FALSE(contains(words_of(site.handle(make_get("/reader", {{"Cookie", "session=" + confirm}}))), "You are signed in"));
  EXPECT_EQ(site.database_digest(), before);

  site.clock().advance(std::chrono::days(3));
  EXPECT_TRUE(refused("/reader/follow", follow));
  EXPECT_EQ(site.database_digest(), before);
}

// The same row number for somebody else: the subject is looked at too.
TEST(Capabilities, Bound_to_a_person_are_not_good_for_whoever_comes_after_in_the_same_place) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = site.publish("The bridge opens");
  Browser(site).comment(article, "Words.", "Ada Reader", "ada@example.org", wants_replies);
  send_mails(site, server);
  const std::string key = key_in(server.receive(), "/reader/follow");
  db::open_sqlite(site.folder() / "broadsheet.db", db::Access::write)
      ->execute("UPDATE follows SET email_hash = zeroblob(32) WHERE id = 1");
  EXPECT_EQ(site.post("/reader/follow", {{"key", key}}).status, 403);
}

}  // namespace
}  // namespace site
