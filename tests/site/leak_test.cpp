// Two hundred readers who trust the promise about their address: every page, refusal, header, log line and mail to others is
// searched for anything that could tell who they are (invariant 3), and for anything that would let somebody act for them
// (invariant 5).
#include <gtest/gtest.h>

#include "base/format.h"
#include "base/log.h"
#include "desk/moderate_comment.h"
#include "desk/send_mail.h"
#include "desk/sign_in.h"
#include "mail/message.h"
#include "site/mail_site.h"
#include "site/traces.h"
#include "view/letters.h"

namespace site {
namespace {

constexpr int readers = 200;

std::string whole(const http::Response& response) {
  std::string text = std::to_string(response.status) + "\n";
  for (const http::Header& one : response.headers) text += one.name + ": " + one.value + "\n";
  return text + "\n" + response.body;
}

// Names and words are public; what stands before the @ tells who somebody is.
std::string email_of(int reader, std::string_view site = "quiet") {
  return base::format("{:03}.Person-{}@mail{}.example.org", reader, site, reader % 7);
}
std::string network_of(int reader) { return base::format("198.51.100.{}", 100 + reader % 150); }
std::string name_of(int reader) { return base::format("Reader {:03}", reader); }

// Who sees what, while a site is filled and asked.
class Town {
 public:
  explicit Town(TestSite& site, std::string_view kind = "quiet") : site_(site) {
    for (int i = 0; i < 4; ++i) articles_.push_back(site.publish(base::format("Story {}", i)));
    for (int reader = 1; reader <= readers; ++reader) {
      traces_.add_email(email_of(reader, kind), reader);
      emails_.push_back(email_of(reader, kind));
    }
    for (int reader = 1; reader <= readers; ++reader) traces_.add(network_of(reader), 0);
    for (int reader = 1; reader <= readers; ++reader) live_as(reader);
  }

  const Traces& traces() const { return traces_; }
  std::vector<std::string>& mails() { return mails_; }

  // The mails that wait, as they would go out; each is searched as its recipient.
  void send_mails() {
    while (const std::optional<desk::DueMail> due = desk::take_due_mail(site_.desk())) {
      const view::MailText text = view::render_letter(site_.settings(), due->letter);
      mail::Message message;
      message.from = "paper@example.org";
      message.to = due->to;
      message.subject = text.subject;
      message.message_id = due->name + "@example.org";
      message.unsubscribe = text.unsubscribe;
      message.text = text.text;
      message.html = text.html.string();
      const int reader = 1 + static_cast<int>(std::find(emails_.begin(), emails_.end(), due->to) - emails_.begin());
      const std::string everything = *mail::compose(message) + text.text + text.html.string();
      EXPECT_EQ(traces_.find(everything, reader), "") << "in a mail to reader " << reader;
      take_keys(text.text, reader);
      mails_.push_back(text.text);
      desk::settle_mail(site_.desk(), *due, desk::MailFate::sent, {});
    }
  }

 private:
  http::Response post(int reader, std::string target, const Fields& fields, const std::string& cookie = {}) {
    std::vector<http::Header> headers = {{"Sec-Fetch-Site", "same-origin"}};
    if (!cookie.empty()) headers.push_back({"Cookie", cookie});
    http::Request request = make_post(std::move(target), fields, std::move(headers));
    request.client = network_of(reader);
    return site_.handle(std::move(request));
  }

  // Writes, answers somebody, asks for mails or signs in, each as their turn has it.
  void live_as(int reader) {
    Fields form = site_.filled_form(articles_[static_cast<std::size_t>(reader) % 4], base::format("Words of {}.", reader),
                                    name_of(reader), emails_[static_cast<std::size_t>(reader - 1)]);
    if (reader > 8 && reader % 3 == 0) form[1].second = std::to_string(reader - 4);  // same article
    if (reader % 5 == 0) form.emplace_back("replies", "1");
    const http::Response answer = post(reader, "/comment", form);
    EXPECT_EQ(answer.status, 303) << whole(answer);
    const std::string place = header(answer, "Location");
    traces_.add(place.substr(place.find("posted=") + 7), reader);
    traces_.add(header(answer, "Set-Cookie").substr(7), reader);
    if (reader % 10 != 0) return;
    EXPECT_EQ(post(reader, "/reader/sign-in", {{"email", emails_[static_cast<std::size_t>(reader - 1)]}}).status, 303);
    send_mails();
  }

  void take_keys(const std::string& text, int reader) {
    for (std::size_t at = text.find("key="); at != std::string::npos; at = text.find("key=", at)) {
      const std::string key = text.substr(at + 4, text.find('\n', at) - at - 4);
      traces_.add(key, reader);
      const std::string path = text.substr(text.rfind("/reader", at), at - 1 - text.rfind("/reader", at));
      at += 4;
      if (path == "/reader/unfollow") continue;
      const http::Response done = post(reader, path, {{"key", key}});
      if (path == "/reader/confirm") traces_.add(header(done, "Set-Cookie").substr(8), reader);
    }
  }

  TestSite& site_;
  std::vector<desk::PublishedArticle> articles_;
  std::vector<std::string> emails_;
  std::vector<std::string> mails_;
  Traces traces_;
};

// Everything that anybody may ask for: what is linked, and what is guessed.
std::vector<std::string> addresses_of(TestSite& site) {
  std::vector<std::string> addresses = site.crawl();
  for (int id = 1; id <= readers; ++id) addresses.push_back(base::format("/comment/{}", id));
  for (const char* more : {"/nowhere/",
                           "/robots.txt",
                           "/favicon.svg",
                           "/reader",
                           "/reader?sent=1",
                           "/reader/confirm?key=x",
                           "/reader/follow?key=x",
                           "/reader/unfollow?key=x",
                           "/search?q=Reader",
                           "/search?q=Words",
                           "/search?q=example.org",
                           "/search?q=198.51.100",
                           "/?author=1",
                           "/feed/",
                           "/comments/feed/",
                           "/sitemap.xml",
                           "/metrics",
                           "/health",
                           "/.well-known/security.txt",
                           "/wp-json/wp/v2/comments"})
    addresses.emplace_back(more);
  return addresses;
}

news::SiteSettings open_settings() {
  news::SiteSettings settings = mailing_settings();
  settings.comments_per_page = 20;
  return settings;
}

TEST(Leaks, No_page_header_refusal_log_or_mail_to_others_tells_who_any_of_two_hundred_readers_is) {
  testing::internal::CaptureStderr();
  base::log::set_level(base::log::Level::debug);
  TestSite site(open_settings());
  Town town(site);
  town.send_mails();
  EXPECT_GT(town.traces().size(), 200u * 40);
  EXPECT_GT(town.mails().size(), 60u);
  EXPECT_TRUE(
      desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{1}, {2}, {3}}, news::CommentStatus::held));

  const std::vector<std::string> addresses = addresses_of(site);
  EXPECT_GT(addresses.size(), 300u);
  int answers = 0;
  for (const std::string& address : addresses) {
    for (const std::vector<http::Header>& headers :
         {std::vector<http::Header>{}, {{"Accept", "application/json"}}, {{"Cookie", "reader=x; session=y"}}}) {
      EXPECT_EQ(town.traces().find(whole(site.handle(make_get(address, headers)))), "") << address;
      ++answers;
    }
  }
  EXPECT_GT(answers, 900);
  // What fails is logged: the path, and nothing of what was asked with it.
  for (const char* path : {"/comment", "/reader/sign-in", "/reader/confirm", "/reader/unfollow", "/password"})
    EXPECT_EQ(town.traces().find(whole(site.post(path, {{"email", "x"}, {"key", "y"}}))), "") << path;
  base::log::set_level(base::log::Level::info);
  EXPECT_EQ(town.traces().find(testing::internal::GetCapturedStderr()), "") << "in the log";
}

// A reader who is signed in sees nothing of anybody else's either.
TEST(Leaks, A_reader_who_is_signed_in_learns_nothing_of_others) {
  REQUIRE_SMTP_SERVER(server);
  TestSite site(open_settings());
  Town town(site);
  town.send_mails();
  Browser curious(site);
  sign_in(site, server, curious, "curious@example.org");
  for (const std::string& address : addresses_of(site)) EXPECT_EQ(town.traces().find(whole(curious.get(address))), "") << address;
}

// Therefore no public id, colour, order or count is made from an address: there is nothing to compute back.
TEST(Leaks, Sites_whose_readers_differ_in_their_addresses_alone_answer_the_same_bytes) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  TestSite one(open_settings(), secrets);
  TestSite other(open_settings(), secrets);
  Town(one, "quiet").send_mails();
  Town(other, "other").send_mails();
  const std::vector<std::string> addresses = addresses_of(one);
  EXPECT_EQ(addresses, addresses_of(other));
  for (const std::string& address : addresses) EXPECT_EQ(whole(one.get(address)), whole(other.get(address))) << address;
}

// What the search itself is worth.
TEST(Leaks, The_search_finds_an_address_in_every_spelling) {
  Traces traces;
  traces.add_email("001.Person-Quiet@mail1.example.org", 1);
  traces.add("198.51.100.101", 0);
  for (const char* leak : {"001.Person-Quiet@mail1", "001.person-quiet", "001.PERSON-QUIET",
                           "from 198.51.100.101:", "e6e80bcd47313d0c33433a7be928e5e4",
                           "bba5GvhO2jFxq4EbJ3bQf7cEGdU=", "6ccd9116ad1014b637a39dfc3d9511ac00c56eab889f064e1ca2b7b72c19acd4",
                           "ac47ba49f4963f72f292ccbb913fc965"}) {
    EXPECT_NE(traces.find(leak), "") << leak;
  }
  EXPECT_NE(traces.find("E6E80BCD47313D0C33433A7BE928E5E4"), "") << "in capitals";
  EXPECT_NE(traces.find("/avatar/6ccd9116ad1014b637a3.svg"), "") << "cut short";
  EXPECT_EQ(traces.find("001.Person-Quiet@mail1", 1), "") << "their own";
  EXPECT_EQ(traces.find("The quiet person of the year 2001, mail 1"), "");
}

}  // namespace
}  // namespace site
