// A whole site with a mail server: what readers are sent, and the outbox as it stands.
#pragma once

#include <gtest/gtest.h>

#include "jobs/send_mail.h"
#include "site/smtp_server.h"
#include "site/test_site.h"

namespace site {

inline news::SiteSettings mailing_settings(news::Moderation moderation = news::Moderation::none) {
  news::SiteSettings settings = plain_settings();
  settings.moderation = moderation;
  settings.url = "https://news.example.org";
  settings.sends_mail = true;
  return settings;
}

// Skips, and says why, where the mail server of the tests is not installed.
#define REQUIRE_SMTP_SERVER(name)                                                                  \
  std::optional<SmtpServer> name##_started = SmtpServer::start();                                  \
  if (!name##_started) GTEST_SKIP() << "python3-aiosmtpd is not installed (script/packages test)"; \
  SmtpServer& name = *name##_started

// Whoever sends a form: with a browser's headers, and cookies as they came.
class Browser {
 public:
  explicit Browser(TestSite& site) : site_(site) {}

  http::Response get(std::string target) { return keep(site_.handle(make_get(std::move(target), headers()))); }
  http::Response post(std::string target, const Fields& fields) {
    std::vector<http::Header> sent = headers();
    sent.push_back({"Sec-Fetch-Site", "same-origin"});
    return keep(site_.handle(make_post(std::move(target), fields, std::move(sent))));
  }
  http::Response comment(const desk::PublishedArticle& article, std::string text, std::string name, std::string email,
                         const Fields& more = {}) {
    Fields form = site_.filled_form(article, std::move(text), std::move(name), std::move(email));
    for (const auto& [field, value] : more) {
      std::erase_if(form, [&, &one = field](const auto& present) { return present.first == one; });
      form.emplace_back(field, value);
    }
    return post("/comment", form);
  }
  bool has_cookie(std::string_view name) const {
    return std::any_of(cookies_.begin(), cookies_.end(), [&](const auto& cookie) { return cookie.first == name; });
  }

 private:
  std::vector<http::Header> headers() const {
    std::string line;
    for (const auto& [name, value] : cookies_) line += (line.empty() ? "" : "; ") + name + "=" + value;
    if (line.empty()) return {};
    return {{"Cookie", line}};
  }
  http::Response keep(http::Response response) {
    for (const http::Header& one : response.headers) {
      if (one.name != "Set-Cookie") continue;
      const std::size_t equals = one.value.find('=');
      const std::string name = one.value.substr(0, equals);
      const std::string value = one.value.substr(equals + 1, one.value.find(';') - equals - 1);
      std::erase_if(cookies_, [&](const auto& cookie) { return cookie.first == name; });
      if (!value.empty()) cookies_.emplace_back(name, value);
    }
    return response;
  }

  TestSite& site_;
  std::vector<std::pair<std::string, std::string>> cookies_;
};

inline void send_mails(TestSite& site, const SmtpServer& server) {
  mail::Postman postman(server.settings());
  jobs::send_due_mails(site.desk(), postman);
}

inline std::int64_t count_rows(TestSite& site, const std::string& table_and_condition) {
  db::Reading reading = site.database().read();
  db::Query row = reading.query("SELECT count(*) FROM " + table_and_condition);
  return row.next() ? row.integer(0) : -1;
}

// The key of a link.
inline std::string key_in(const ReceivedMail& mail, const std::string& path) {
  const std::string link = link_in(mail, path);
  return link.substr(std::min(link.find("key=") + 4, link.size()));
}

// By the mailed link, all the way.
inline void sign_in(TestSite& site, SmtpServer& server, Browser& browser, const std::string& email) {
  EXPECT_EQ(browser.post("/reader/sign-in", {{"email", email}}).status, 303);
  send_mails(site, server);
  const std::string key = key_in(server.receive(), "/reader/confirm");
  EXPECT_EQ(browser.post("/reader/confirm", {{"key", key}}).status, 303);
}

}  // namespace site
