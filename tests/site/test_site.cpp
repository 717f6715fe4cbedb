#include "site/test_site.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <future>
#include <regex>
#include <set>
#include <stdexcept>

#include "base/format.h"
#include "http/syntax.h"
#include "text/plain.h"
#include "text/url.h"
#include "view/theme.h"

namespace site {
namespace {

std::unique_ptr<db::Database> open_database(const std::filesystem::path& folder) {
  auto database = db::Database::open({.file = folder / "broadsheet.db", .announce = false});
  if (!database) throw std::runtime_error(database.error().key);
  return *std::move(database);
}

std::vector<news::Source> to_sources(const std::vector<db::Touched>& touched) {
  std::vector<news::Source> sources;
  for (const db::Touched& what : touched) sources.push_back({static_cast<news::SourceKind>(what.kind), what.id});
  return sources;
}

http::Request make(http::Method method, std::string target, std::vector<http::Header> headers) {
  http::Request request;
  request.method = method;
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos) request.query = target.substr(question + 1);
  request.target = std::move(target);
  request.headers = std::move(headers);
  request.headers.push_back({"Host", "news.example.org"});
  request.client = "192.0.2.7";
  return request;
}

std::vector<std::string> table_names(db::Connection& connection) {
  std::vector<std::string> names;
  db::Query query = connection.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  while (query.next()) names.emplace_back(query.text(0));
  return names;
}

std::string quoted_columns(db::Connection& connection, const std::string& table) {
  std::string columns;
  db::Query query = connection.query(base::format("SELECT name FROM pragma_table_info('{}')", table));
  while (query.next()) columns += base::format("{}quote(\"{}\")", columns.empty() ? "" : " || ',' || ", query.text(0));
  return columns;
}

}  // namespace

http::Request make_get(std::string target, std::vector<http::Header> headers) {
  return make(http::Method::get, std::move(target), std::move(headers));
}

http::Request make_post(std::string target, const Fields& fields, std::vector<http::Header> headers) {
  http::Request request = make(http::Method::post, std::move(target), std::move(headers));
  request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  for (const auto& [name, value] : fields) {
    if (!request.body.empty()) request.body += '&';
    request.body += text::percent_encode(name) + "=" + text::percent_encode(value);
  }
  return request;
}

news::SiteSettings plain_settings() {
  news::SiteSettings settings;
  settings.title = "The Stavermouth Bell";
  settings.moderation = news::Moderation::none;
  settings.comments_per_minute = 0;
  return settings;
}

TestSite::TestSite(news::SiteSettings settings, base::Secrets secrets, web::SiteLimits limits)
    : secrets_(std::move(secrets)), settings_(std::move(settings)), limits_(limits) {
  std::filesystem::create_directories(folder_.path() / "media");
  start();
}

void TestSite::start() {
  database_ = open_database(folder_.path());
  desk_.emplace(desk::Desk{*database_, clock_, secrets_, settings_, zone_});
  web_ = std::make_unique<web::Site>(*desk_, view::Theme::shipped(view::Catalogue::of(settings_.language)),
                                     web::SiteFolders{folder_.path() / "media"}, web::CacheSettings{}, limits_);
  database_->on_touched([this](const std::vector<db::Touched>& touched) { web_->make_stale(to_sources(touched)); });
}

void TestSite::restart() {
  database_->on_touched({});
  web_.reset();
  desk_.reset();
  database_.reset();
  start();
}

TestSite::~TestSite() { database_->on_touched({}); }

http::Response TestSite::handle(http::Request request) {
  auto promise = std::make_shared<std::promise<http::Response>>();
  std::future<http::Response> answer = promise->get_future();
  web_->handle(std::move(request),
               http::Reply([promise](http::Response&& response) { promise->set_value(std::move(response)); }));
  if (answer.wait_for(std::chrono::seconds(30)) != std::future_status::ready) throw std::runtime_error("no answer");
  return answer.get();
}

desk::PublishRequest TestSite::some_article(std::string headline) {
  desk::PublishRequest request;
  request.headline = std::move(headline);
  request.standfirst = "What it is about.";
  request.body = "The first paragraph.\n\nThe second paragraph.";
  request.sections = {"News"};
  request.tags = {"Harbour"};
  request.authors = {"Nora Quill"};
  request.published = noon - base::Seconds(3600);
  return request;
}

desk::PublishedArticle TestSite::publish(desk::PublishRequest request) {
  const auto published = desk::publish_article(*desk_, request);
  if (!published) throw std::runtime_error("not published: " + published.error().key);
  return *published;
}

Fields TestSite::filled_form(const desk::PublishedArticle& article, std::string comment, std::string name, std::string email) {
  const http::Response page = get(article.address);
  return {{"article", field_value(page.body, "article")},
          {"parent", ""},
          {"stamp", field_value(page.body, "stamp")},
          {"name", std::move(name)},
          {"email", std::move(email)},
          {"website", ""},
          {"comment", std::move(comment)}};
}

std::string TestSite::database_digest() {
  db::Reading reading = database_->read();
  std::string digest;
  for (const std::string& table : table_names(reading.connection())) {
    digest += table + "\n";
    db::Query rows = reading.query(
        base::format("SELECT {} AS row FROM \"{}\" ORDER BY row", quoted_columns(reading.connection(), table), table));
    while (rows.next()) digest += std::string(rows.text(0)) + "\n";
  }
  return digest;
}

std::vector<std::string> TestSite::crawl() {
  std::set<std::string> known = {"/"};
  std::deque<std::string> waiting = {"/"};
  static const std::regex link("(?:href|src)=\"(/[^\"#]*)");
  while (!waiting.empty() && known.size() < 500) {
    const http::Response page = get(waiting.front());
    waiting.pop_front();
    for (std::sregex_iterator found(page.body.begin(), page.body.end(), link), end; found != end; ++found) {
      std::string address = std::regex_replace((*found)[1].str(), std::regex("&amp;"), "&");
      if (known.insert(address).second) waiting.push_back(address);
    }
  }
  return {known.begin(), known.end()};
}

std::string header(const http::Response& response, std::string_view name) {
  for (const http::Header& one : response.headers) {
    if (http::equals_ignoring_case(one.name, name)) return one.value;
  }
  return {};
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

int count(std::string_view text, std::string_view part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

std::string words_of(const http::Response& response) { return text::plain_text_of_untrusted(response.body); }

std::string field_value(std::string_view page, std::string_view name) {
  const std::string text(page);
  std::smatch found;
  const std::string before(base::format("<input[^>]*name=\"?{}\"?[^>]*value=\"?([^\">]*)\"?", name));
  if (std::regex_search(text, found, std::regex(before))) return found[1];
  return {};
}

}  // namespace site
