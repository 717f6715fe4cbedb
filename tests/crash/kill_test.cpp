// Invariant 1: an acknowledged write survives, an unacknowledged one is there whole or not at all. The program is killed (SIGKILL) in the middle of its
// work and looked at afterwards.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <mutex>
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

void write_file(const std::string& name, const std::string& content) { std::ofstream(name, std::ios::binary) << content; }

std::string export_of(int posts) {
  std::string file =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Old</title>"
      "<link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>\n";
  for (int i = 1; i <= posts; ++i) {
    const std::string n = std::to_string(i);
    file += "<item><title>Post " + n + "</title><link>https://old.example/2020/01/post-" + n + "/</link><dc:creator>ann</dc:creator>" +
            "<content:encoded><![CDATA[<p>The text of post " + n + ".</p>]]></content:encoded><wp:post_id>" + n + "</wp:post_id>" +
            "<wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status><wp:post_name>post-" + n +
            "</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain=\"category\" nicename=\"all\">All</category>" +
            "<wp:comment><wp:comment_id>" + n + "</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_date_gmt>2020-01-02 00:00:00" +
            "</wp:comment_date_gmt><wp:comment_content>Yes " + n + "</wp:comment_content><wp:comment_approved>1</wp:comment_approved>" +
            "<wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment></item>\n";
  }
  return file + "</channel></rss>\n";
}

text::json::object read_report(const std::string& name) {
  std::ifstream in(name);
  return text::json::parse(std::string(std::istreambuf_iterator<char>(in), {})).as_object();
}

std::int64_t count(const text::json::object& report, const char* kind, const char* what) {
  return report.at(kind).as_object().at(what).as_int64();
}

TEST(Kill, An_import_that_was_killed_leaves_a_whole_site_and_goes_on_when_it_is_run_again) {
  constexpr int posts = 3000;
  const TemporaryFolder folder;
  write_file(folder / "old.xml", export_of(posts));
  ASSERT_EQ(run({"init", folder / "site"}).exit_code, 0);

  for (const int milliseconds : {40, 150, 400}) {
    Process import({"import", "wordpress", folder / "site", folder / "old.xml"});
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));   // any moment will do: nothing is expected of it
    import.kill_now();
    const Outcome check = run({"check", folder / "site"});
    EXPECT_EQ(check.exit_code, 0) << check.output;
  }
  ASSERT_EQ(run({"import", "wordpress", folder / "site", folder / "old.xml", "--report", folder / "report.json"}).exit_code, 0);
  const text::json::object last = read_report(folder / "report.json");
  EXPECT_EQ(count(last, "posts", "imported") + count(last, "posts", "already"), posts);
  EXPECT_EQ(count(last, "comments", "imported") + count(last, "comments", "already"), posts);

  ASSERT_EQ(run({"import", "wordpress", folder / "site", folder / "old.xml", "--report", folder / "again.json"}).exit_code, 0);
  EXPECT_EQ(count(read_report(folder / "again.json"), "posts", "already"), posts);
  EXPECT_EQ(count(read_report(folder / "again.json"), "comments", "already"), posts);
  const Outcome check = run({"check", folder / "site"});
  EXPECT_EQ(check.exit_code, 0) << check.output;
  EXPECT_NE(check.output.find(std::to_string(posts) + " comments"), std::string::npos) << check.output;
}

// Posts comments one after the other until the server is gone; what was acknowledged with 303 is noted.
class Readers {
 public:
  Readers(std::uint16_t port, std::string form) : port_(port), form_(std::move(form)) {
    for (int i = 0; i < 8; ++i) threads_.emplace_back([this, i] { post_until_gone(i); });
  }
  ~Readers() { join(); }
  void join() {
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }
  std::size_t acknowledged_so_far() const { return count_.load(); }
  std::set<std::string> acknowledged;   // after join

 private:
  void post_until_gone(int reader) {
    for (int i = 0;; ++i) {
      const std::string words = "words " + std::to_string(reader) + " and " + std::to_string(i);
      const std::string answer = crash::post_form(port_, "/comment", form_ + "&name=Bo&email=bo%40example.org&website=&comment=" + text::percent_encode(words));
      if (!answer.starts_with("HTTP/1.1 303")) return;
      const std::lock_guard lock(mutex_);
      acknowledged.insert(words);
      ++count_;
    }
  }

  std::uint16_t port_;
  std::string form_;
  std::mutex mutex_;
  std::atomic<std::size_t> count_ = 0;
  std::vector<std::thread> threads_;
};

TEST(Kill, No_acknowledged_comment_is_missing_after_a_kill_and_none_is_double) {
  const TemporaryFolder folder;
  ASSERT_EQ(run({"init", folder / "site"}).exit_code, 0);
  write_file(folder / "story.md", "---\ntitle: A story\nslug: story\ndate: 2026-01-02\n---\nSome words.\n");
  ASSERT_EQ(run({"publish", folder / "site", folder / "story.md"}).exit_code, 0);

  std::set<std::string> acknowledged;
  for (int round = 1; round <= 5; ++round) {
    Process server({"serve", folder / "site", "--listen", "127.0.0.1:0", "--set", "limits.comments_per_minute=0", "--set", "comments.moderation=none"});
    const std::uint16_t port = server.await_port();
    const std::string page = crash::get(port, "/2026/01/story/");
    const std::string article = crash::between(page, "name=\"article\" value=\"", "\"");
    const std::string stamp = crash::between(page, "name=\"stamp\" value=\"", "\"");
    ASSERT_FALSE(stamp.empty()) << page.substr(0, 400);
    Readers readers(port, "article=" + article + "&parent=&stamp=" + text::percent_encode(stamp));
    while (readers.acknowledged_so_far() < 40U * static_cast<std::size_t>(round)) std::this_thread::yield();
    server.kill_now();
    readers.join();
    // A form that comes again within a day makes no second comment, so the rounds send the same words and must find them there.
    acknowledged.merge(readers.acknowledged);
    const Outcome check = run({"check", folder / "site"});
    EXPECT_EQ(check.exit_code, 0) << check.output;
  }
  const Outcome list = run({"comments", "list", folder / "site", "--json", "--most", "1000000"});
  std::multiset<std::string> stored;
  const text::json::value comments = text::json::parse(list.output);
  for (const text::json::value& comment : comments.as_array()) stored.insert(std::string(comment.at("text").as_string()));
  for (const std::string& words : acknowledged) EXPECT_EQ(stored.count(words), 1U) << words;
}

}  // namespace
