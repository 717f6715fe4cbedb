// Every vector of public sanitiser test suites where it is shown as it was typed: in a form that comes back, and in the mails
// that carry what people wrote, to readers about replies and to moderators about what waits. In the HTML part nothing stands but
// our own markup with text between, so nothing can run, load or lead elsewhere; in the text part no line of theirs poses as one
// of ours; and no field becomes a header.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/format.h"
#include "desk/send_mail.h"
#include "mail/message.h"
#include "site/mail_site.h"
#include "text/json.h"
#include "view/letters.h"
#include "web/comment_form.h"

namespace site {
namespace {

std::vector<std::string> hostile_texts() {
  std::ifstream file(BROADSHEET_SOURCE_DIR "/../shared/data/xss/vectors.jsonl");
  std::vector<std::string> texts;
  for (std::string line; std::getline(file, line);) {
    const text::json::value vector = text::json::parse(line);
    const text::json::value& payload = vector.at("payload");
    if (payload.is_string()) texts.emplace_back(payload.as_string());
  }
  return texts;
}

// The tags of a mail, in their order, with everything between them left out: they are the same whatever people wrote. Of links to
// the site itself the beginning, because each has its own end.
std::string markup_of(const std::string& html) {
  const std::string link = "<a href=\"https://news.example.org/";
  std::string tags;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::string tag = html.substr(at, html.find('>', at) + 1 - at);
    const bool is_own_link = tag.starts_with(link) && count(tag, "\"") == 2 && count(tag, " ") == 1;
    tags += (is_own_link ? link : tag) + "\n";
  }
  return tags;
}

std::set<std::string> headers_of(const std::string& mail) {
  std::set<std::string> names;
  std::istringstream head(mail.substr(0, mail.find("\r\n\r\n")));
  for (std::string line; std::getline(head, line);)
    if (line.front() != ' ' && line.front() != '\t') names.insert(line.substr(0, line.find(':')));
  return names;
}

// The lines of the text part that are not quoted: who answered and why the mail came.
std::vector<std::string> own_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (!line.starts_with("> ")) lines.push_back(line);
  return lines;
}

struct Sent {
  view::MailText text;
  std::string whole;
};

Sent written(const news::SiteSettings& settings, const news::Letter& letter) {
  Sent sent{view::render_letter(settings, letter), {}};
  mail::Message message;
  message.from = "paper@example.org";
  message.from_name = settings.title;
  message.to = "ada@example.org";
  message.subject = sent.text.subject;
  message.message_id = "1@example.org";
  message.unsubscribe = sent.text.unsubscribe;
  message.text = sent.text.text;
  message.html = sent.text.html.string();
  sent.whole = *mail::compose(message);
  return sent;
}

// As if headlines, names and words came from people unseen: nothing before the mail has cleaned them.
news::Letter letter_with(news::MailKind kind, const std::string& language, const std::string& text) {
  news::Letter letter;
  letter.kind = kind;
  letter.language = language;
  letter.headline = letter.author = letter.excerpt = text;
  letter.address = kind == news::MailKind::reply ? "/a/#comment-1" : "/reader/follow?key=x";
  if (kind == news::MailKind::reply) letter.unsubscribe = "/reader/unfollow?key=x";
  if (kind == news::MailKind::held) letter.held = {{{1}, text, text, text}, {{2}, text, text, text}};
  letter.held_total = 2;
  return letter;
}

TEST(HostileTexts, Every_kind_of_mail_holds_every_vector_as_text_and_nothing_else) {
  const std::vector<std::string> vectors = hostile_texts();
  if (vectors.empty()) GTEST_SKIP() << "The hostile vectors are not beside the source folder.";
  EXPECT_GT(vectors.size(), 1000u);
  const news::SiteSettings settings = mailing_settings();
  for (const auto kind : {news::MailKind::follow, news::MailKind::reply, news::MailKind::held}) {
    for (const char* const language : {"en", "de", "ar"}) {
      const Sent plain = written(settings, letter_with(kind, language, "Words"));
      for (const std::string& vector : vectors) {
        const Sent sent = written(settings, letter_with(kind, language, vector));
        ASSERT_EQ(markup_of(sent.text.html.string()), markup_of(plain.text.html.string())) << vector;
        ASSERT_EQ(headers_of(sent.whole), headers_of(plain.whole)) << vector;
      }
    }
  }
}

// By the form, past every rule, into the outbox and out of it.
class Correspondence {
 public:
  Correspondence() : site_(mailing_settings()), article_(site_.publish("The bridge opens")) {
    post({{"name", "Ada Reader"}, {"email", "ada@example.org"}, {"comment", "Who was there?"}, {"replies", "1"}});
    const std::string follow = take_mail()->address;
    EXPECT_EQ(site_.post("/reader/follow", {{"key", follow.substr(follow.find('=') + 1)}}).status, 200);
  }

  // The mail about an answer by somebody of that name; nothing if the form refuses it.
  std::optional<Sent> answer(const std::string& name, const std::string& website, const std::string& comment) {
    site_.clock().advance(std::chrono::hours(2));  // so that neither the thread nor the hour is too full
    const Fields fields = {
        {"parent", "1"}, {"name", name}, {"email", "evil@example.org"}, {"website", website}, {"comment", comment}};
    if (post(fields) >= 400) return std::nullopt;
    const std::optional<news::Letter> letter = take_mail();
    return letter ? std::optional(written(site_.settings(), *letter)) : std::nullopt;
  }

 private:
  // As a script sends it, which needs no page.
  int post(Fields fields) {
    fields.emplace_back("article", std::to_string(article_.id.value));
    fields.emplace_back("stamp", web::make_form_stamp(site_.secrets(), article_.id, site_.clock().now()));
    const std::vector<http::Header> headers = {{"Sec-Fetch-Site", "same-origin"}, {"Accept", "application/json"}};
    return site_.handle(make_post("/comment", fields, headers)).status;
  }
  std::optional<news::Letter> take_mail() {
    const std::optional<desk::DueMail> due = desk::take_due_mail(site_.desk());
    if (!due) return std::nullopt;
    desk::settle_mail(site_.desk(), *due, desk::MailFate::sent, {});
    return due->letter;
  }

  TestSite site_;
  desk::PublishedArticle article_;
};

TEST(HostileTexts, What_readers_write_reaches_others_by_mail_as_quoted_text) {
  const std::vector<std::string> vectors = hostile_texts();
  if (vectors.empty()) GTEST_SKIP() << "The hostile vectors are not beside the source folder.";
  Correspondence site;
  const std::optional<Sent> plain = site.answer("Plain Name", "", "I was.");
  ASSERT_TRUE(plain);
  int names = 0, words = 0;
  for (const std::string& vector : vectors) {
    std::optional<Sent> sent = site.answer(vector, "", vector);
    names += sent ? 1 : 0;
    if (!sent) sent = site.answer("Plain Name", "", vector);
    if (!sent) continue;  // it is no text at all
    ++words;
    EXPECT_EQ(markup_of(sent->text.html.string()), markup_of(plain->text.html.string())) << vector;
    EXPECT_EQ(headers_of(sent->whole), headers_of(plain->whole)) << vector;
    EXPECT_EQ(own_lines(sent->text.text).size(), own_lines(plain->text.text).size()) << vector << "\n" << sent->text.text;
  }
  EXPECT_GT(names, 100);
  EXPECT_GT(words, static_cast<int>(vectors.size() * 9 / 10));
}

// A form that comes back holds as many marks of markup as one without any: whatever stands in a field is text.
TEST(HostileTexts, A_form_that_comes_back_holds_them_as_text) {
  const std::vector<std::string> vectors = hostile_texts();
  if (vectors.empty()) GTEST_SKIP() << "The hostile vectors are not beside the source folder.";
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const auto given_back = [&](const std::string& text) {
    Fields form = site.filled_form(article, text, text, text);
    form[2].second = "forged";
    form[5].second = text;
    form.emplace_back("quote", text);
    return site.post("/comment", form).body;
  };
  const auto marks_of = [](const std::string& page) {
    return std::vector{count(page, "<"), count(page, ">"), count(page, "\"")};
  };
  const std::vector<int> plain = marks_of(given_back("Words"));
  const std::vector<int> damaged = marks_of(given_back(std::string("Words\0", 6)));  // which no form may hold
  for (const std::string& vector : vectors) {
    const bool is_damaged = vector.find('\0') != std::string::npos;
    ASSERT_EQ(marks_of(given_back(vector)), is_damaged ? damaged : plain) << vector;
  }
}

}  // namespace
}  // namespace site
