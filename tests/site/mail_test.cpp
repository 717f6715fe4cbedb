// Mails from the outbox to a real SMTP server, which also refuses, stalls and drops.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "base/format.h"
#include "desk/send_mail.h"
#include "site/mail_site.h"

namespace site {
namespace {

using news::Moderation;

void ask(TestSite& site, const std::string& email) { EXPECT_EQ(site.post("/reader/sign-in", {{"email", email}}).status, 303); }

std::string state_of_mail(TestSite& site) {
  db::Reading reading = site.database().read();
  db::Query row = reading.query("SELECT state, attempts, problem FROM outbox ORDER BY id DESC LIMIT 1");
  return row.next() ? base::format("{} {} {}", row.integer(0), row.integer(1), row.text(2)) : "none";
}

TEST(Mail, Arrives_whole_with_the_headers_that_mail_programs_expect) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  ask(site, "ada@example.org");
  send_mails(site, server);
  const ReceivedMail mail = server.receive();
  EXPECT_EQ(mail.from, "paper@example.org");
  EXPECT_EQ(mail.to, std::vector<std::string>{"ada@example.org"});
  EXPECT_EQ(mail.headers.at("subject"), "Your link to sign in at The Stavermouth Bell");
  EXPECT_EQ(mail.headers.at("from"), "\"The Stavermouth Bell\" <paper@example.org>");
  EXPECT_EQ(mail.headers.at("auto-submitted"), "auto-generated");
  EXPECT_TRUE(mail.headers.contains("message-id"));
  EXPECT_TRUE(mail.headers.contains("date"));
  EXPECT_TRUE(contains(mail.text, "https://news.example.org/reader/confirm?key="));
  EXPECT_TRUE(contains(mail.html, "<a href=\"https://news.example.org/reader/confirm?key="));
  EXPECT_FALSE(contains(mail.raw, "=0A"));
  EXPECT_EQ(state_of_mail(site), "1 1 ");
}

TEST(Mail, Is_written_in_the_language_of_whoever_gets_it) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const std::vector<http::Header> arabic = {{"Sec-Fetch-Site", "same-origin"}, {"Accept-Language", "fr-CA, ar;q=0.8, en;q=0.5"}};
  EXPECT_EQ(site.handle(make_post("/reader/sign-in", {{"email", "ada@example.org"}}, arabic)).status, 303);
  send_mails(site, server);
  const ReceivedMail mail = server.receive();
  EXPECT_TRUE(contains(mail.html, "<html lang=\"ar\" dir=\"rtl\">"));
  EXPECT_TRUE(contains(mail.headers.at("subject"), "=?utf-8?B?"));
}

TEST(Mail, What_the_server_refuses_for_good_is_not_tried_again_and_names_no_address) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  ask(site, "refused@example.org");
  testing::internal::CaptureStderr();
  send_mails(site, server);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(state_of_mail(site).starts_with("2 1 ")) << state_of_mail(site);
  EXPECT_TRUE(contains(log, "550"));
  EXPECT_FALSE(contains(log, "refused@") || contains(log, "example.org")) << log;
  EXPECT_FALSE(contains(state_of_mail(site), "example.org"));
  site.clock().advance(std::chrono::hours(10));
  send_mails(site, server);
  EXPECT_TRUE(state_of_mail(site).starts_with("2 1 "));
}

TEST(Mail, What_cannot_be_taken_now_waits_and_is_tried_again) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  for (const char* email : {"later@example.org", "drop@example.org"}) {
    ask(site, email);
    send_mails(site, server);
    EXPECT_TRUE(state_of_mail(site).starts_with("0 1 ")) << email << ": " << state_of_mail(site);
    send_mails(site, server);
    EXPECT_TRUE(state_of_mail(site).starts_with("0 1 ")) << "not before its time";
    site.clock().advance(std::chrono::minutes(1));
    send_mails(site, server);
    EXPECT_TRUE(state_of_mail(site).starts_with("0 2 ")) << email << ": " << state_of_mail(site);
  }
  EXPECT_FALSE(contains(site.database_digest(), "later@"));
}

TEST(Mail, One_mail_that_drops_does_not_keep_the_next_from_being_sent) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  ask(site, "drop@example.org");
  ask(site, "ada@example.org");
  send_mails(site, server);
  EXPECT_EQ(server.receive().to, std::vector<std::string>{"ada@example.org"});
}

TEST(Mail, A_server_that_stalls_is_left_after_its_time) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  ask(site, "stall@example.org");
  mail::Server impatient = server.settings();
  impatient.timeout = std::chrono::seconds(1);
  mail::Postman postman(impatient);
  const auto start = std::chrono::steady_clock::now();
  jobs::send_due_mails(site.desk(), postman);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(1)) << "also the farewell has an end";
  EXPECT_TRUE(state_of_mail(site).starts_with("0 1 ")) << state_of_mail(site);
}

TEST(Mail, The_end_of_the_program_waits_for_no_server_that_stalls) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  ask(site, "stall@example.org");
  mail::Postman postman(server.settings());
  std::future<void> round = std::async(std::launch::async, [&] { jobs::send_due_mails(site.desk(), postman); });
  while (count_rows(site, "outbox WHERE attempts = 1") == 0) std::this_thread::yield();
  postman.stop();
  round.get();
  EXPECT_TRUE(state_of_mail(site).starts_with("0 1 "));
}

TEST(Mail, Without_a_server_all_mails_wait_and_only_one_is_tried) {
  TestSite site(mailing_settings());
  ask(site, "ada@example.org");
  ask(site, "ben@example.org");
  mail::Server nobody;
  nobody.url = "smtp://127.0.0.1:1";
  nobody.from = "paper@example.org";
  mail::Postman postman(nobody);
  jobs::send_due_mails(site.desk(), postman);
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0 AND attempts = 1"), 1);
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0 AND attempts = 0"), 1);
}

TEST(Mail, Credentials_are_never_sent_in_clear) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  ask(site, "ada@example.org");
  mail::Server trusting = server.settings();
  trusting.user = "paper";
  trusting.password = "hunter2";
  mail::Postman postman(trusting);
  jobs::send_due_mails(site.desk(), postman);
  EXPECT_TRUE(state_of_mail(site).starts_with("0 1 ")) << "the server offers no encryption: " << state_of_mail(site);
}

TEST(Mail, One_address_gets_three_links_an_hour_whoever_asks_and_nobody_is_told) {
  TestSite site(mailing_settings());
  const http::Response first = site.post("/reader/sign-in", {{"email", "ada@example.org"}});
  for (int i = 0; i < 8; ++i) site.post("/reader/sign-in", {{"email", "Ada@Example.org"}});
  const http::Response last = site.post("/reader/sign-in", {{"email", "ada@example.org"}});
  EXPECT_EQ(count_rows(site, "outbox"), 3);
  EXPECT_EQ(count_rows(site, "sign_ins"), 3);
  EXPECT_EQ(last.status, first.status);
  EXPECT_EQ(header(last, "Location"), header(first, "Location"));
  site.clock().advance(std::chrono::hours(1));
  ask(site, "ada@example.org");
  EXPECT_EQ(count_rows(site, "outbox"), 4);
}

TEST(Mail, One_client_gets_twenty_mails_an_hour_to_whomever) {
  TestSite site(mailing_settings());
  for (int i = 0; i < 25; ++i) ask(site, base::format("reader{}@example.org", i));
  EXPECT_EQ(count_rows(site, "outbox"), 20);
}

TEST(Mail, The_site_sends_so_many_an_hour_and_the_rest_waits) {
  REQUIRE_SMTP_SERVER(server);
  news::SiteSettings settings = mailing_settings();
  settings.mails_per_hour = 2;
  TestSite site(settings);
  for (int i = 0; i < 3; ++i) ask(site, base::format("reader{}@example.org", i));
  send_mails(site, server);
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 1"), 2);
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 1);
}

TEST(Mail, Who_caused_it_is_forgotten_after_a_day_and_a_failed_mail_after_its_time) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  ask(site, "refused@example.org");
  send_mails(site, server);
  EXPECT_EQ(count_rows(site, "outbox WHERE actor <> X''"), 1);
  site.clock().advance(std::chrono::hours(25));
  desk::forget_mails(site.desk());
  EXPECT_EQ(count_rows(site, "outbox WHERE actor <> X''"), 0);
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 2"), 1);
  site.clock().advance(std::chrono::days(14));
  desk::forget_mails(site.desk());
  EXPECT_EQ(count_rows(site, "outbox"), 0);
}

TEST(Mail, Moderators_hear_of_all_that_waits_at_once_and_of_no_address) {
  REQUIRE_SMTP_SERVER(server);
  news::SiteSettings settings = mailing_settings(Moderation::all);
  settings.moderators = {"desk@example.org"};
  TestSite site(settings);
  const auto article = site.publish("The bridge opens");
  for (const char* name : {"Ada Reader", "Ben Reader"})
    Browser(site).comment(article, base::format("Words of {} & <b>more</b>.", name), name, "private.person@example.org");
  desk::tell_moderators(site.desk());
  desk::tell_moderators(site.desk());
  send_mails(site, server);
  const ReceivedMail mail = server.receive();
  EXPECT_EQ(mail.to, std::vector<std::string>{"desk@example.org"});
  EXPECT_EQ(mail.headers.at("subject"), "2 comments are waiting at The Stavermouth Bell");
  EXPECT_TRUE(contains(mail.text, "Comment 2 by Ben Reader"));
  EXPECT_TRUE(contains(mail.text, "broadsheet comments publish"));
  EXPECT_TRUE(contains(mail.html, "&lt;b&gt;more&lt;/b&gt;"));
  EXPECT_FALSE(contains(mail.raw + mail.text + mail.html, "private.person"));
  EXPECT_FALSE(contains(mail.text + mail.html, "192.0.2.7"));
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 0) << "once for what was there";
  Browser(site).comment(article, "One more.", "Cem Reader", "cem@example.org");
  desk::tell_moderators(site.desk());
  EXPECT_EQ(count_rows(site, "outbox WHERE state = 0"), 1);
}

TEST(Mail, A_link_that_came_too_late_is_not_sent_at_all) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  ask(site, "ada@example.org");
  site.clock().advance(std::chrono::minutes(31));
  send_mails(site, server);
  EXPECT_EQ(count_rows(site, "outbox"), 0);
}

}  // namespace
}  // namespace site
