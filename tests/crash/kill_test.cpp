// Invariant 1 for a program that is killed: SIGKILL at random moments while readers post comments and an editor publishes, again
// and again on one site, compared with what the readers and the editor wrote down themselves. How many times: BROADSHEET_KILLS;
// which moments: BROADSHEET_SEED.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "crash/http_client.h"
#include "crash/program.h"
#include "text/json.h"
#include "text/url.h"

namespace {

using crash::Outcome;
using crash::Process;
using crash::run;
using crash::TemporaryFolder;

std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* const given = std::getenv(name);
  return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

void write_file(const std::string& name, const std::string& content) { std::ofstream(name, std::ios::binary) << content; }

// What one reader wrote down. A form without an answer is sent again, as a browser's "try again" would, until it is answered.
struct Notes {
  std::set<std::string> acknowledged;
  std::string open;  // sent, but not answered; empty: none
  int count = 0;
};

class Readers {
 public:
  explicit Readers(std::size_t readers) : notes_(readers) {}

  // Everybody posts one comment after the other until the server is gone.
  void start(std::uint16_t port, const std::string& form) {
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      threads_.emplace_back([this, i, port, form] {
        while (post_one(i, port, form)) {
        }
      });
    }
  }
  void join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }
  // Until every form that is open was answered.
  void settle(std::uint16_t port, const std::string& form) {
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      while (!notes_[i].open.empty()) ASSERT_TRUE(post_one(i, port, form)) << notes_[i].open;
    }
  }
  std::set<std::string> acknowledged() const {
    std::set<std::string> all;
    for (const Notes& notes : notes_) all.insert(notes.acknowledged.begin(), notes.acknowledged.end());
    return all;
  }
  int repeated() const { return repeated_; }

 private:
  bool post_one(std::size_t reader, std::uint16_t port, const std::string& form) {
    Notes& notes = notes_[reader];
    if (notes.open.empty()) {
      ++notes.count;
      notes.open = "reader " + std::to_string(reader) + ", words " + std::to_string(notes.count) +
                   std::string(static_cast<std::size_t>(notes.count) % 700, '.');
    } else {
      ++repeated_;
    }
    const std::string name = "reader" + std::to_string(reader);
    const std::string answer = crash::post_form(
        port, "/comment",
        form + "&name=" + name + "&email=" + name + "%40example.org&website=&comment=" + text::percent_encode(notes.open));
    if (!answer.starts_with("HTTP/1.1 303")) return false;
    notes.acknowledged.insert(std::exchange(notes.open, {}));
    return true;
  }

  std::vector<Notes> notes_;
  std::vector<std::thread> threads_;
  std::atomic<int> repeated_ = 0;
};

// Publishes stories from the command line, another process on the same database; which were acknowledged is known by the exit
// code.
class Editor {
 public:
  explicit Editor(const TemporaryFolder& folder) : folder_(folder) {}
  void start() {
    thread_ = std::thread([this] {
      const std::string slug = "extra-" + std::to_string(++count_);
      write_file(folder_ / (slug + ".md"), "---\ntitle: Extra\nslug: " + slug + "\ndate: 2026-01-03\n---\nMore words.\n");
      if (run({"publish", folder_ / "site", folder_ / (slug + ".md")}).exit_code == 0) published.insert(slug);
    });
  }
  void join() {
    if (thread_.joinable()) thread_.join();
  }
  std::set<std::string> published;  // after join

 private:
  const TemporaryFolder& folder_;
  std::thread thread_;
  int count_ = 0;
};

std::vector<std::string> serve(const TemporaryFolder& folder) {
  return {"serve",    folder / "site",
          "--listen", "127.0.0.1:0",
          "--set",    "limits.comments_per_minute=0",
          "--set",    "limits.requests_per_minute=0",
          "--set",    "comments.moderation=none",
          "--set",    "log.level=error"};
}

// The hidden fields of the article's own form.
std::string form_on(std::uint16_t port) {
  const std::string page = crash::get(port, "/2026/01/story/");
  const std::string article = crash::between(page, "name=\"article\" value=\"", "\"");
  const std::string stamp = crash::between(page, "name=\"stamp\" value=\"", "\"");
  EXPECT_FALSE(stamp.empty()) << page.substr(0, 400);
  return "article=" + article + "&parent=&stamp=" + text::percent_encode(stamp);
}

std::map<std::string, int> stored_comments(const TemporaryFolder& folder) {
  const Outcome list = run({"comments", "list", folder / "site", "--json", "--most", "10000000"});
  std::map<std::string, int> stored;
  const text::json::value comments = text::json::parse(list.output);
  for (const text::json::value& comment : comments.as_array()) ++stored[std::string(comment.at("text").as_string())];
  return stored;
}

struct Kill : testing::Test {
  void SetUp() override {
    std::printf("%d kills, BROADSHEET_SEED=%llu\n", kills, static_cast<unsigned long long>(seed));
    ASSERT_EQ(run({"init", folder / "site"}).exit_code, 0);
    write_file(folder / "story.md", "---\ntitle: A story\nslug: story\ndate: 2026-01-02\n---\nSome words.\n");
    ASSERT_EQ(run({"publish", folder / "site", folder / "story.md"}).exit_code, 0);
  }

  // A server that is killed after a random time: one of six while it starts, the others under load.
  void one_round() {
    if (random() % 6 == 0) {
      Process starting(serve(folder));
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 60));  // any moment will do: nothing is expected of it
      return starting.kill_now();
    }
    Process server(serve(folder));
    const std::uint16_t port = server.await_port();
    if (random() % 3 == 0) editor.start();
    readers.start(port, form_on(port));
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 300));
    server.kill_now();
    readers.join();
    editor.join();
  }

  void expect_whole_site() {
    const Outcome check = run({"check", folder / "site"});
    EXPECT_EQ(check.exit_code, 0) << check.output;
  }

  const int kills = static_cast<int>(number_of("BROADSHEET_KILLS", 12));
  const std::uint64_t seed = number_of("BROADSHEET_SEED", std::random_device()());
  std::mt19937_64 random{seed};
  const TemporaryFolder folder;
  Readers readers{8};
  Editor editor{folder};
};

TEST_F(Kill, Nothing_acknowledged_is_missing_nothing_is_half_there_and_nothing_is_double) {
  for (int round = 1; round <= kills; ++round) {
    ASSERT_NO_FATAL_FAILURE(one_round());
    // What nobody acknowledged yet may be there or not; what was must be there already now, and the site must be whole.
    if (round % 5 == 0 || round == kills) expect_whole_site();
  }
  const std::map<std::string, int> before = stored_comments(folder);
  for (const std::string& words : readers.acknowledged()) ASSERT_TRUE(before.contains(words)) << words;

  Process server(serve(folder));
  const std::uint16_t port = server.await_port();
  readers.settle(port, form_on(port));
  for (const std::string& slug : editor.published)
    EXPECT_TRUE(crash::get(port, "/2026/01/" + slug + "/").starts_with("HTTP/1.1 200")) << slug;
  EXPECT_EQ(server.end(SIGTERM), 0);

  std::set<std::string> stored;
  for (const auto& [words, times] : stored_comments(folder)) {
    EXPECT_EQ(times, 1) << words;
    stored.insert(words);
  }
  EXPECT_EQ(stored, readers.acknowledged()) << "every form was answered in the end, and nothing else is there";
  expect_whole_site();
  std::printf("%zu comments acknowledged, %d sent again after a kill, %zu stories published\n", stored.size(), readers.repeated(),
              editor.published.size());
}

}  // namespace
