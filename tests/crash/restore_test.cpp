// A site that was restored is the site that was backed up: page by page, byte for byte, also when it was taken while readers
// wrote. With the built program.
#include <gmock/gmock.h>

#include <atomic>
#include <deque>
#include <fstream>
#include <mutex>
#include <regex>
#include <set>
#include <thread>

#include "crash/http_client.h"
#include "crash/program.h"
#include "text/json.h"
#include "text/url.h"

namespace {

namespace fs = std::filesystem;
using crash::Outcome;
using crash::Process;
using crash::run;
using crash::TemporaryFolder;
using testing::HasSubstr;

void write_file(const fs::path& file, const std::string& content) { std::ofstream(file, std::ios::binary) << content; }

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> serve(const std::string& site) {
  return {"serve",    site,
          "--listen", "127.0.0.1:0",
          "--set",    "limits.comments_per_minute=0",
          "--set",    "limits.requests_per_minute=0",
          "--set",    "comments.moderation=none",
          "--set",    "log.level=error"};
}

// Without what the moment or the port decides.
std::string comparable(const std::string& answer) {
  static const std::regex passing("\r\nDate: [^\r]*|name=\"stamp\" value=\"[^\"]*\"|\r\nETag: [^\r]*|\r\nContent-Length: [^\r]*");
  return std::regex_replace(answer, passing, "");
}

// Every address that the site's own pages lead to.
std::set<std::string> crawl(std::uint16_t port) {
  static const std::regex link("(?:href|src)=\"(/[^\"#]*)");
  std::set<std::string> known = {"/"};
  std::deque<std::string> waiting = {"/"};
  for (; !waiting.empty() && known.size() < 400; waiting.pop_front()) {
    const std::string page = crash::get(port, waiting.front());
    for (std::sregex_iterator found(page.begin(), page.end(), link), end; found != end; ++found) {
      const std::string address = std::regex_replace((*found)[1].str(), std::regex("&amp;"), "&");
      if (known.insert(address).second) waiting.push_back(address);
    }
  }
  return known;
}

struct Restore : testing::Test {
  void SetUp() override {
    ASSERT_EQ(run({"init", site, "--title", "The Bell"}).exit_code, 0);
    std::vector<std::string> publish{"publish", site};
    for (int i = 1; i <= 30; ++i) {
      const std::string n = std::to_string(i), file = folder / ("story-" + n + ".md");
      write_file(file, "---\ntitle: Story " + n + "\nslug: story-" + n +
                           "\ndate: 2026-01-02\nsection: News/Town\ntags: [bridge]\nauthors: [Ada Winter]\n---\nWords of story " +
                           n + ".\n");
      publish.push_back(file);
    }
    ASSERT_EQ(run(publish).exit_code, 0);
    write_file(fs::path(site) / "media" / "note.txt", "a file of the newsroom");
  }

  // A comment under story 1; whether it was acknowledged.
  static bool comment(std::uint16_t port, const std::string& form, const std::string& words) {
    return crash::post_form(port, "/comment",
                            form + "&name=Bo&email=bo%40example.org&website=&comment=" + text::percent_encode(words))
        .starts_with("HTTP/1.1 303");
  }
  static std::string form_on(std::uint16_t port) {
    const std::string page = crash::get(port, "/2026/01/story-1/");
    return "article=" + crash::between(page, "name=\"article\" value=\"", "\"") +
           "&parent=&stamp=" + text::percent_encode(crash::between(page, "name=\"stamp\" value=\"", "\""));
  }

  const TemporaryFolder folder;
  const std::string site = folder / "site";
};

TEST_F(Restore, Every_page_of_the_restored_site_is_the_originals_byte_for_byte) {
  Process original(serve(site));
  const std::uint16_t port = original.await_port();
  const std::string form = form_on(port);
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(comment(port, form, "Words " + std::to_string(i)));
  ASSERT_EQ(run({"backup", site, folder / "b.tar.zst"}).exit_code, 0);
  ASSERT_EQ(run({"verify", folder / "b.tar.zst"}).exit_code, 0);
  ASSERT_EQ(run({"restore", folder / "b.tar.zst", folder / "again"}).exit_code, 0);
  Process restored(serve(folder / "again"));
  const std::uint16_t other = restored.await_port();
  const std::set<std::string> addresses = crawl(port);
  EXPECT_GT(addresses.size(), 30U);
  EXPECT_EQ(crawl(other), addresses);
  for (const std::string& address : addresses) {
    ASSERT_EQ(comparable(crash::get(other, address)), comparable(crash::get(port, address))) << address;
  }
  EXPECT_THAT(crash::get(other, "/media/note.txt"), HasSubstr("a file of the newsroom"));
}

TEST_F(Restore, A_backup_under_load_holds_what_was_acknowledged_before_it_and_nothing_half) {
  Process server(serve(site));
  const std::uint16_t port = server.await_port();
  const std::string form = form_on(port);
  std::atomic<bool> is_over = false;
  std::mutex mutex;
  std::set<std::string> acknowledged;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 4; ++reader) {
    readers.emplace_back([&, reader] {
      for (int i = 0; !is_over; ++i) {
        const std::string words = "reader " + std::to_string(reader) + ", words " + std::to_string(i);
        if (!comment(port, form, words)) continue;
        const std::lock_guard lock(mutex);
        acknowledged.insert(words);
      }
    });
  }
  const auto acknowledged_now = [&] {
    const std::lock_guard lock(mutex);
    return acknowledged;
  };
  for (int i = 1; i <= 3; ++i) {
    const std::string n = std::to_string(i);
    while (acknowledged_now().size() < 50U * static_cast<std::size_t>(i)) std::this_thread::yield();
    const std::set<std::string> before = acknowledged_now();
    EXPECT_EQ(run({"backup", site, folder / (n + ".tar")}).exit_code, 0);
    EXPECT_EQ(run({"restore", folder / (n + ".tar"), folder / n}).exit_code, 0);
    const Outcome check = run({"check", folder / n, "--thorough"});
    EXPECT_EQ(check.exit_code, 0) << check.output;
    std::set<std::string> stored;
    const text::json::value comments =
        text::json::parse(run({"comments", "list", folder / n, "--json", "--most", "1000000"}).output);
    for (const text::json::value& one : comments.as_array()) stored.insert(std::string(one.at("text").as_string()));
    for (const std::string& words : before) EXPECT_TRUE(stored.contains(words)) << words;
  }
  // The drill compares with the original though it is being written to.
  const Outcome drill = run({"drill", site, "--all", "--report", folder / "report.json"});
  EXPECT_EQ(drill.exit_code, 0) << drill.output;
  is_over = true;
  for (std::thread& reader : readers) reader.join();
  const text::json::object report = text::json::parse(content_of(folder / "report.json")).as_object();
  EXPECT_TRUE(report.at("well").as_bool());
  EXPECT_GT(report.at("pages_compared").to_number<int>(), 20);
  EXPECT_EQ(report.at("pages_different").to_number<int>(), 0);
}

TEST_F(Restore, A_drill_leaves_nothing_behind_and_says_when_something_is_lost_on_the_way) {
  const auto names = [this] {
    std::set<std::string> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(site)) found.insert(entry.path().filename());
    found.erase("broadsheet.db-wal");
    found.erase("broadsheet.db-shm");
    return found;
  };
  const std::set<std::string> before = names();
  EXPECT_EQ(run({"drill", site, "--keep", folder / "kept.tar.gz"}).exit_code, 0);
  EXPECT_EQ(names(), before);
  EXPECT_EQ(run({"verify", folder / "kept.tar.gz"}).exit_code, 0);

  // A template that is a link is served, but is not taken along.
  ASSERT_EQ(run({"theme", "copy", site, "own"}).exit_code, 0);
  write_file(fs::path(site) / "broadsheet.toml", "[site]\ntheme = \"own\"\n");
  ASSERT_EQ(run({"drill", site}).exit_code, 0);
  fs::path file;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fs::path(site) / "themes/own")) {
    if (entry.path().extension() == ".css") file = entry.path();
  }
  ASSERT_FALSE(file.empty());
  write_file(folder / "elsewhere.css", content_of(file) + "\nbody { color: red }\n");
  fs::remove(file);
  fs::create_symlink(folder / "elsewhere.css", file);
  const Outcome drill = run({"drill", site});
  EXPECT_EQ(drill.exit_code, 1);
  EXPECT_THAT(drill.output, HasSubstr("is a link or no plain file"));
}

// Waits for the clock to come to the next full minute, so it runs only where somebody asks for it (script/crash does).
TEST_F(Restore, A_server_drills_by_itself_when_its_time_has_come_and_keeps_the_newest_backups) {
  if (!std::getenv("BROADSHEET_NIGHT")) GTEST_SKIP() << "takes a minute; set BROADSHEET_NIGHT=1";
  fs::create_directories(folder / "nights");
  for (const char* name : {"nightly-2001-01-01T0230.tar.zst", "nightly-2001-01-02T0230.tar.zst", "note.txt"})
    write_file(fs::path(folder / "nights") / name, "old");
  const std::time_t soon = std::time(nullptr) + 60;
  char time[8];
  std::strftime(time, sizeof time, "%H:%M", std::gmtime(&soon));
  std::vector<std::string> arguments = serve(site);
  for (const std::string& setting :
       {std::string("backup.drill=\"") + time + "\"", "backup.folder=\"" + (folder / "nights") + "\"",
        std::string("backup.keep=2"), std::string("log.level=info"), std::string("ops.listen=127.0.0.1:0")}) {
    arguments.insert(arguments.end(), {"--set", setting});
  }
  Process server(arguments, crash::Around{.through = {}, .log = folder / "log"});
  const std::uint16_t port = server.await_port();
  for (int i = 0; i < 1200 && content_of(folder / "log").find("the nightly drill went well") == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_THAT(content_of(folder / "log"), HasSubstr("the nightly drill went well"));
  EXPECT_THAT(crash::get(port, "/"), testing::StartsWith("HTTP/1.1 200"));
  const std::string operations = crash::between(content_of(folder / "log"), "told on http://127.0.0.1:", "\n");
  const std::string metrics = crash::get(static_cast<std::uint16_t>(std::stoi(operations)), "/metrics");
  for (const char* line : {"\nbroadsheet_drill_success 1\n", "\nbroadsheet_backup_success 1\n"})
    EXPECT_THAT(metrics, HasSubstr(line));
  EXPECT_EQ(server.end(SIGTERM), 0);
  std::vector<std::string> kept;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "nights")) kept.push_back(entry.path().filename());
  EXPECT_THAT(kept,
              testing::UnorderedElementsAre("note.txt", "nightly-2001-01-02T0230.tar.zst", testing::StartsWith("nightly-20")));
}

}  // namespace
