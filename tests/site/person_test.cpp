// A person's requests: everything that is held about them and nothing of anybody else, and then nothing at all.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/format.h"
#include "desk/reader_requests.h"
#include "site/mail_site.h"
#include "text/json.h"
#include "text/utf8.h"

namespace site {
namespace {

using desk::ErasedComments;

const std::string ada = "Ada.Lovelace-77@mail.example.org";
const std::string ben = "Benjamin.Other-12@post.example.org";

// Two readers who answer each other; both are confirmed, follow, and wait for mails.
void fill(TestSite& site, SmtpServer& server) {
  const auto article = site.publish("The bridge opens");
  Browser one(site);
  Browser other(site);
  sign_in(site, server, one, ada);
  sign_in(site, server, other, ben);
  one.comment(article, "Peculiar words of Ada.", "Ada Peculiar", ada,
              {{"replies", "1"}, {"website", "ada-peculiar.example.org"}});
  other.comment(article, "Distinct words of Ben.", "Ben Distinct", ben, {{"parent", "1"}, {"replies", "1"}});
  one.comment(article, "More peculiar words.", "Ada Peculiar", ada, {{"parent", "2"}});
  Browser(site).comment(article, "Nobody proved these peculiar ones.", "Ada Unproven", ada, {{"replies", "1"}});
  site.post("/reader/sign-in", {{"email", ada}});
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

// Of every file of the site: database, log, journal, media.
std::string whole_folder(TestSite& site) {
  std::string bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(site.folder())) {
    if (entry.is_regular_file()) bytes += bytes_of(entry.path());
  }
  return bytes;
}

std::string hash_of(TestSite& site, const std::string& email, const std::string& space) {
  const base::Digest digest = site.secrets().keyed_hash(base::Purpose::email_lookup, space + "\n" + text::fold_case(email));
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::vector<std::string> sealed_of(TestSite& site, const std::string& email) {
  std::vector<std::string> sealed;
  db::Reading reading = site.database().read();
  for (const char* table : {"reader_emails", "outbox", "follows", "sign_ins"}) {
    db::Query rows = reading.query(base::format("SELECT sealed FROM {} WHERE length(sealed) > 0", table));
    while (rows.next()) {
      if (site.secrets().unseal(base::Purpose::email_seal, rows.blob(0)) == email) sealed.emplace_back(rows.blob(0));
    }
  }
  return sealed;
}

TEST(Person, An_export_holds_all_of_one_person_and_nothing_of_another) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  fill(site, server);
  const base::Result<std::string> made =
      desk::export_reader(site.desk(), desk::operator_at_the_command_line, " ADA.lovelace-77@mail.example.org ");
  ASSERT_TRUE(made) << made.error().key;
  for (const char* part :
       {"Ada.Lovelace-77@mail.example.org", "Peculiar words of Ada.", "More peculiar words.",
        "Nobody proved these peculiar ones.", "https://ada-peculiar.example.org", "The Stavermouth Bell", "link to sign in"})
    EXPECT_TRUE(contains(*made, part)) << part;
  for (const char* part : {"Benjamin", "Ben Distinct", "Distinct words"}) EXPECT_FALSE(contains(*made, part)) << part;
  const text::json::object all = text::json::parse(*made).as_object();
  EXPECT_EQ(all.at("readers").as_array().size(), 2u) << "one who is confirmed, and one who only typed the address";
  EXPECT_EQ(all.at("mails_about_replies").as_array().size(), 2u);
}

TEST(Person, What_is_private_of_one_changes_no_byte_of_anothers_export) {
  REQUIRE_SMTP_SERVER(server);
  const base::Secrets secrets = base::Secrets::ephemeral();
  TestSite site(mailing_settings(), secrets);
  fill(site, server);
  const std::string before = *desk::export_reader(site.desk(), desk::operator_at_the_command_line, ben);
  db::open_sqlite(site.folder() / "broadsheet.db", db::Access::write)
      ->execute(
          "UPDATE reader_emails SET sealed = zeroblob(40), email_hash = zeroblob(32) WHERE reader_id = 1;"
          "UPDATE comments SET author = 'X', website = '', source = 'X', body_html = 'X' WHERE reader_id = 1;"
          "DELETE FROM sign_ins; UPDATE readers SET name = 'X', created = 1 WHERE id = 1");
  EXPECT_EQ(*desk::export_reader(site.desk(), desk::operator_at_the_command_line, ben), before);
}

TEST(Person, Only_the_operator_may_ask_and_an_unknown_address_is_said_to_be_one) {
  TestSite site;
  site.comment(site.publish("The bridge opens"));
  EXPECT_EQ(desk::export_reader(site.desk(), desk::Actor{}, "ada@example.org").error().code, base::Errc::forbidden);
  EXPECT_EQ(desk::erase_reader(site.desk(), desk::Actor{}, "ada@example.org", ErasedComments::remove).error().code,
            base::Errc::forbidden);
  EXPECT_EQ(desk::export_reader(site.desk(), desk::operator_at_the_command_line, "no@example.org").error().code,
            base::Errc::not_found);
  EXPECT_EQ(desk::export_reader(site.desk(), desk::operator_at_the_command_line, "nonsense").error().code, base::Errc::invalid);
}

void expect_no_byte_of(TestSite& site, const std::vector<std::string>& traces) {
  const std::string bytes = whole_folder(site);
  EXPECT_GT(bytes.size(), 10'000u);
  for (const std::string& trace : traces) {
    const std::size_t at = bytes.find(trace);
    EXPECT_EQ(at, std::string::npos) << (trace.size() < 60 ? trace : std::string("a hash or a sealed address"));
  }
}

TEST(Person, After_erasing_no_byte_of_them_is_left_in_any_file) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  fill(site, server);
  std::vector<std::string> traces = sealed_of(site, ada);
  EXPECT_GE(traces.size(), 4u);
  for (const char* space : {"form", "import"}) traces.push_back(hash_of(site, ada, space));
  for (const char* words : {"Peculiar", "peculiar", "Ada Unproven", "Lovelace", "lovelace"}) traces.emplace_back(words);
  EXPECT_TRUE(contains(whole_folder(site), traces.front())) << "they can be found while they are there";
  EXPECT_TRUE(contains(whole_folder(site), "Peculiar words"));

  const base::Result<desk::Erased> erased =
      desk::erase_reader(site.desk(), desk::operator_at_the_command_line, ada, ErasedComments::remove);
  ASSERT_TRUE(erased) << erased.error().key;
  EXPECT_EQ(erased->comments, 3);
  EXPECT_EQ(erased->readers, 2);
  expect_no_byte_of(site, traces);
  // Others' words stay, and the thread still stands.
  const http::Response page = site.get("/2026/11/the-bridge-opens/");
  EXPECT_TRUE(contains(words_of(page), "Distinct words of Ben."));
  EXPECT_TRUE(contains(words_of(page), "This comment was removed."));
  EXPECT_FALSE(contains(page.body, "eculiar"));
  EXPECT_TRUE(desk::export_reader(site.desk(), desk::operator_at_the_command_line, ben));
  EXPECT_FALSE(desk::export_reader(site.desk(), desk::operator_at_the_command_line, ada));
}

TEST(Person, Their_comments_may_stay_without_a_name) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  fill(site, server);
  std::vector<std::string> traces = sealed_of(site, ada);
  for (const char* space : {"form", "import"}) traces.push_back(hash_of(site, ada, space));
  for (const char* words : {"Ada Peculiar", "ada-peculiar", "adapeculiar", "Ada Unproven", "Lovelace", "lovelace"})
    traces.emplace_back(words);
  ASSERT_TRUE(desk::erase_reader(site.desk(), desk::operator_at_the_command_line, ada, ErasedComments::keep_text));
  expect_no_byte_of(site, traces);
  const http::Response page = site.get("/2026/11/the-bridge-opens/");
  EXPECT_TRUE(contains(words_of(page), "Peculiar words of Ada."));
  EXPECT_TRUE(contains(words_of(page), "Anonymous"));
}

TEST(Person, Who_was_erased_is_signed_in_nowhere_and_comes_back_as_nobody_else) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(mailing_settings());
  const auto article = site.publish("The bridge opens");
  Browser browser(site);
  sign_in(site, server, browser, ada);
  browser.comment(article, "Mine.", "Ada Peculiar", ada);
  ASSERT_TRUE(desk::erase_reader(site.desk(), desk::operator_at_the_command_line, ada, ErasedComments::remove));
  EXPECT_FALSE(contains(words_of(browser.get("/reader")), "You are signed in"));
  Browser next(site);
  sign_in(site, server, next, ben);
  EXPECT_FALSE(contains(words_of(browser.get("/reader")), "You are signed in")) << "the old cookie opens nobody else's account";
  EXPECT_EQ(next.comment(article, "The name is free.", "Ada Peculiar", ben).status, 303);
}

}  // namespace
}  // namespace site
