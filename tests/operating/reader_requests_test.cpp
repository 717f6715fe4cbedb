// `broadsheet reader export` and `reader erase`, as an operator types them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "operating/served_site.h"

namespace {

using crash::run;
using crash::TemporaryFolder;
using operating::read_file;
using testing::HasSubstr;
using testing::Not;

// A site with two readers' comments, brought from elsewhere with their addresses.
void make_site_with_readers(const TemporaryFolder& folder) {
  operating::make_site(folder);
  operating::write_file(
      folder / "comments.jsonl",
      "{\"id\":\"c1\",\"article\":\"story\",\"parent\":null,\"author\":\"Ida Peculiar\",\"email\":\"ida.peculiar@example.org\",\"website\":\"\","
      "\"time\":\"2026-01-20T09:12:00Z\",\"text\":\"Peculiar words.\",\"status\":\"published\"}\n"
      "{\"id\":\"c2\",\"article\":\"story\",\"parent\":\"c1\",\"author\":\"Ben\",\"email\":\"ben.distinct@example.org\",\"website\":\"\","
      "\"time\":\"2026-01-20T09:13:00Z\",\"text\":\"Distinct words.\",\"status\":\"published\"}\n");
  ASSERT_EQ(run({"import", "comments", folder / "site", folder / "comments.jsonl"}).exit_code, 0);
}

TEST(ReaderRequests, An_export_is_readable_by_its_maker_alone_and_never_over_another_file) {
  const TemporaryFolder folder;
  make_site_with_readers(folder);
  const std::vector<std::string> command = {"reader", "export", folder / "site", "Ida.Peculiar@example.org", "--output", folder / "ida.json"};
  ASSERT_EQ(run(command).exit_code, 0);
  EXPECT_THAT(read_file(folder / "ida.json"), HasSubstr("Peculiar words."));
  EXPECT_THAT(read_file(folder / "ida.json"), Not(HasSubstr("istinct")));
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(folder / "ida.json").permissions(), perms::owner_read | perms::owner_write);
  EXPECT_EQ(run(command).exit_code, 1);
}

TEST(ReaderRequests, Who_was_erased_is_not_there_any_more_and_no_import_brings_them_back) {
  const TemporaryFolder folder;
  make_site_with_readers(folder);
  EXPECT_EQ(run({"reader", "erase", folder / "site", "ida.peculiar@example.org", "--comments", "all"}).exit_code, 2);
  ASSERT_EQ(run({"reader", "erase", folder / "site", "ida.peculiar@example.org", "--comments", "remove"}).exit_code, 0);
  EXPECT_EQ(run({"reader", "export", folder / "site", "ida.peculiar@example.org"}).exit_code, 3);
  EXPECT_THAT(read_file(folder / "site/broadsheet.db"), Not(HasSubstr("eculiar")));
  ASSERT_EQ(run({"import", "comments", folder / "site", folder / "comments.jsonl"}).exit_code, 0);
  EXPECT_THAT(read_file(folder / "site/broadsheet.db"), Not(HasSubstr("eculiar")));
  EXPECT_EQ(run({"reader", "export", folder / "site", "ben.distinct@example.org"}).exit_code, 0);
}

}  // namespace
