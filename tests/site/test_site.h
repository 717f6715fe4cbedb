// A whole site in this process for tests: a real database in a folder of its own, the real use cases, theme, routes and cache;
// only the clock is ours.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/secrets.h"
#include "db/database.h"
#include "db/temporary_folder.h"
#include "desk/desk.h"
#include "desk/publish_article.h"
#include "http/message.h"
#include "news/site.h"
#include "text/date_time.h"
#include "web/site.h"

namespace site {

using Fields = std::vector<std::pair<std::string, std::string>>;

// Monday, 23 November 2026, 12:00 UTC.
inline constexpr base::Time noon = base::from_unix(1'795'435'200);

http::Request make_get(std::string target, std::vector<http::Header> headers = {});
// With the headers of a browser that sends our own form.
http::Request make_post(std::string target, const Fields& fields,
                        std::vector<http::Header> headers = {{"Sec-Fetch-Site", "same-origin"}});

news::SiteSettings plain_settings();  // no moderation, no rate limit

class TestSite {
 public:
  explicit TestSite(news::SiteSettings settings = plain_settings(), base::Secrets secrets = base::Secrets::ephemeral(),
                    web::SiteLimits limits = {.requests_per_minute = 0});
  ~TestSite();

  // Through the site's handler; waits for the answer, however late it comes.
  http::Response handle(http::Request request);
  http::Response get(std::string target) { return handle(make_get(std::move(target))); }
  http::Response post(std::string target, const Fields& fields) { return handle(make_post(std::move(target), fields)); }

  // Gives the article's address.
  desk::PublishedArticle publish(desk::PublishRequest request);
  desk::PublishedArticle publish(std::string headline) { return publish(some_article(std::move(headline))); }
  static desk::PublishRequest some_article(std::string headline);

  // As if the process had ended and begun again on the same folder.
  void restart();

  // The form as it stands in the article's page, filled in.
  Fields filled_form(const desk::PublishedArticle& article, std::string comment = "I was there.", std::string name = "Ada Reader",
                     std::string email = "ada@example.org");
  http::Response comment(const desk::PublishedArticle& article, std::string text = "I was there.") {
    return post("/comment", filled_form(article, std::move(text)));
  }

  // Every row of every table, as text: equal if and only if nothing was written.
  std::string database_digest();
  // Every address of this site that its own pages link to, beginning at the front page.
  std::vector<std::string> crawl();

  const std::filesystem::path& folder() const { return folder_.path(); }
  const desk::Desk& desk() const { return *desk_; }
  db::Database& database() { return *database_; }
  web::Site& web() { return *web_; }
  base::ManualClock& clock() { return clock_; }
  news::SiteSettings& settings() { return settings_; }
  const base::Secrets& secrets() const { return secrets_; }

 private:
  void start();

  db::TemporaryFolder folder_;
  base::ManualClock clock_{noon};
  base::Secrets secrets_;
  news::SiteSettings settings_;
  text::TimeZone zone_ = text::TimeZone::utc();
  web::SiteLimits limits_;
  std::unique_ptr<db::Database> database_;
  std::optional<desk::Desk> desk_;
  std::unique_ptr<web::Site> web_;
};

std::string header(const http::Response& response, std::string_view name);
bool contains(std::string_view text, std::string_view part);
int count(std::string_view text, std::string_view part);
// The words a reader sees.
std::string words_of(const http::Response& response);
// The value of the field in the page's comment form; "" if there is none.
std::string field_value(std::string_view page, std::string_view name);

}  // namespace site
