// What a reader gets of a server that cannot take their form (invariant 2), and who may listen to the news of a thread.
#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/format.h"
#include "crash/http_client.h"
#include "http/server.h"
#include "http/topic.h"
#include "site/test_site.h"
#include "text/json.h"
#include "text/url.h"
#include "web/live_threads.h"

namespace site {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

// The site behind a server with one worker and no queue, which can be kept busy.
class BusySite {
 public:
  explicit BusySite(TestSite& site)
      : server_(
            {.port = 0, .workers = 1, .queue = 0},
            [this, &site](http::Request request, http::Reply reply) {
              if (request.path == "/hold") hold();
              site.web().handle(std::move(request), std::move(reply));
            },
            {}, [&site](const http::Request& request, int status) { return site.web().refuse(request, status); }) {
    if (!server_.start()) throw std::runtime_error("no server");
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!keep_worker()) {
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error("no worker to keep busy");
    }
  }
  ~BusySite() {
    release();
    ::close(holder_);
  }
  void release() {
    const std::lock_guard lock(mutex_);
    is_released_ = true;
    changed_.notify_all();
  }
  std::uint16_t port() const { return server_.port(); }

 private:
  // Without a queue, a request that comes before the worker has begun to wait for one is refused: then once more.
  bool keep_worker() {
    if (holder_ >= 0) ::close(holder_);
    holder_ = crash::connected(server_.port());
    const std::string request = "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n";
    if (::send(holder_, request.data(), request.size(), 0) < 0) throw std::runtime_error("no connection");
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::milliseconds(200), [this] { return is_held_; });
  }
  void hold() {
    std::unique_lock lock(mutex_);
    is_held_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_released_; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_held_ = false, is_released_ = false;
  int holder_ = -1;
  http::Server server_;
};

std::string body_of(const Fields& fields) {
  std::string body;
  for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + name + "=" + text::percent_encode(value);
  return body;
}

// The fields of a returned page's form, as a browser would send them.
Fields fields_of(const std::string& page) {
  Fields fields;
  for (std::size_t at = page.find("type=\"hidden\""); at != std::string::npos; at = page.find("type=\"hidden\"", at + 1))
    fields.emplace_back(crash::between(page.substr(at), "name=\"", "\""), crash::between(page.substr(at), "value=\"", "\""));
  fields.emplace_back("comment", crash::between(crash::between(page, "<textarea ", "/textarea>"), ">\n", "<"));
  return fields;
}

TEST(Busy, A_comment_that_finds_no_worker_comes_back_and_can_be_sent_again) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const Fields form = site.filled_form(article, "I was there.\nTwice.");
  BusySite busy(site);
  const std::string refused = crash::post_form(busy.port(), "/comment", body_of(form));
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 503"));
  for (const char* part : {"\r\nRetry-After: ", "\r\nCache-Control: no-store\r\n",
                           "\r\nContent-Security-Policy: ", "\r\nContent-Type: text/html; charset=utf-8\r\n",
                           "action=\"/comment\"", ">\nI was there.\nTwice.</textarea>"})
    EXPECT_THAT(refused, HasSubstr(part)) << refused;
  busy.release();
  std::string taken;
  do {  // until the worker is free
    taken = crash::post_form(busy.port(), "/comment", body_of(fields_of(refused)));
  } while (taken.starts_with("HTTP/1.1 503"));
  EXPECT_THAT(taken, StartsWith("HTTP/1.1 303")) << refused;
  EXPECT_TRUE(contains(site.get(article.address).body, "Ada Reader"));
}

http::Response refused(TestSite& site, const http::Request& request, int status) {
  std::optional<http::Response> response = site.web().refuse(request, status);
  EXPECT_TRUE(response);
  return response ? *std::move(response) : http::Response{};
}

TEST(Busy, What_comes_back_is_text_and_nothing_but_text) {
  TestSite site;
  const std::string hostile = "</textarea><script>alert(1)</script>\"><img src=x onerror=alert(1)>";
  const http::Response page =
      refused(site, make_post("/comment", {{"comment", hostile}, {"name", hostile}, {hostile, "\xff" + hostile}}), 503);
  EXPECT_EQ(page.status, 503);
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_THAT(page.body, Not(HasSubstr("<img")));
  EXPECT_THAT(page.body, HasSubstr("&lt;/textarea&gt;"));
  EXPECT_EQ(count(page.body, "<textarea"), 1);
}

TEST(Busy, Programs_get_JSON_and_what_is_no_form_of_ours_a_plain_answer) {
  TestSite site;
  http::Request request = make_post("/comment", {{"comment", "Words."}});
  request.headers.push_back({"Accept", "application/json"});
  const http::Response answer = refused(site, request, 503);
  EXPECT_EQ(text::json::parse(answer.body).at("error").at("key").as_string(), "server.busy");
  EXPECT_FALSE(header(answer, "Retry-After").empty());
  EXPECT_FALSE(site.web().refuse(make_get("/"), 503));
  EXPECT_FALSE(site.web().refuse(make_post("/nowhere", {}), 503));
  EXPECT_FALSE(site.web().refuse(make_post("/comment", {{"comment", "Words."}}), 400));
}

TEST(Busy, A_password_is_asked_for_again_and_a_form_from_elsewhere_gets_no_button) {
  TestSite site;
  const http::Response locked = refused(site, make_post("/password", {{"article", "1"}, {"password", "secret"}}), 503);
  EXPECT_THAT(locked.body, Not(HasSubstr("secret")));
  EXPECT_THAT(locked.body, HasSubstr("type=\"password\""));
  const Fields typed{{"comment", "My words."}, {"stamp", "123"}};
  const http::Response foreign = refused(site, make_post("/comment", typed, {{"Sec-Fetch-Site", "cross-site"}}), 503);
  EXPECT_THAT(foreign.body, HasSubstr("My words."));
  EXPECT_THAT(foreign.body, Not(HasSubstr("<form")));
  EXPECT_THAT(foreign.body, Not(HasSubstr("<button")));
}

TEST(Busy, Too_large_and_too_slow_are_told_in_the_language_of_the_site) {
  news::SiteSettings settings = plain_settings();
  settings.language = "de";
  TestSite site(settings);
  const http::Response slow = refused(site, make_post("/comment/edit", {{"grant", "g"}, {"comment", "Half a wor"}}), 408);
  EXPECT_EQ(slow.status, 408);
  EXPECT_THAT(slow.body, HasSubstr("lang=\"de\" dir=\"ltr\""));
  EXPECT_THAT(slow.body, HasSubstr("kam zu langsam an"));
  EXPECT_THAT(slow.body, HasSubstr("Half a wor"));
  const http::Response large = refused(site, make_post("/comment", {}), 413);
  EXPECT_EQ(large.status, 413);
  EXPECT_THAT(large.body, HasSubstr("zu groß"));
  EXPECT_THAT(large.body, Not(HasSubstr("<form")));
}

std::string events_of(const desk::PublishedArticle& article) { return base::format("/comment/events/{}", article.id.value); }

TEST(ThreadEvents, The_numbers_are_told_at_once_and_to_those_who_listen_already) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const http::Response first = site.get(events_of(article));
  ASSERT_TRUE(first.events);
  EXPECT_EQ(header(first, "Content-Type"), "text/event-stream");
  EXPECT_EQ(header(first, "Cache-Control"), "no-store");
  EXPECT_EQ(*first.events->topic->last().event, "data: {\"total\":0,\"newest\":0}\n\n");
  site.comment(article);
  while (first.events->topic->last().number < 2) std::this_thread::yield();
  EXPECT_EQ(*first.events->topic->last().event, "data: {\"total\":1,\"newest\":1}\n\n");
  EXPECT_EQ(site.get(events_of(article)).events->topic, first.events->topic);
}

// A database of which every read opens a connection, so that it can be kept from its readers.
struct LockableDatabase {
  explicit LockableDatabase(const std::filesystem::path& file)
      : database(
            *db::Database::open({.file = file, .readers = 0, .announce = false, .connect = [this](const auto& at, auto access) {
                                   if (is_locked) {
                                     ++refused;
                                     throw db::DatabaseError(db::DatabaseError::Cause::busy, "it is locked");
                                   }
                                   return db::open_sqlite(at, access);
                                 }})) {}

  std::atomic<bool> is_locked = false;
  std::atomic<int> refused = 0;
  std::unique_ptr<db::Database> database;
};

TEST(ThreadEvents, A_database_that_is_away_is_told_in_the_log_once_and_costs_no_listener_the_news) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  LockableDatabase lockable(site.folder() / "broadsheet.db");
  const desk::Desk& desk = site.desk();
  testing::internal::CaptureStderr();
  {
    web::LiveThreads threads({*lockable.database, desk.clock, desk.secrets, desk.settings, desk.zone}, 1ms);
    const auto topic = threads.topic_of(article.id);
    lockable.is_locked = true;
    threads.hear({{news::SourceKind::thread, article.id.value}});
    while (lockable.refused < 5) std::this_thread::yield();
    EXPECT_FALSE(topic->last().event);
    lockable.is_locked = false;
    while (!topic->last().event) std::this_thread::yield();
  }
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              MatchesRegex("[^\n]* the numbers of threads can't be read for those who watch them: it is locked\n"
                           "[^\n]* the numbers of threads can be read again, after [0-9]+ s\n"));
}

TEST(ThreadEvents, What_the_public_does_not_see_tells_nothing_and_stops_telling) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const http::Response open = site.get(events_of(article));
  ASSERT_TRUE(open.events);
  for (const news::ArticleStatus status : {news::ArticleStatus::draft, news::ArticleStatus::private_,
                                           news::ArticleStatus::password_protected, news::ArticleStatus::taken_down}) {
    ASSERT_TRUE(site.database().write([&](db::Transaction& tx) -> base::Result<void> {
      tx.query("UPDATE articles SET status = $1 WHERE id = $2").with(static_cast<std::int64_t>(status), article.id.value).run();
      tx.touch({static_cast<std::int32_t>(news::SourceKind::article), article.id.value});
      return {};
    }));
    EXPECT_EQ(site.get(events_of(article)).status, 404) << static_cast<int>(status);
  }
  while (!open.events->topic->last().is_over) std::this_thread::yield();
  for (const char* path : {"/comment/events/99", "/comment/events/", "/comment/events/one"})
    EXPECT_EQ(site.get(path).status, 404) << path;
}

TEST(ThreadEvents, They_are_bounded_in_all_and_for_each_client_and_a_place_is_free_again_when_its_holder_goes) {
  TestSite site(plain_settings(), base::Secrets::ephemeral(),
                {.requests_per_minute = 0, .streams = {.in_all = 3, .of_one_client = 2}});
  const auto article = site.publish("The bridge opens");
  const auto ask = [&](const char* client) {
    http::Request request = make_get(events_of(article));
    request.client = client;
    return site.handle(std::move(request));
  };
  std::vector<http::Response> open;
  for (int i = 0; i < 2; ++i) open.push_back(ask("192.0.2.1"));
  EXPECT_EQ(ask("192.0.2.1").status, 429);
  open.push_back(ask("192.0.2.2"));
  const http::Response full = ask("192.0.2.3");
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(header(full, "Retry-After"), "60");
  EXPECT_EQ(site.web().counts().streams.open, 3U);
  open.clear();
  EXPECT_TRUE(ask("192.0.2.1").events);
  EXPECT_EQ(site.web().counts().streams.open, 0U);
  EXPECT_EQ(site.web().counts().streams.refused, 2U);
}

}  // namespace
}  // namespace site
