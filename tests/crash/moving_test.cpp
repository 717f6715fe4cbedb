// Comments of other systems, brought by the program itself: killed in the middle, and measured. make_export.py writes the files.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "crash/program.h"
#include "sanitizers.h"
#include "text/json.h"

namespace {

using crash::Outcome;
using crash::Process;
using crash::run;
using crash::TemporaryFolder;

const std::string generator = "python3 " BROADSHEET_SOURCE_DIR "/tests/crash/make_export.py ";

bool shell(const std::string& command) { return std::system((command + " 2>/dev/null").c_str()) == 0; }

class MovingIn : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!shell("python3 -c 'import sqlite3'")) GTEST_SKIP() << "Python is not on this machine";
    ASSERT_EQ(run({"init", folder_ / "site"}).exit_code, 0);
    ASSERT_TRUE(shell(generator + "articles 20 " + (folder_ / "articles")));
    std::vector<std::string> publish = {"publish", folder_ / "site"};
    for (int i = 0; i < 20; ++i) publish.push_back(folder_ / ("articles/story-" + std::to_string(i) + ".md"));
    ASSERT_EQ(run(publish).exit_code, 0);
  }
  std::string make_export(int megabytes) {
    const std::string file = folder_ / "export";
    EXPECT_TRUE(shell(generator + GetParam() + " " + std::to_string(megabytes) + " " + file + " 20"));
    return file;
  }
  text::json::object import(const std::string& file) {
    const Outcome outcome = run({"import", GetParam(), folder_ / "site", file, "--report", folder_ / "report.json"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
    std::ifstream in(folder_ / "report.json");
    return text::json::parse(std::string(std::istreambuf_iterator<char>(in), {})).at("comments").as_object();
  }

  TemporaryFolder folder_;
};

TEST_P(MovingIn, Goes_on_after_it_was_killed_and_ends_as_if_it_had_not_been) {
  const std::string file = make_export(3);
  for (const int milliseconds : {60, 200, 500}) {
    Process import({"import", GetParam(), folder_ / "site", file});
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));  // any moment will do: nothing is expected of it
    import.kill_now();
    const Outcome check = run({"check", folder_ / "site"});
    EXPECT_EQ(check.exit_code, 0) << check.output;
  }
  const text::json::object last = import(file);
  EXPECT_EQ(last.at("imported").as_int64() + last.at("already").as_int64(), last.at("in").as_int64());
  EXPECT_GT(last.at("in").as_int64(), 500);
  const text::json::object again = import(file);
  EXPECT_EQ(again.at("already").as_int64(), last.at("in").as_int64());
  const Outcome check = run({"check", folder_ / "site"});
  EXPECT_EQ(check.exit_code, 0) << check.output;
  EXPECT_NE(check.output.find(std::to_string(last.at("in").as_int64()) + " comments"), std::string::npos) << check.output;
}

// The short version of the gigabyte that is brought by hand: what grows with the file would be seen here too.
TEST_P(MovingIn, Needs_no_more_memory_for_a_larger_file) {
  if (has_address_sanitizer || has_thread_sanitizer) GTEST_SKIP() << "a sanitizer's memory would be measured";
  const std::string small = make_export(1);
  const Outcome little = run({"import", GetParam(), folder_ / "site", small});
  ASSERT_EQ(little.exit_code, 0) << little.output;
  std::filesystem::remove(small);
  const Outcome much = run({"import", GetParam(), folder_ / "site", make_export(24)});
  ASSERT_EQ(much.exit_code, 0) << much.output;
  EXPECT_GT(little.peak_kilobytes, 1024);
  EXPECT_LT(much.peak_kilobytes, 64 * 1024);
  EXPECT_LT(much.peak_kilobytes - little.peak_kilobytes, 16 * 1024) << little.peak_kilobytes << " and " << much.peak_kilobytes;
}

INSTANTIATE_TEST_SUITE_P(Systems, MovingIn, testing::Values("disqus", "isso", "remark42", "commento", "comentario"),
                         [](const auto& system) { return std::string(system.param); });

}  // namespace
