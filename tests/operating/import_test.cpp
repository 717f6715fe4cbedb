// Imports that end early, as an operator's script sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operating/served_site.h"
#include "text/json.h"

namespace {

using crash::run;
using crash::TemporaryFolder;
using operating::read_file;
using testing::HasSubstr;

TEST(Import, A_file_that_is_no_export_is_refused_with_its_line_and_its_report_says_so_too) {
  const TemporaryFolder folder;
  operating::make_site(folder);
  operating::write_file(folder / "recipes.xml", "<?xml version=\"1.0\"?>\n<recipes>\n<soup/>\n</recipes>\n");
  const std::string before = read_file(folder / "site/broadsheet.db");
  EXPECT_NE(run({"import", "wordpress", folder / "site", folder / "recipes.xml", "--report", folder / "report.json"}).exit_code, 0);
  const text::json::value report = text::json::parse(read_file(folder / "report.json"));
  EXPECT_THAT(std::string(report.at("error").as_string()), HasSubstr("recipes.xml, line "));
  EXPECT_EQ(read_file(folder / "site/broadsheet.db"), before);
}

}  // namespace
