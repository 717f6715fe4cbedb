#include "wire/conformance/conformance.h"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "http/date.h"
#include "http/syntax.h"

namespace conformance {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view secret = "never-to-be-served";

desk::PublishRequest long_article() {
  desk::PublishRequest request = site::TestSite::some_article("The bridge opens");
  for (int i = 0; i < 40; ++i) request.body += "\n\nA further paragraph, so that the page is worth compressing.";
  return request;
}

std::string make_clip(const fs::path& folder) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += static_cast<char>('a' + i % 23);
  std::ofstream(folder / "media/clip.mp4", std::ios::binary) << bytes;
  fs::last_write_time(folder / "media/clip.mp4", fs::file_time_type::clock::now() - std::chrono::hours(1));
  std::ofstream(folder / "outside.txt") << secret;
  std::ofstream(folder / "media/.hidden") << secret;
  fs::create_symlink(folder / "outside.txt", folder / "media/link.txt");
  return bytes;
}

http::ServerSettings settings() {
  http::ServerSettings settings;
  settings.port = 0;
  settings.workers = 2;
  return settings;
}

bool stands_in(const wire::Answer& answer, std::string_view line) {
  if (line.starts_with('!')) return answer.header(line.substr(1)).empty();
  const std::size_t colon = line.find(':');
  const std::string value = answer.header(line.substr(0, colon));
  return colon == std::string_view::npos ? !value.empty() : value == http::trim(line.substr(colon + 1));
}

// RFC 9110, 6.6.1, 8.6, 15.3.5, 15.4.5; RFC 9112, 4 and 6.1; and what this server promises beside them.
void check_any(const wire::Answer& answer) {
  ASSERT_NE(answer.status, 0) << "no answer";
  EXPECT_TRUE(answer.head.starts_with("HTTP/1.1 ")) << answer.head;
  EXPECT_NE(answer.status, 500) << answer.body;
  EXPECT_TRUE(http::parse_date(answer.header("Date"))) << answer.head;
  const bool is_bodiless = answer.status == 204 || answer.status == 304;
  EXPECT_EQ(answer.header("Content-Length").empty(), is_bodiless) << answer.head;
  EXPECT_EQ(answer.header("Transfer-Encoding"), "");
  EXPECT_EQ(answer.header("Upgrade"), "");
  EXPECT_EQ(answer.head.find('\n' + std::string(1, '\n')), std::string::npos);
  EXPECT_EQ(answer.body.find(secret), std::string::npos) << "a file that is nobody's business";
  if (!answer.body.empty()) {
    EXPECT_NE(answer.header("Content-Type"), "") << answer.head;
  }
}

void check_closed(wire::Client& client, const wire::Answer& answer) {
  EXPECT_EQ(answer.header("Connection"), "close");
  client.finish_sending();
  std::string rest;
  EXPECT_TRUE(client.is_closed_by_server(&rest));
  EXPECT_EQ(rest, "") << "something after the refused request was answered";
}

void check_open(wire::Client& client) {
  client.send(get("/robots.txt"));
  const wire::Answer next = client.read_answer();
  EXPECT_EQ(next.status, 200) << "what follows is not read as a request of its own";
  EXPECT_TRUE(next.body.starts_with("User-agent: *")) << next.body;
}

}  // namespace

std::string request(std::string_view method, std::string_view target, std::string_view headers, std::string_view body) {
  return std::string(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: news.example.org\r\n").append(headers) +
         "\r\n" + std::string(body);
}

std::string get(std::string_view target, std::string_view headers) { return request("GET", target, headers); }

Paper& Paper::one() {
  static Paper paper;
  return paper;
}

Paper::Paper()
    : clip_(make_clip(site_.folder())),
      server_(
          settings(),
          [this](http::Request request, http::Reply reply) { site_.web().handle(std::move(request), std::move(reply)); },
          [this] { return site_.web().make_source(); }) {
  const auto started = server_.start();
  if (!started) throw std::runtime_error(started.error().key);
  const desk::PublishedArticle article = site_.publish(long_article());
  site_.comment(article);
  facts_ = {{"{article}", article.address}};
  // Brotli is made of pages that stood for an hour, after their next answer. Wait for it, with an end.
  ask(get("{article}"));
  site_.clock().advance(base::Seconds(3600));
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (ask(get("{article}", "Accept-Encoding: br\r\n")).header("Content-Encoding") != "br" &&
         std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const wire::Answer page = ask(get("{article}"));
  const wire::Answer clip = ask(get("/media/clip.mp4"));
  facts_.insert(facts_.end(), {{"{tag}", page.header("ETag")},
                               {"{gzip-tag}", ask(get("{article}", "Accept-Encoding: gzip\r\n")).header("ETag")},
                               {"{clip-tag}", clip.header("ETag")},
                               {"{clip-date}", clip.header("Last-Modified")}});
}

std::string Paper::fill(std::string text) const {
  for (const auto& [name, value] : facts_) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
      text.replace(at, name.size(), value);
  }
  return text;
}

wire::Answer Paper::ask(std::string_view request) const {
  wire::Client client(port());
  client.send(fill(std::string(request)));
  return client.read_answer(request.starts_with("HEAD "));
}

void check(const Rule& rule) {
  Paper& paper = Paper::one();
  wire::Client client(paper.port());
  client.send(paper.fill(rule.request));
  const wire::Answer answer = client.read_answer(rule.request.starts_with("HEAD "));
  EXPECT_THAT(rule.statuses, testing::Contains(answer.status)) << answer.head << answer.body.substr(0, 500);
  check_any(answer);
  for (const std::string& line : rule.headers) EXPECT_TRUE(stands_in(answer, paper.fill(line))) << line << "\n" << answer.head;
  if (!rule.body.empty()) {
    EXPECT_NE(answer.body.find(rule.body), std::string::npos) << answer.body.substr(0, 500);
  }
  rule.then == Then::closes ? check_closed(client, answer) : check_open(client);
}

void PrintTo(const Rule& rule, std::ostream* out) { *out << rule.name; }

std::string name_of(const testing::TestParamInfo<Rule>& info) { return info.param.name; }

TEST_P(Conforms, To_the_rule) { check(GetParam()); }

}  // namespace conformance
