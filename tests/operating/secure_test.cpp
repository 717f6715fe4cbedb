// The program over TLS and HTTP/2, as its operator runs it: what is logged, what is told to readers who wait for comments, and
// that a change of servers costs nobody a request.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "operating/served_site.h"
#include "text/json.h"
#include "text/url.h"
#include "wire/http2.h"

namespace {

using crash::Process;
using crash::TemporaryFolder;
using operating::make_site;
using operating::ServedSite;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using wire::Http2Client;
using wire::StreamAnswer;

// A running server with both kinds of sockets, on the ports of its predecessor if it takes over.
class SecureServer {
 public:
  SecureServer(const TemporaryFolder& folder, const http::TlsFiles& files, std::vector<std::string> more = {})
      : process_(arguments(folder, files, std::move(more)), folder / "log"), port_(process_.await_port()), tls_port_(process_.await_port()) {}

  std::uint16_t port() const { return port_; }
  std::uint16_t tls_port() const { return tls_port_; }
  Process& process() { return process_; }
  ServedSite::Form form() const {
    const std::string page = crash::get(port_, "/2026/01/story/");
    return {crash::between(page, "name=\"article\" value=\"", "\""), crash::between(page, "name=\"stamp\" value=\"", "\"")};
  }

 private:
  static std::vector<std::string> arguments(const TemporaryFolder& folder, const http::TlsFiles& files, std::vector<std::string> more) {
    std::vector<std::string> all = {"serve", folder / "site", "--listen", "127.0.0.1:0"};
    for (const std::string& setting :
         {std::string("tls.listen=127.0.0.1:0"), "tls.certificate=" + files.certificate.string(), "tls.key=" + files.key.string(),
          std::string("limits.comments_per_minute=0"), std::string("limits.requests_per_minute=0")})
      all.insert(all.end(), {"--set", setting});
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  Process process_;
  std::uint16_t port_;
  std::uint16_t tls_port_;
};

std::string comment_body(const ServedSite::Form& form, const std::string& words) {
  return "article=" + form.article + "&parent=&stamp=" + text::percent_encode(form.stamp) +
         "&name=Bo&email=bo%40example.org&website=&comment=" + text::percent_encode(words);
}

const wire::Fields form_fields = {{"origin", "https://localhost"}, {"content-type", "application/x-www-form-urlencoded"}};

// Readers who ask and write without pause, by HTTP/2 and by HTTP/1.1 over TLS. As RFC 9113, 6.8 has it, a client that is told GOAWAY
// opens its next streams elsewhere, and asks once more for those beyond the last that the server names.
class SecureLoad {
 public:
  SecureLoad(std::uint16_t port, ServedSite::Form form) : port_(port), form_(std::move(form)) {
    for (int i = 0; i < 2; ++i) start([this, i](std::atomic<std::size_t>& answers) { use_http2(answers, i); });
    start([this](std::atomic<std::size_t>& answers) { use_http11(answers, 1000); });
    start([this](std::atomic<std::size_t>& answers) { use_http11(answers, 1); });
  }
  ~SecureLoad() { stop(); }

  void await_answers(std::size_t more) const {
    std::vector<std::size_t> before;
    for (const auto& count : counts_) before.push_back(*count);
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      while (*counts_[i] < before[i] + more && !is_over_) std::this_thread::yield();
    }
  }
  void stop() {
    is_over_ = true;
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }
  const std::vector<std::string>& failures() const { return failures_; }
  const std::multiset<std::string>& acknowledged() const { return acknowledged_; }

 private:
  void start(std::function<void(std::atomic<std::size_t>&)> use) {
    auto& count = *counts_.emplace_back(std::make_unique<std::atomic<std::size_t>>(0));
    threads_.emplace_back([this, &count, use = std::move(use)] {
      try {
        while (!is_over_) use(count);
      } catch (const std::exception& cause) {
        fail(cause.what());
      }
    });
  }

  // One connection's life.
  void use_http2(std::atomic<std::size_t>& answers, int writer) {
    Http2Client client(port_);
    while (!is_over_ && !client.goaway()) {
      std::vector<std::int32_t> reads;
      for (int i = 0; i < 4; ++i) reads.push_back(client.ask(Http2Client::get(i % 2 == 0 ? "/2026/01/story/" : "/search?q=words")));
      const std::string words = "Words " + std::to_string(++written_) + " of writer " + std::to_string(writer) + ".";
      const std::int32_t write = client.ask(Http2Client::post("/comment", form_fields), comment_body(form_, words));
      for (const std::int32_t stream : reads) answers += expect(client, stream, 200);
      if (!expect(client, write, 303)) continue;
      ++answers;
      const std::lock_guard lock(mutex_);
      acknowledged_.insert(words);
    }
  }

  // Whether it was answered; what the server says it has not looked at is no failure.
  bool expect(Http2Client& client, std::int32_t stream, int status) {
    const StreamAnswer& answer = client.wait(stream);
    if (answer.status == status && answer.is_whole) return true;
    const bool may_ask_again = client.goaway() == NGHTTP2_NO_ERROR && stream > client.goaway_stream();
    if (!may_ask_again) fail("HTTP/2: " + std::to_string(answer.status) + " " + answer.body.substr(0, 200));
    return false;
  }

  void use_http11(std::atomic<std::size_t>& answers, int requests) {
    wire::TlsClient client(port_);
    for (int i = 0; i < requests && !is_over_; ++i) {
      client.send("GET /2026/01/story/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
      const wire::Answer answer = client.read_answer();
      // RFC 9112, 9.3.1: a connection that was used may have been closed while the request was on its way.
      if (answer.status == 0 && i > 0) return;
      if (answer.status != 200 || answer.body.find("</html>") == std::string::npos)
        return fail("HTTP/1.1: " + std::to_string(answer.status) + " " + answer.head);
      ++answers;
      if (answer.header("Connection") == "close") return;
    }
  }

  void fail(const std::string& what) {
    const std::lock_guard lock(mutex_);
    failures_.push_back(what);
    is_over_ = true;
  }

  const std::uint16_t port_;
  const ServedSite::Form form_;
  std::atomic<bool> is_over_ = false;
  std::atomic<int> written_ = 0;
  std::vector<std::unique_ptr<std::atomic<std::size_t>>> counts_;
  std::mutex mutex_;
  std::vector<std::string> failures_;
  std::multiset<std::string> acknowledged_;
  std::vector<std::thread> threads_;
};

struct Secure : testing::Test {
  Secure() { make_site(folder); }
  std::multiset<std::string> stored() const {
    const crash::Outcome list = crash::run({"comments", "list", folder / "site", "--json", "--most", "1000000"});
    std::multiset<std::string> texts;
    const text::json::value comments = text::json::parse(list.output);
    for (const text::json::value& comment : comments.as_array()) texts.insert(std::string(comment.at("text").as_string()));
    return texts;
  }

  // A line is written after its answer has left.
  void await_in_log(const std::string& part) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (operating::read_file(folder / "log").find(part) == std::string::npos) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << part;
      std::this_thread::yield();
    }
  }

  const TemporaryFolder folder;
  const wire::CertificateFolder certificates;
  const http::TlsFiles files = certificates.write("site");
};

TEST_F(Secure, A_server_that_takes_over_loses_no_request_and_no_comment) {
  auto server = std::make_unique<SecureServer>(folder, files, std::vector<std::string>{"--set", "http.io_threads=2"});
  const std::uint16_t port = server->tls_port();
  SecureLoad load(port, server->form());
  for (int i = 0; i < 3; ++i) {
    load.await_answers(40);
    auto successor = std::make_unique<SecureServer>(
        folder, files, std::vector<std::string>{"--take-over", "--set", "http.io_threads=" + std::to_string(1 + i % 3)});
    EXPECT_EQ(successor->tls_port(), port);
    EXPECT_EQ(server->process().await_exit(), 0);
    server = std::move(successor);
  }
  load.await_answers(40);
  load.stop();
  EXPECT_THAT(load.failures(), IsEmpty());
  EXPECT_EQ(server->process().end(SIGTERM), 0);
  const std::multiset<std::string> texts = stored();
  for (const std::string& words : load.acknowledged()) EXPECT_EQ(texts.count(words), 1U) << words;
}

TEST_F(Secure, SIGTERM_lets_the_streams_that_are_open_end_and_names_the_last) {
  SecureServer server(folder, files);
  Http2Client client(server.tls_port());
  ASSERT_EQ(client.fetch(Http2Client::get("/")).status, 200);
  const std::int32_t slow = client.ask_openly(Http2Client::post("/comment", form_fields));
  const std::int32_t events = client.ask(Http2Client::get("/comment/events/" + server.form().article));
  while (client.look(events).body.empty()) client.pump(10);
  server.process().signal(SIGTERM);
  // Asked before the client could know. A test that was held up for long may come after the second GOAWAY, which then leaves out
  // what it asked last.
  std::vector<std::int32_t> asked;
  while (!client.goaway()) {
    asked.push_back(client.ask(Http2Client::get("/2026/01/story/")));
    client.wait(asked.back());
  }
  EXPECT_EQ(client.goaway(), NGHTTP2_NO_ERROR);
  for (const std::int32_t stream : asked)
    EXPECT_TRUE(client.wait(stream).status == 200 || client.goaway_stream() < stream) << stream;
  EXPECT_TRUE(client.wait(events).is_whole);
  client.reset(slow);
  EXPECT_TRUE(client.await_end());
  EXPECT_EQ(server.process().await_exit(), 0);
}

// Whoever listens for news must not keep a server that is told to go, with or without a successor.
TEST_F(Secure, Readers_who_wait_for_news_hold_up_nobody_and_are_told_by_the_next_server) {
  SecureServer old(folder, files, {"--set", "comments.moderation=none"});
  const std::string events = "/comment/events/" + old.form().article;
  wire::Client waiting(old.port());
  waiting.send("GET " + events + " HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_EQ(waiting.read_answer().status, 200);
  EXPECT_EQ(waiting.read_chunk(), "data: {\"total\":0,\"newest\":0}\n\n");
  const auto begin = std::chrono::steady_clock::now();
  SecureServer next(folder, files, {"--take-over", "--set", "comments.moderation=none"});
  EXPECT_EQ(waiting.read_chunk(), "");
  EXPECT_EQ(old.process().await_exit(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));  // less than the time that draining may take
  wire::Client again(next.port());
  again.send("GET " + events + " HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_EQ(again.read_answer().status, 200);
  EXPECT_EQ(again.read_chunk(), "data: {\"total\":0,\"newest\":0}\n\n");
}

TEST_F(Secure, A_posted_comment_and_one_that_another_process_publishes_are_told_to_who_waits) {
  SecureServer server(folder, files, {"--set", "comments.moderation=first"});
  const ServedSite::Form form = server.form();
  wire::Client plain(server.port());
  plain.send("GET /comment/events/" + form.article + " HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_EQ(plain.read_answer().header("Content-Type"), "text/event-stream");
  EXPECT_EQ(plain.read_chunk(), "data: {\"total\":0,\"newest\":0}\n\n");
  Http2Client modern(server.tls_port());
  const std::int32_t events = modern.ask(Http2Client::get("/comment/events/" + form.article));
  while (modern.look(events).body.empty()) modern.pump(10);

  ASSERT_THAT(crash::post_form(server.port(), "/comment", comment_body(form, "The first.")), StartsWith("HTTP/1.1 303"));
  ASSERT_EQ(crash::run({"comments", "publish", folder / "site", "1"}).exit_code, 0);
  EXPECT_EQ(plain.read_chunk(), "data: {\"total\":1,\"newest\":1}\n\n");
  // Who has one published comment needs no moderator, but only the reader's own cookie proves that.
  ASSERT_EQ(crash::run({"comments", "hold", folder / "site", "1"}).exit_code, 0);
  EXPECT_EQ(plain.read_chunk(), "data: {\"total\":0,\"newest\":0}\n\n");
  const std::string last = "data: {\"total\":0,\"newest\":0}\n\n";
  while (modern.look(events).body.find("\"total\":1") == std::string::npos || !modern.look(events).body.ends_with(last)) modern.pump(10);
  EXPECT_EQ(modern.fetch(Http2Client::get("/")).status, 200);
}

TEST_F(Secure, Both_protocols_stand_in_the_log_and_in_the_numbers) {
  SecureServer server(folder, files,
                      {"--set", "log.access=true", "--set", "log.format=json", "--set", "log.slow_milliseconds=1", "--set",
                       "ops.listen=127.0.0.1:0"});
  crash::get(server.port(), "/2026/01/story/");
  Http2Client client(server.tls_port());
  for (const char* path : {"/2026/01/story/", "/search?q=secret", "/comment/events/" }) client.fetch(Http2Client::get(path));
  for (const char* part : {R"("path":"/2026/01/story/","protocol":"HTTP/1.1","status":200)",
                           R"("path":"/2026/01/story/","protocol":"HTTP/2","status":200)",
                           R"("path":"/search","protocol":"HTTP/2","status":200)"})
    await_in_log(part);
  EXPECT_THAT(operating::read_file(folder / "log"), testing::Not(HasSubstr("secret")));
  const std::string port = crash::between(operating::read_file(folder / "log"), "told on http://127.0.0.1:", "\"");
  const operating::Families now =
      operating::parse_exposition(operating::body_of(crash::get(static_cast<std::uint16_t>(std::stoi(port)), "/metrics")));
  EXPECT_EQ(operating::value_of(now, "broadsheet_http_requests_total", {{"kind", "prepared"}, {"status", "2xx"}}), 1);
  EXPECT_EQ(operating::value_of(now, "broadsheet_http_requests_total", {{"kind", "worker"}, {"status", "2xx"}}), 2);
  EXPECT_EQ(operating::value_of(now, "broadsheet_http_requests_total", {{"kind", "worker"}, {"status", "4xx"}}), 1);
  EXPECT_EQ(operating::value_of(now, "broadsheet_http_worker_seconds_count"), 3);
}

}  // namespace
