#include "http/file_response.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace http {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() : folder_(fs::path(testing::TempDir()) / ("files-" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "root/2026");
    write("root/2026/a.jpg", "0123456789");
    write("root/empty.png", "");
    write("root/.secret", "x");
    write("root/page.HTML", "<script>1</script>");
    write("root/drawing.svg", "<svg/>");
    write("root/archive.zip", "PK");
    write("outside.jpg", "x");
    fs::create_symlink(folder_ / "outside.jpg", folder_ / "root/link.jpg");
    fs::create_directory_symlink(folder_, folder_ / "root/out");
    ::mkfifo((folder_ / "root/pipe.jpg").c_str(), 0600);
  }
  ~Files() override { fs::remove_all(folder_); }

  // With a date of an hour ago: what was changed just now has none yet.
  void write(const std::string& name, std::string_view text) {
    std::ofstream(folder_ / name) << text;
    fs::last_write_time(folder_ / name, fs::file_time_type::clock::now() - std::chrono::hours(1));
  }

  std::optional<Response> find(std::string_view path, std::vector<Header> headers = {}) {
    Request request;
    request.headers = std::move(headers);
    return FileRoot::open(folder_ / "root")->find(request, path, "public, max-age=60");
  }

  fs::path folder_;
};

std::string range_of(const Response& response) {
  const std::string* range = response.find("Content-Range");
  return std::to_string(response.status) + " " + (range ? *range : "") + " " +
         (response.file ? std::to_string(response.file->offset()) + "+" + std::to_string(response.file->size()) : "-");
}

TEST_F(Files, A_file_comes_with_its_type_size_and_validators) {
  const auto response = find("2026/a.jpg");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(*response->find("Content-Type"), "image/jpeg");
  EXPECT_EQ(*response->find("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(*response->find("Accept-Ranges"), "bytes");
  EXPECT_EQ(*response->find("Cache-Control"), "public, max-age=60");
  EXPECT_EQ(response->find("Content-Disposition"), nullptr);
  EXPECT_NE(response->find("ETag"), nullptr);
  EXPECT_NE(response->find("Last-Modified"), nullptr);
  EXPECT_EQ(range_of(*response), "200  0+10");
}

TEST_F(Files, Nothing_outside_the_folder_hidden_or_irregular_is_ever_opened) {
  for (const std::string& path :
       {std::string("../outside.jpg"), std::string("2026/../../outside.jpg"), std::string("/etc/passwd"), std::string("link.jpg"),
        std::string("out/outside.jpg"), std::string(".secret"), std::string("2026"), std::string("2026/"), std::string(""),
        std::string("."), std::string(".."), std::string("2026//a.jpg"), std::string("2026/./a.jpg"), std::string("pipe.jpg"),
        std::string("2026/a.jpg\0.png", 15), std::string("missing.jpg"), std::string("2026/a.jpg/x"), std::string(5000, 'x')}) {
    EXPECT_FALSE(find(path)) << path;
  }
}

TEST_F(Files, Documents_are_sandboxed_and_unknown_kinds_are_downloads) {
  for (const char* path : {"page.HTML", "drawing.svg"}) {
    const auto response = find(path);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->find("Content-Security-Policy")->substr(0, 30), "sandbox; default-src 'none'; s") << path;
  }
  const auto archive = find("archive.zip");
  EXPECT_EQ(*archive->find("Content-Type"), "application/octet-stream");
  EXPECT_EQ(*archive->find("Content-Disposition"), "attachment");
}

TEST_F(Files, Conditions_give_304_and_the_tag_goes_before_the_date) {
  const auto whole = find("2026/a.jpg");
  const std::string tag = *whole->find("ETag"), date = *whole->find("Last-Modified");
  EXPECT_EQ(find("2026/a.jpg", {{"If-None-Match", tag}})->status, 304);
  EXPECT_EQ(find("2026/a.jpg", {{"If-Modified-Since", date}})->status, 304);
  EXPECT_EQ(find("2026/a.jpg", {{"If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}})->status, 200);
  EXPECT_EQ(find("2026/a.jpg", {{"If-None-Match", "\"other\""}, {"If-Modified-Since", date}})->status, 200);
  EXPECT_EQ(find("2026/a.jpg", {{"If-Modified-Since", "nonsense"}})->status, 200);
}

TEST_F(Files, A_condition_that_does_not_hold_gives_412) {
  const auto whole = find("2026/a.jpg");
  const std::string tag = *whole->find("ETag"), date = *whole->find("Last-Modified");
  EXPECT_EQ(find("2026/a.jpg", {{"If-Match", tag}})->status, 200);
  EXPECT_EQ(find("2026/a.jpg", {{"If-Match", "\"other\""}, {"If-Match", tag}})->status, 200);
  EXPECT_EQ(find("2026/a.jpg", {{"If-Match", "\"other\""}})->status, 412);
  EXPECT_EQ(find("2026/a.jpg", {{"If-Unmodified-Since", date}})->status, 200);
  EXPECT_EQ(find("2026/a.jpg", {{"If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}})->status, 412);
}

// In the second in which it changed, a file may change once more and keep its date; one from the future would lie ahead of Date.
TEST_F(Files, A_file_that_changed_just_now_has_a_tag_and_no_date) {
  for (const auto ahead : {std::chrono::seconds(0), std::chrono::seconds(3600)}) {
    const auto now = std::chrono::time_point_cast<fs::file_time_type::duration>(fs::file_time_type::clock::now() + ahead);
    fs::last_write_time(folder_ / "root/2026/a.jpg", now + std::chrono::seconds(2));
    const auto response = find("2026/a.jpg", {{"If-Modified-Since", "Sun, 06 Nov 2124 08:49:37 GMT"}});
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->find("Last-Modified"), nullptr);
    EXPECT_NE(response->find("ETag"), nullptr);
  }
}

TEST_F(Files, One_range_gives_its_bytes) {
  const auto ask = [this](const char* range) { return range_of(*find("2026/a.jpg", {{"Range", range}})); };
  EXPECT_EQ(ask("bytes=0-3"), "206 bytes 0-3/10 0+4");
  EXPECT_EQ(ask("bytes=4-"), "206 bytes 4-9/10 4+6");
  EXPECT_EQ(ask("bytes=-3"), "206 bytes 7-9/10 7+3");
  EXPECT_EQ(ask("bytes=-30"), "206 bytes 0-9/10 0+10");
  EXPECT_EQ(ask("bytes=9-100"), "206 bytes 9-9/10 9+1");
  EXPECT_EQ(ask("bytes=10-"), "416 bytes */10 -");
  EXPECT_EQ(ask("bytes=8-99999999999999999999999"), "206 bytes 8-9/10 8+2");
  EXPECT_EQ(ask("bytes=-99999999999999999999999"), "206 bytes 0-9/10 0+10");
  EXPECT_EQ(ask("bytes=99999999999999999999999-"), "416 bytes */10 -");
  EXPECT_EQ(ask("bytes=-0"), "416 bytes */10 -");
}

TEST_F(Files, Ranges_that_are_several_or_nonsense_give_the_whole_file) {
  for (const char* range : {"bytes=0-1,3-4", "bytes=3-1", "bytes=", "bytes=-", "lines=0-1", "bytes=a-b", "bytes=+1-2",
                            "bytes=1--2", "bytes= 0-1", "bytes=0 - 1", "bytes=0-1 "}) {
    EXPECT_EQ(range_of(*find("2026/a.jpg", {{"Range", range}})), "200  0+10") << range;
  }
  EXPECT_EQ(range_of(*find("2026/a.jpg", {{"Range", "bytes=0-1"}, {"Range", "bytes=2-3"}})), "200  0+10");
  EXPECT_EQ(range_of(*find("empty.png", {{"Range", "bytes=0-"}})), "416 bytes */0 -");
  EXPECT_EQ(range_of(*find("empty.png", {{"Range", "bytes=-5"}})), "416 bytes */0 -");
}

TEST_F(Files, A_range_of_an_older_version_gives_the_whole_file) {
  const auto whole = find("2026/a.jpg");
  const auto ask = [this](const std::string& condition) {
    return find("2026/a.jpg", {{"Range", "bytes=0-3"}, {"If-Range", condition}})->status;
  };
  EXPECT_EQ(ask(*whole->find("ETag")), 206);
  EXPECT_EQ(ask(*whole->find("Last-Modified")), 206);
  EXPECT_EQ(ask("\"other\""), 200);
  EXPECT_EQ(ask("W/" + *whole->find("ETag")), 200);
  EXPECT_EQ(ask("Sun, 06 Nov 1994 08:49:37 GMT"), 200);
}

TEST(FileRoot, A_missing_folder_is_an_error_that_names_it) {
  EXPECT_NE(FileRoot::open("/nowhere/at/all").error().key.find("/nowhere/at/all"), std::string::npos);
}

}  // namespace
}  // namespace http
