// What the running server tells its operator: numbers that are right, in the format that is promised, with nothing private in
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operating/served_site.h"

namespace {

using crash::get;
using crash::TemporaryFolder;
using operating::Families;
using operating::make_site;
using operating::parse_exposition;
using operating::ServedSite;
using operating::value_of;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string told = "ops.listen=127.0.0.1:0";

TEST(Exposition, The_reader_of_these_tests_refuses_what_the_format_forbids) {
  EXPECT_NO_THROW(parse_exposition("# HELP a_total Help.\n# TYPE a_total counter\na_total{x=\"1\",y=\"\\\"\"} 2\n"));
  for (const char* const wrong :
       {"a 1", "a 1\n", "# HELP a Help.\n# TYPE a gauge\na one\n", "# HELP a Help.\n# TYPE a gauge\na{x=1} 1\n",
        "# HELP a Help.\n# TYPE a gauge\na 1\na 2\n", "# HELP a Help.\n# TYPE a counter\na 1\n",
        "# HELP a Help.\n# TYPE a gauge\nb 1\n", "# HELP a Help.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n",
        "# HELP a Help.\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n"})
    EXPECT_THROW(parse_exposition(wrong), std::runtime_error) << wrong;
}

TEST(Metrics, They_count_what_readers_did) {
  const TemporaryFolder folder;
  make_site(folder);
  const ServedSite site(folder, {told, "comments.moderation=none"});
  const ServedSite::Form form = site.form();
  for (int i = 0; i < 3; ++i) get(site.port(), "/2026/01/story/");
  get(site.port(), "/nothing-here/");
  crash::answer_to(site.port(), "nonsense\r\n\r\n");
  ASSERT_THAT(site.post_comment(form, "Ida", "ida@example.org", "First."), StartsWith("HTTP/1.1 303"));
  ASSERT_THAT(site.post_comment(form, "Ida", "no address", "Second."), StartsWith("HTTP/1.1 4"));

  const Families now = site.metrics();
  EXPECT_EQ(value_of(now, "broadsheet_http_requests_total", {{"kind", "prepared"}, {"status", "2xx"}}), 3);
  EXPECT_EQ(value_of(now, "broadsheet_http_requests_total", {{"kind", "worker"}, {"status", "2xx"}}), 1);
  EXPECT_EQ(value_of(now, "broadsheet_http_requests_total", {{"kind", "worker"}, {"status", "3xx"}}), 1);
  EXPECT_EQ(value_of(now, "broadsheet_http_requests_total", {{"kind", "worker"}, {"status", "4xx"}}), 2);
  EXPECT_EQ(value_of(now, "broadsheet_http_requests_total", {{"kind", "refused"}, {"status", "4xx"}}), 1);
  EXPECT_EQ(value_of(now, "broadsheet_http_worker_seconds_count"), 4);
  EXPECT_EQ(value_of(now, "broadsheet_http_connections_total"), 8);
  EXPECT_EQ(value_of(now, "broadsheet_page_cache_hits_total"), 3);
  EXPECT_EQ(value_of(now, "broadsheet_comments_accepted_total", {{"verdict", "published"}}), 1);
  EXPECT_EQ(value_of(now, "broadsheet_comments_accepted_total", {{"verdict", "held"}}), 0);
  EXPECT_EQ(value_of(now, "broadsheet_comments_refused_total", {{"reason", "invalid"}}), 1);
  EXPECT_GE(value_of(now, "broadsheet_database_batch_size_count"), 1);
  EXPECT_GE(value_of(now, "broadsheet_database_commit_seconds_count"), 1);
  EXPECT_GT(value_of(now, "broadsheet_database_size_bytes"), 0);
  EXPECT_GT(value_of(now, "process_resident_memory_bytes"), 0);
  EXPECT_GT(value_of(now, "process_open_fds"), 0);
  EXPECT_GT(value_of(now, "process_start_time_seconds"), 1.6e9);
}

TEST(Metrics, Nothing_in_them_is_private_or_comes_from_outside) {
  const TemporaryFolder folder;
  make_site(folder);
  const ServedSite site(folder, {told});
  site.post_comment(site.form(), "Probename", "probe@example.org", "Probetext.");
  get(site.port(), "/probe-path/?probe=query");

  const std::string text = crash::get(site.operations_port(), "/metrics");
  for (const char* const secret : {"robe", "story", "127.0.0.1", "@"}) EXPECT_THAT(text, Not(HasSubstr(secret)));
}

TEST(Metrics, The_newest_of_the_nightly_backups_is_among_them) {
  const TemporaryFolder folder;
  make_site(folder);
  std::filesystem::create_directory(folder / "nights");
  operating::write_file(folder / "nights/nightly-2026-01-01T0330.tar.zst", "older");
  const ServedSite site(folder, {told, "backup.drill=\"03:30\"", "backup.folder=\"" + (folder / "nights") + "\""});
  EXPECT_EQ(value_of(site.metrics(), "broadsheet_backup_success"), 1);
  EXPECT_EQ(value_of(site.metrics(), "broadsheet_backup_size_bytes"), 5);
  EXPECT_GT(value_of(site.metrics(), "broadsheet_backup_time_seconds"), 1.6e9);
  operating::write_file(folder / "nights/nightly-2026-01-02T0330.doubtful.tar.zst", "doubtful");
  EXPECT_EQ(value_of(site.metrics(), "broadsheet_backup_success"), 0);
  EXPECT_EQ(value_of(site.metrics(), "broadsheet_backup_size_bytes"), 8);
  EXPECT_FALSE(site.metrics().contains("broadsheet_drill_success"));  // before the first night
}

TEST(Metrics, Readers_never_get_them_and_nobody_does_unless_the_settings_say_where) {
  const TemporaryFolder folder;
  make_site(folder);
  const ServedSite silent(folder);
  EXPECT_EQ(silent.operations_port(), 0);
  for (const char* const path : {"/metrics", "/healthz", "/readyz"})
    EXPECT_THAT(get(silent.port(), path), StartsWith("HTTP/1.1 404"));
}

// One request that is not finished keeps the server draining until it is.
class SlowReader {
 public:
  explicit SlowReader(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no connection");
    send("GET / HTTP/1.1\r\n");
  }
  ~SlowReader() { ::close(socket_); }
  void send(std::string_view bytes) {
    if (::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) throw std::runtime_error("the server is gone");
  }
  std::string answer() {
    std::string text;
    char buffer[4096];
    for (ssize_t got; (got = ::recv(socket_, buffer, sizeof buffer, 0)) > 0;) text.append(buffer, static_cast<std::size_t>(got));
    return text;
  }

 private:
  int socket_;
};

TEST(Health, It_is_ready_until_it_drains_and_alive_until_it_ends) {
  const TemporaryFolder folder;
  make_site(folder);
  ServedSite site(folder, {told});
  const std::uint16_t port = site.operations_port();
  EXPECT_THAT(get(port, "/healthz"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get(port, "/readyz"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(crash::post_form(port, "/healthz", ""), StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(get(port, "/elsewhere"), StartsWith("HTTP/1.1 404"));

  SlowReader reader(site.port());
  get(site.port(), "/");  // so that the other's connection has been taken in as well
  site.process().signal(SIGTERM);
  std::string readiness;
  while (!readiness.starts_with("HTTP/1.1 503")) readiness = get(port, "/readyz");
  EXPECT_THAT(readiness, HasSubstr("stopping"));
  EXPECT_THAT(get(port, "/healthz"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get(port, "/metrics"), StartsWith("HTTP/1.1 200"));
  reader.send("Host: here\r\n\r\n");
  EXPECT_THAT(reader.answer(), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(site.process().await_exit(), 0);
}

}  // namespace
