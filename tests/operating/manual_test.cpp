// The manual page, which is made from the program's own help.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "operating/served_site.h"

namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string manual() { return crash::run({"man"}).output; }

// As it is written in troff.
std::string with_roff_hyphens(const std::string& plain) {
  std::string out;
  for (const char c : plain) out += c == '-' ? std::string("\\-") : std::string(1, c);
  return out;
}

TEST(Manual, Troff_takes_every_line_of_it_without_a_warning) {
  const crash::TemporaryFolder folder;
  operating::write_file(folder / "broadsheet.1", manual());
  if (std::system("command -v groff >/dev/null") != 0) GTEST_SKIP() << "groff is not installed: the page was not set";
  const std::string command = "groff -man -ww -b -z -Tutf8 " + (folder / "broadsheet.1") + " 2>" + (folder / "warnings");
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_THAT(operating::read_file(folder / "warnings"), IsEmpty());
}

TEST(Manual, Every_setting_that_a_new_site_lists_is_in_it) {
  const crash::TemporaryFolder folder;
  operating::make_site(folder);
  const std::string page = manual();
  std::istringstream settings(operating::read_file(folder / "site/broadsheet.toml"));
  std::string table;
  for (std::string line; std::getline(settings, line);) {
    if (line.starts_with('[')) table = line.substr(1, line.size() - 2);
    const auto equals = line.find(" = ");
    if (line.starts_with('[') || equals == std::string::npos) continue;
    const std::string key = line.substr(line.starts_with("# ") ? 2 : 0, equals - (line.starts_with("# ") ? 2 : 0));
    if (key.find(' ') != std::string::npos) continue;
    EXPECT_THAT(page, HasSubstr(with_roff_hyphens(table + "." + key)));
  }
}

TEST(Manual, It_tells_the_commands_options_and_exit_codes_that_the_help_tells) {
  const std::string page = manual();
  for (const std::string words : {"broadsheet serve", "broadsheet import wordpress", "broadsheet comments list", "--take-over",
                                  "--uploads", "the call was wrong"})
    EXPECT_THAT(page, HasSubstr(with_roff_hyphens(words)));
  EXPECT_THAT(page, Not(HasSubstr("broadsheet man")));
  EXPECT_THAT(crash::run({"--help"}).output, HasSubstr("the call was wrong"));
}

}  // namespace
