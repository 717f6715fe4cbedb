// A server is replaced while readers read and write: none of them notices, and nothing they wrote is missing or there twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/un.h>

#include <cstdlib>
#include <memory>
#include <optional>

#include "operating/load.h"
#include "operating/served_site.h"
#include "text/json.h"
#include "text/url.h"

namespace {

using crash::get;
using crash::Process;
using crash::TemporaryFolder;
using operating::Load;
using operating::make_site;
using operating::ServedSite;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> serve(const TemporaryFolder& folder, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"serve",    folder / "site",
                                        "--listen", "127.0.0.1:0",
                                        "--set",    "limits.comments_per_minute=0",
                                        "--set",    "limits.requests_per_minute=0",
                                        "--set",    "comments.moderation=none"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

ServedSite::Form form_at(std::uint16_t port) {
  const std::string page = get(port, "/2026/01/story/");
  return {crash::between(page, "name=\"article\" value=\"", "\""), crash::between(page, "name=\"stamp\" value=\"", "\"")};
}

void expect_each_once(const TemporaryFolder& folder, const std::multiset<std::string>& acknowledged) {
  const crash::Outcome list = crash::run({"comments", "list", folder / "site", "--json", "--most", "1000000"});
  std::multiset<std::string> stored;
  const text::json::value comments = text::json::parse(list.output);
  for (const text::json::value& comment : comments.as_array())
    stored.insert(std::string(comment.at("text").as_string()));
  for (const std::string& words : acknowledged) EXPECT_EQ(stored.count(words), 1U) << words;
  EXPECT_EQ(crash::run({"check", folder / "site"}).exit_code, 0);
}

// As a service manager does: a socket that stays open whoever serves on it.
class ListeningSocket {
 public:
  ListeningSocket() : number_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(number_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(number_, 1024) != 0)
      throw std::runtime_error("no socket to listen on");
  }
  ~ListeningSocket() { ::close(number_); }
  int number() const { return number_; }

 private:
  int number_;
};

constexpr int replacements = 3;
constexpr std::size_t answers_between = 60;

TEST(Upgrade, Behind_a_socket_that_stays_open_a_restart_loses_no_request_and_no_comment) {
  const TemporaryFolder folder;
  make_site(folder);
  const ListeningSocket socket;
  auto server = std::make_unique<Process>(serve(folder), folder / "log", socket.number());
  const std::uint16_t port = server->await_port();
  Load load(port, form_at(port));
  for (int i = 0; i < replacements; ++i) {
    load.await_answers(answers_between);
    EXPECT_EQ(server->end(SIGTERM), 0);
    server = std::make_unique<Process>(serve(folder), folder / "log", socket.number());
    EXPECT_EQ(server->await_port(), port);
  }
  load.await_answers(answers_between);
  load.stop();
  EXPECT_THAT(load.failures(), IsEmpty());
  EXPECT_EQ(server->end(SIGTERM), 0);
  expect_each_once(folder, load.acknowledged());
}

TEST(Upgrade, A_server_that_takes_over_loses_no_request_and_no_comment) {
  const TemporaryFolder folder;
  make_site(folder);
  auto server = std::make_unique<Process>(serve(folder, {"--set", "http.io_threads=2"}), folder / "log");
  const std::uint16_t port = server->await_port();
  Load load(port, form_at(port));
  for (int i = 0; i < replacements; ++i) {
    load.await_answers(answers_between);
    // Another number of threads each time: every socket must be served by somebody.
    auto successor = std::make_unique<Process>(
        serve(folder, {"--take-over", "--set", "http.io_threads=" + std::to_string(1 + i % 3)}), folder / "log");
    EXPECT_EQ(successor->await_port(), port);
    EXPECT_EQ(server->await_exit(), 0);
    server = std::move(successor);
  }
  load.await_answers(answers_between);
  load.stop();
  EXPECT_THAT(load.failures(), IsEmpty());
  EXPECT_EQ(server->end(SIGTERM), 0);
  expect_each_once(folder, load.acknowledged());
}

TEST(Upgrade, Metrics_and_health_go_over_with_the_rest) {
  const TemporaryFolder folder;
  make_site(folder);
  Process old(serve(folder, {"--set", "ops.listen=127.0.0.1:0"}), folder / "log");
  old.await_port();
  const std::string port = crash::between(operating::read_file(folder / "log"), "told on http://127.0.0.1:", "\n");
  Process successor(serve(folder, {"--take-over", "--set", "ops.listen=127.0.0.1:0"}), folder / "log2");
  successor.await_port();
  EXPECT_EQ(old.await_exit(), 0);
  EXPECT_EQ(crash::between(operating::read_file(folder / "log2"), "told on http://127.0.0.1:", "\n"), port);
  EXPECT_THAT(get(static_cast<std::uint16_t>(std::stoi(port)), "/readyz"), StartsWith("HTTP/1.1 200"));
}

TEST(Upgrade, Without_a_server_to_take_over_from_it_listens_by_itself) {
  const TemporaryFolder folder;
  make_site(folder);
  Process server(serve(folder, {"--take-over"}), folder / "log");
  EXPECT_THAT(get(server.await_port(), "/"), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(server.end(SIGTERM), 0);
  EXPECT_FALSE(std::filesystem::exists(folder / "site/serve.sock"));
}

TEST(Upgrade, A_second_server_on_the_same_address_is_refused_and_told_the_way_out) {
  const TemporaryFolder folder;
  make_site(folder);
  for (const char* const threads : {"http.io_threads=1", "http.io_threads=2"}) {
    Process server(serve(folder, {"--set", threads}), folder / "log");
    const std::string address = "127.0.0.1:" + std::to_string(server.await_port());
    Process second({"serve", folder / "site", "--listen", address, "--set", threads}, folder / "refusal");
    EXPECT_EQ(second.await_exit(), 1);
    EXPECT_THAT(operating::read_file(folder / "refusal"), HasSubstr("--take-over"));
  }
}

TEST(Upgrade, A_successor_that_dies_before_it_serves_changes_nothing) {
  const TemporaryFolder folder;
  make_site(folder);
  Process server(serve(folder), folder / "log");
  const std::uint16_t port = server.await_port();
  for (int i = 0; i < 2; ++i) {
    const int successor = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    (folder / "site/serve.sock").copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::connect(successor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    char greeting[64] = {};
    ASSERT_GT(::recv(successor, greeting, sizeof greeting, 0), 0);
    EXPECT_THAT(greeting, StartsWith("broadsheet 1\nhttp"));
    ::close(successor);
  }
  EXPECT_THAT(get(port, "/"), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(server.end(SIGTERM), 0);
}

TEST(Upgrade, Two_servers_of_one_site_show_what_the_other_has_taken) {
  const TemporaryFolder folder;
  make_site(folder);
  const ServedSite one(folder, {"comments.moderation=none"});
  Process other(serve(folder), folder / "log2");
  const std::uint16_t other_port = other.await_port();
  const auto await_text = [](std::uint16_t port, const std::string& text) {
    while (get(port, "/2026/01/story/").find(text) == std::string::npos) std::this_thread::yield();
  };
  get(other_port, "/2026/01/story/");  // so that both have the page ready
  get(one.port(), "/2026/01/story/");
  ASSERT_THAT(one.post_comment(one.form(), "Ida", "ida@example.org", "Written at one."), StartsWith("HTTP/1.1 303"));
  await_text(other_port, "Written at one.");
  const std::string body = "article=" + form_at(other_port).article +
                           "&parent=&stamp=" + text::percent_encode(form_at(other_port).stamp) +
                           "&name=Bo&email=bo%40example.org&website=&comment=Written+at+the+other.";
  ASSERT_THAT(crash::post_form(other_port, "/comment", body), StartsWith("HTTP/1.1 303"));
  await_text(one.port(), "Written at the other.");
}

// Listens where a service manager would.
class Manager {
 public:
  explicit Manager(const std::string& place) : number_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    place.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(number_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no socket for the manager");
    ::setenv("NOTIFY_SOCKET", place.c_str(), 1);
  }
  ~Manager() {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(number_);
  }
  std::string next() const {
    char text[256];
    const ssize_t got = ::recv(number_, text, sizeof text, 0);
    return {text, static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
  }

 private:
  int number_;
};

TEST(Upgrade, The_service_manager_hears_when_it_is_ready_reloads_and_stops) {
  const TemporaryFolder folder;
  make_site(folder);
  const Manager manager(folder / "notify");
  Process server(serve(folder), folder / "log");
  server.await_port();
  EXPECT_EQ(manager.next(), "READY=1");
  server.signal(SIGHUP);
  EXPECT_THAT(manager.next(), StartsWith("RELOADING=1\nMONOTONIC_USEC="));
  EXPECT_EQ(manager.next(), "READY=1");
  EXPECT_EQ(server.end(SIGTERM), 0);
  EXPECT_EQ(manager.next(), "STOPPING=1");
}

}  // namespace
