// Invariant 1: an import that was killed (SIGKILL) in the middle of its work leaves a whole site, and goes on when it is run
// again.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "crash/program.h"
#include "text/json.h"

namespace {

using crash::Outcome;
using crash::Process;
using crash::run;
using crash::TemporaryFolder;

void write_file(const std::string& name, const std::string& content) { std::ofstream(name, std::ios::binary) << content; }

std::string export_of(int posts) {
  std::string file =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Old</title>"
      "<link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</"
      "wp:base_blog_url>\n";
  for (int i = 1; i <= posts; ++i) {
    const std::string n = std::to_string(i);
    file +=
        "<item><title>Post " + n + "</title><link>https://old.example/2020/01/post-" + n +
        "/</link><dc:creator>ann</dc:creator>" + "<content:encoded><![CDATA[<p>The text of post " + n +
        ".</p>]]></content:encoded><wp:post_id>" + n + "</wp:post_id>" +
        "<wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status><wp:post_name>post-" +
        n +
        "</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain=\"category\" "
        "nicename=\"all\">All</category>" +
        "<wp:comment><wp:comment_id>" + n +
        "</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_date_gmt>2020-01-02 00:00:00" +
        "</wp:comment_date_gmt><wp:comment_content>Yes " + n +
        "</wp:comment_content><wp:comment_approved>1</wp:comment_approved>" +
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

TEST(KilledImport, An_import_that_was_killed_leaves_a_whole_site_and_goes_on_when_it_is_run_again) {
  constexpr int posts = 3000;
  const TemporaryFolder folder;
  write_file(folder / "old.xml", export_of(posts));
  ASSERT_EQ(run({"init", folder / "site"}).exit_code, 0);

  for (const int milliseconds : {40, 150, 400}) {
    Process import({"import", "wordpress", folder / "site", folder / "old.xml"});
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));  // any moment will do: nothing is expected of it
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

}  // namespace
