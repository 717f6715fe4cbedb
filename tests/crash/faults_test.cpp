// What goes wrong around a running server: what the reader sees, what the operator is told, and that it recovers by itself
// (docs/operating.md, "When something goes wrong"). Each with the built program.
#include <gmock/gmock.h>
#include <sys/mount.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <thread>

#include "crash/http_client.h"
#include "crash/program.h"
#include "db/connection.h"
#include "sanitizers.h"
#include "text/url.h"

namespace {

namespace fs = std::filesystem;
using crash::Around;
using crash::Outcome;
using crash::Process;
using crash::run;
using crash::TemporaryFolder;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& file, const std::string& content) { std::ofstream(file, std::ios::binary) << content; }

bool await(const std::function<bool()>& condition) {
  for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30); std::chrono::steady_clock::now() < end;) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

// A site with two articles, at any place.
struct Fault : testing::Test {
  void make_site(const fs::path& at) {
    site = at;
    ASSERT_EQ(run({"init", site.string()}).exit_code, 0);
    for (const char* slug : {"story", "other"}) {
      const std::string file = folder / (std::string(slug) + ".md");
      write_file(file, std::string("---\ntitle: A ") + slug + "\nslug: " + slug + "\ndate: 2026-01-02\n---\nSome words.\n");
      ASSERT_EQ(run({"publish", site.string(), file}).exit_code, 0);
    }
  }
  void start(const std::vector<std::string>& through = {}, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"serve",    site.string(),
                                       "--listen", "127.0.0.1:0",
                                       "--set",    "limits.comments_per_minute=0",
                                       "--set",    "limits.requests_per_minute=0",
                                       "--set",    "comments.moderation=none"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    server = std::make_unique<Process>(std::move(arguments), Around{.through = through, .log = log_file});
    port = server->await_port();
  }
  std::string get(const std::string& target) const { return crash::get(port, target); }
  // A comment on the story through the form that was on its page.
  std::string comment(const std::string& words) {
    if (form.empty()) {
      const std::string page = get("/2026/01/story/");
      form = "article=" + crash::between(page, "name=\"article\" value=\"", "\"") +
             "&parent=&stamp=" + text::percent_encode(crash::between(page, "name=\"stamp\" value=\"", "\""));
    }
    return crash::post_form(port, "/comment",
                            form + "&name=Bo&email=bo%40example.org&website=&comment=" + text::percent_encode(words));
  }
  std::string log() const { return content_of(log_file); }

  // Invariant 2, and a status that says: later.
  void expect_given_back(const std::string& answer, const std::string& words) {
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 503"));
    EXPECT_THAT(answer, HasSubstr("Retry-After: "));
    EXPECT_THAT(answer, HasSubstr(words));
  }
  void expect_whole_site() {
    const Outcome check = run({"check", site.string()});
    EXPECT_EQ(check.exit_code, 0) << check.output;
  }

  const TemporaryFolder folder;
  const std::string log_file = folder / "log";
  fs::path site;
  std::unique_ptr<Process> server;
  std::uint16_t port = 0;
  std::string form;
};

// A disk of its own: needs the right to mount.
struct SmallDisk {
  explicit SmallDisk(std::string at) : path(std::move(at)) {
    fs::create_directory(path);
    is_there = ::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=4m") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (is_there) ::umount2(path.c_str(), MNT_DETACH);
  }
  void fill() const {
    std::ofstream out(path + "/ballast", std::ios::binary);
    const std::string block(4096, 'b');
    while (out << block << std::flush) {
    }
  }
  void make_room() const { fs::remove(path + "/ballast"); }
  bool remount(unsigned long flags) const { return ::mount("tmpfs", path.c_str(), "tmpfs", MS_REMOUNT | flags, "size=4m") == 0; }

  const std::string path;
  bool is_there = false;
};

TEST_F(Fault, A_full_disk_costs_no_reader_a_page_or_a_text_and_is_over_when_there_is_room) {
  const SmallDisk disk(folder / "disk");
  if (!disk.is_there) GTEST_SKIP() << "a disk of its own needs the right to mount";
  ASSERT_NO_FATAL_FAILURE(make_site(disk.path + "/site"));
  start();
  ASSERT_THAT(comment("Before."), StartsWith("HTTP/1.1 303"));
  disk.fill();
  std::string refused;
  const std::string long_words = "It is full. " + std::string(8000, 'w');
  // The log that is there already may have room for a few.
  for (int i = 0; i < 1000 && !refused.starts_with("HTTP/1.1 503"); ++i) refused = comment(std::to_string(i) + ". " + long_words);
  expect_given_back(refused, "It is full. ");
  EXPECT_THAT(get("/2026/01/other/"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(log(), HasSubstr("The disk is full: make room."));
  disk.make_room();
  EXPECT_THAT(comment("After."), StartsWith("HTTP/1.1 303"));
  EXPECT_THAT(get("/2026/01/story/"), HasSubstr("After."));
  EXPECT_THAT(log(), HasSubstr("takes writes again"));
  EXPECT_EQ(server->end(SIGTERM), 0);
  expect_whole_site();
}

TEST_F(Fault, A_full_disk_for_media_is_told_and_leaves_no_half_file) {
  const SmallDisk disk(folder / "disk");
  if (!disk.is_there) GTEST_SKIP() << "a disk of its own needs the right to mount";
  ASSERT_NO_FATAL_FAILURE(make_site(folder / "site"));
  fs::remove(site / "media");
  fs::create_directory_symlink(disk.path, site / "media");
  disk.fill();
  // As much of a PNG file as says that it is one, and how large its picture is.
  const std::string head("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0", 29);
  write_file(folder / "boat.png", head + std::string(100'000, 'x'));
  write_file(folder / "picture.md",
             "---\ntitle: Boat\nslug: boat\ndate: 2026-01-02\nimage: {file: boat.png, alt: A boat}\n---\nWords.\n");
  const Outcome refused = run({"publish", site.string(), folder / "picture.md"}, Around{.log = log_file});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(log(), HasSubstr("No space left"));
  disk.make_room();
  EXPECT_EQ(run({"publish", site.string(), folder / "picture.md"}).exit_code, 0);
  expect_whole_site();
}

TEST_F(Fault, A_database_that_another_program_keeps_locked_costs_no_page_and_no_text) {
  ASSERT_NO_FATAL_FAILURE(make_site(folder / "site"));
  start();
  ASSERT_THAT(comment("Before."), StartsWith("HTTP/1.1 303"));
  auto other = db::open_sqlite(site / "broadsheet.db", db::Access::write);
  other->execute("BEGIN IMMEDIATE");
  std::string refused[2];
  std::thread first([&] { refused[0] = comment("It is locked."); });
  std::thread second([&] { refused[1] = comment("It is locked for me too."); });
  for (const char* page : {"/2026/01/story/", "/2026/01/other/", "/", "/search?q=words"})
    EXPECT_THAT(get(page), StartsWith("HTTP/1.1 200")) << page;
  first.join();
  second.join();
  expect_given_back(refused[0], "It is locked.");
  expect_given_back(refused[1], "It is locked for me too.");
  EXPECT_THAT(log(), HasSubstr("Another program keeps the database locked"));
  other->execute("ROLLBACK");
  EXPECT_THAT(comment("After."), StartsWith("HTTP/1.1 303"));
}

TEST_F(Fault, A_database_that_another_program_has_for_itself_leaves_the_pages_that_are_ready) {
  ASSERT_NO_FATAL_FAILURE(make_site(folder / "site"));
  start();
  ASSERT_THAT(get("/2026/01/story/"), StartsWith("HTTP/1.1 200"));
  ASSERT_THAT(comment("Before."), StartsWith("HTTP/1.1 303"));
  ASSERT_THAT(get("/2026/01/story/"), HasSubstr("Before."));
  std::string words = "After.";
  // What a page needs is in its reader's connection; only somebody who damages the file could take that away.
  auto other = db::open_sqlite(site / "broadsheet.db", db::Access::write);
  other->execute("BEGIN EXCLUSIVE");
  EXPECT_THAT(get("/2026/01/story/"), HasSubstr("Before."));
  other->execute("ROLLBACK");
  EXPECT_THAT(comment(words), StartsWith("HTTP/1.1 303"));
}

TEST_F(Fault, A_disk_that_becomes_read_only_leaves_the_pages_and_gives_texts_back_until_it_is_mended) {
  const SmallDisk disk(folder / "disk");
  if (!disk.is_there) GTEST_SKIP() << "a disk of its own needs the right to mount";
  ASSERT_NO_FATAL_FAILURE(make_site(disk.path + "/site"));
  start();
  ASSERT_THAT(comment("Before."), StartsWith("HTTP/1.1 303"));
  // What is open for writing would keep the kernel from it; a program that came later finds the folder without rights instead.
  if (!disk.remount(MS_RDONLY)) GTEST_SKIP() << "the system does not make a disk read-only that is in use";
  expect_given_back(comment("It is read-only."), "It is read-only.");
  ASSERT_TRUE(disk.remount(0));
  EXPECT_THAT(comment("After."), StartsWith("HTTP/1.1 303"));
}

// As a user without rights: setpriv where the test runs as root.
TEST_F(Fault, A_folder_that_may_not_be_written_is_refused_at_the_start_with_what_to_do) {
  ASSERT_NO_FATAL_FAILURE(make_site(folder / "site"));
  std::vector<std::string> through;
  if (::geteuid() == 0) {
    // The program itself must be within the other user's reach.
    fs::permissions(folder.path(), fs::perms::others_all | fs::perms::owner_all);
    through = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(site))
      ASSERT_EQ(::chown(entry.path().c_str(), 65534, 65534), 0);
    if (run({"--version"}, Around{.through = through, .log = log_file}).exit_code != 0)
      GTEST_SKIP() << "another user cannot reach the program";
  }
  for (const char* name : {"broadsheet.db"}) fs::permissions(site / name, fs::perms::owner_read);
  fs::permissions(site, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
  const Outcome refused = run({"serve", site.string(), "--listen", "127.0.0.1:0"}, Around{.through = through, .log = log_file});
  fs::permissions(site, fs::perms::owner_all);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_EQ(refused.output, "");
  EXPECT_THAT(log(), HasSubstr("cannot be opened"));
  EXPECT_THAT(log(), HasSubstr("this user may write to both"));
}

TEST_F(Fault, Where_descriptors_run_out_the_operator_is_told_and_readers_are_served_when_some_are_free) {
  // clang's check of virtual tables opens a pipe to look at what it has not met, and holds for broken what it can't look at.
  if (has_address_sanitizer) GTEST_SKIP() << "the sanitizers need descriptors themselves";
  ASSERT_NO_FATAL_FAILURE(make_site(folder / "site"));
  start({"prlimit", "--nofile=48"}, {"--set", "http.io_threads=1"});
  ASSERT_THAT(comment("Before."), StartsWith("HTTP/1.1 303"));
  std::vector<int> sockets;
  for (int i = 0; i < 80; ++i) sockets.push_back(crash::connected(port));
  const std::string told = "no descriptor is left for another connection: raise the limit of open files";
  EXPECT_TRUE(await([&] { return log().find(told) != std::string::npos; }));
  std::this_thread::sleep_for(std::chrono::seconds(3));  // every second it tries again
  for (const int socket : sockets) ::close(socket);
  EXPECT_TRUE(await([&] { return log().find("all who wanted to connect are let in again, after") != std::string::npos; }));
  EXPECT_EQ(log().find(told), log().rfind(told)) << "told again within a minute";
  EXPECT_TRUE(await([&] { return get("/2026/01/other/").starts_with("HTTP/1.1 200"); }));
  EXPECT_THAT(comment("After."), StartsWith("HTTP/1.1 303"));
  EXPECT_EQ(server->end(SIGTERM), 0);
  expect_whole_site();
}

TEST_F(Fault, A_theme_that_goes_or_breaks_under_the_server_stays_in_use_until_a_whole_one_is_there) {
  ASSERT_NO_FATAL_FAILURE(make_site(folder / "site"));
  ASSERT_EQ(run({"theme", "copy", site.string(), "own"}).exit_code, 0);
  start({}, {"--set", "site.theme=own"});
  const std::string before = get("/2026/01/story/");
  const std::string style = crash::between(before, "href=\"/theme/", "\"");
  ASSERT_FALSE(style.empty()) << before.substr(0, 2000);
  fs::rename(site / "themes/own", folder / "own");
  EXPECT_THAT(get("/2026/01/other/"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(get("/theme/" + style), StartsWith("HTTP/1.1 200"));
  ::kill(server->id(), SIGHUP);
  ASSERT_TRUE(await([&] { return log().find("the theme was not loaded, the site keeps the one it has") != std::string::npos; }))
      << log();
  EXPECT_THAT(get("/"), StartsWith("HTTP/1.1 200"));
  fs::rename(folder / "own", site / "themes/own");
  ::kill(server->id(), SIGHUP);
  EXPECT_TRUE(await([&] { return log().find("the theme was loaded anew") != std::string::npos; })) << log();
}

TEST_F(Fault, A_database_file_that_goes_under_the_server_takes_no_acknowledged_comment_with_it) {
  ASSERT_NO_FATAL_FAILURE(make_site(folder / "site"));
  start();
  ASSERT_THAT(comment("Before."), StartsWith("HTTP/1.1 303"));
  fs::rename(site / "broadsheet.db", folder / "elsewhere.db");
  expect_given_back(comment("It is gone."), "It is gone.");
  EXPECT_THAT(get("/2026/01/other/"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(log(), HasSubstr("was removed or replaced"));
  fs::rename(folder / "elsewhere.db", site / "broadsheet.db");
  EXPECT_THAT(comment("After."), StartsWith("HTTP/1.1 303"));
  EXPECT_EQ(server->end(SIGTERM), 0);
  expect_whole_site();
}

TEST_F(Fault, A_damaged_page_of_the_file_is_told_with_the_remedy_and_costs_only_what_stood_on_it) {
  ASSERT_NO_FATAL_FAILURE(make_site(folder / "site"));
  std::int64_t page = 0;
  {
    auto connection = db::open_sqlite(site / "broadsheet.db", db::Access::write);
    db::Query root = connection->query("SELECT rootpage FROM sqlite_schema WHERE name = 'threads'");
    ASSERT_TRUE(root.next());
    page = root.integer(0);
  }
  {
    std::fstream file(site / "broadsheet.db", std::ios::binary | std::ios::in | std::ios::out);
    file.seekp((page - 1) * 4096);
    file << std::string(4096, '\x5a');
  }
  start();
  EXPECT_THAT(get("/2026/01/story/"), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(get("/robots.txt"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(log(), HasSubstr("run broadsheet check, and restore a backup"));
  const Outcome check = run({"check", site.string()}, Around{.log = log_file});
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_THAT(check.output, HasSubstr("damaged"));
}

}  // namespace
