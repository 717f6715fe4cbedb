// What `init` makes of what somebody typed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operating/served_site.h"

namespace {

using testing::HasSubstr;

// What is said to the operator where the program is refused something.
std::string refusal_of(const crash::TemporaryFolder& folder, std::vector<std::string> arguments) {
  EXPECT_EQ(crash::run(std::move(arguments), {.log = folder / "errors"}).exit_code, 2);
  return operating::read_file(folder / "errors");
}

TEST(Init, Writes_settings_that_can_be_read_whatever_is_in_the_name_of_the_paper) {
  const crash::TemporaryFolder folder;
  ASSERT_EQ(crash::run({"init", folder / "site", "--title", "\"\\\x01\x7f\t\n'\u00e9"}).exit_code, 0);
  const auto check = crash::run({"check", folder / "site"});
  EXPECT_EQ(check.exit_code, 0) << check.output;
}

TEST(Init, Refuses_a_name_that_no_settings_file_can_hold) {
  const crash::TemporaryFolder folder;
  EXPECT_THAT(refusal_of(folder, {"init", folder / "site", "--title", "Caf\xe9"}), HasSubstr("site.title must be UTF-8"));
}

TEST(Settings, A_letter_outside_of_quotes_is_refused_with_its_line) {
  const crash::TemporaryFolder folder;
  operating::make_site(folder);
  operating::write_file(folder / "site/broadsheet.toml", "[site]\ntitle = \u00e9\n");
  EXPECT_THAT(refusal_of(folder, {"check", folder / "site"}), HasSubstr("line 2"));
}

TEST(Settings, A_bracket_alone_is_refused_with_its_line) {
  const crash::TemporaryFolder folder;
  operating::make_site(folder);
  operating::write_file(folder / "site/broadsheet.toml", "\n[\nsite]\n");
  EXPECT_THAT(refusal_of(folder, {"check", folder / "site"}), HasSubstr("line 2"));
}

}  // namespace
