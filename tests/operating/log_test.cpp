// What the server logs: lines that programs can read, the reason where an answer was slow, and never anything private.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <sstream>
#include <thread>

#include "db/connection.h"
#include "operating/served_site.h"
#include "text/json.h"

namespace {

using crash::get;
using crash::TemporaryFolder;
using operating::make_site;
using operating::ServedSite;
using operating::value_of;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<text::json::object> json_lines(const std::string& log) {
  std::vector<text::json::object> lines;
  std::istringstream in(log);
  for (std::string line; std::getline(in, line);) lines.push_back(text::json::parse(line).as_object());
  return lines;
}

std::string text_of(const text::json::object& line, const char* field) { return std::string(line.at(field).as_string()); }

std::optional<text::json::object> find_event(const std::string& log, const std::string& name, const std::string& path) {
  for (const text::json::object& line : json_lines(log)) {
    if (text_of(line, "event") == name && text_of(line, "path") == path) return line;
  }
  return std::nullopt;
}

// The log is written after the answer has left, so the line may come a moment later.
text::json::object await_event(const ServedSite& site, const std::string& name, const std::string& path) {
  while (true) {
    if (auto line = find_event(site.log(), name, path)) return *line;
    std::this_thread::yield();
  }
}

TEST(Log, As_JSON_every_line_is_an_object_with_time_level_and_event) {
  const TemporaryFolder folder;
  make_site(folder);
  ServedSite site(folder, {"log.format=json", "log.access=true", "log.level=debug", "ops.listen=127.0.0.1:0"});
  get(site.port(), "/2026/01/story/?secret=1");
  get(site.port(), "/2026/01/story/");
  crash::answer_to(site.port(), "nonsense\r\n\r\n");
  site.process().end(SIGTERM);

  int requests = 0;
  for (const text::json::object& line : json_lines(site.log())) {
    EXPECT_THAT(text_of(line, "time"), testing::MatchesRegex("20[0-9-]+T[0-9:.]+[+-][0-9:]+"));
    EXPECT_THAT(text_of(line, "level"), testing::AnyOf("debug", "info", "warning", "error"));
    requests += text_of(line, "event") == "request";
  }
  EXPECT_EQ(requests, 3);
}

TEST(Log, Answers_are_logged_only_when_the_settings_ask_for_it) {
  const TemporaryFolder folder;
  make_site(folder);
  ServedSite site(folder);
  get(site.port(), "/2026/01/story/");
  site.process().end(SIGTERM);
  EXPECT_THAT(site.log(), Not(HasSubstr("story")));
}

// While somebody else holds the database, a comment waits for its commit.
TEST(Log, A_slow_answer_is_logged_with_the_reason) {
  constexpr std::chrono::milliseconds slow(40);
  const TemporaryFolder folder;
  make_site(folder);
  const ServedSite site(folder,
                        {"log.format=json", "log.slow_milliseconds=40", "ops.listen=127.0.0.1:0", "comments.moderation=none"});
  const ServedSite::Form form = site.form();
  const double connections_before = value_of(site.metrics(), "broadsheet_http_connections_total");

  const auto other = db::open_sqlite(folder / "site/broadsheet.db", db::Access::write);
  other->execute("BEGIN IMMEDIATE");
  std::string answer;
  std::thread reader([&] { answer = site.post_comment(form, "Ida", "ida@example.org", "It takes a while."); });
  while (value_of(site.metrics(), "broadsheet_http_connections_total") == connections_before) std::this_thread::yield();
  std::this_thread::sleep_for(10 * slow);  // how long the other holds it
  other->execute("COMMIT");
  reader.join();
  ASSERT_THAT(answer, StartsWith("HTTP/1.1 303"));

  const text::json::object line = await_event(site, "slow_request", "/comment");
  EXPECT_EQ(text_of(line, "reason"), "commit");
  EXPECT_EQ(text_of(line, "method"), "POST");
  EXPECT_EQ(line.at("status").as_int64(), 303);
  EXPECT_GE(line.at("milliseconds").as_double(), 40.0);
}

TEST(Log, Nothing_private_is_in_it_whatever_it_is_asked_to_tell) {
  const TemporaryFolder folder;
  make_site(folder);
  ServedSite site(folder, {"log.access=true", "log.level=debug", "log.slow_milliseconds=1", "ops.listen=127.0.0.1:0"});
  const ServedSite::Form form = site.form();
  const std::string answer = site.post_comment(form, "Probename", "probe@example.org", "Probetext.");
  const std::string capability = crash::between(answer, "posted=", "#");
  const std::string cookie = crash::between(answer, "Set-Cookie: reader=", ";");
  ASSERT_FALSE(capability.empty());
  ASSERT_FALSE(cookie.empty());
  const std::string host = "Host: 127.0.0.1:" + std::to_string(site.port()) +
                           "\r\nUser-Agent: Probeagent\r\nCookie: reader=" + cookie +
                           "\r\nX-Forwarded-For: 203.0.113.77\r\nConnection: close\r\n\r\n";
  crash::answer_to(site.port(), "GET /2026/01/story/?posted=" + capability + " HTTP/1.1\r\n" + host);
  crash::answer_to(site.port(), "GET /probe@example.org HTTP/1.1\r\n" + host);
  site.post_comment(form, "Probename", "no address", "Probetext.");
  site.process().end(SIGTERM);

  const std::string log = site.log();
  EXPECT_THAT(log, HasSubstr("/comment"));
  // The address it listens on is the server's own.
  const std::string own = "http://127.0.0.1:";
  std::string without_own = log;
  for (auto at = without_own.find(own); at != std::string::npos; at = without_own.find(own)) without_own.erase(at, own.size());
  for (const std::string& secret : {capability, cookie, form.stamp, std::string("robe"), std::string("example.org"),
                                    std::string("127.0.0.1"), std::string("203.0.113.77"), std::string("posted")})
    EXPECT_THAT(without_own, Not(HasSubstr(secret)));
}

}  // namespace
