#include "import/report.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "text/json.h"

namespace import_ {
namespace {

TEST(Report, Lists_everything_that_was_left_out_however_much_it_is) {
  Report report;
  const int many = static_cast<int>(Report::most_in_memory) + 1000;
  for (int i = 0; i < many; ++i) {
    report.left_out("comments", std::to_string(i), "it has no \"text\"\n\xff");
    report.left_out("threads", base::format("t{}", i), "no");
    report.note(base::format("note {}", i));
  }
  report.imported("comments");
  EXPECT_EQ(report.of("comments").left_out.size(), Report::most_in_memory);
  EXPECT_EQ(report.of("comments").in, many + 1);
  const text::json::value json = text::json::parse(report.to_json());
  EXPECT_EQ(json.at("comments").at("left_out").as_array().size(), static_cast<std::size_t>(many));
  EXPECT_EQ(json.at("comments").at("left_out").as_array().back().at("id").as_string(), std::to_string(many - 1));
  EXPECT_EQ(json.at("threads").at("left_out").as_array().back().at("id").as_string(), base::format("t{}", many - 1));
  EXPECT_EQ(json.at("notes").as_array().back().as_string(), base::format("note {}", many - 1));
  EXPECT_EQ(report.to_json(), report.to_json());
  EXPECT_NE(report.to_text(3).find(base::format("left out: {} more comments", many - 3)), std::string::npos);
  EXPECT_NE(report.to_text(3).find(base::format("and {} more notes", many - 3)), std::string::npos);
}

TEST(Report, Is_valid_JSON_when_nothing_was_left_out) {
  Report report;
  EXPECT_EQ(report.to_json(), "{\"notes\":[]}\n");
  report.already("posts");
  EXPECT_EQ(report.to_json(), "{\"posts\":{\"in\":1,\"imported\":0,\"already\":1,\"left_out\":[]},\"notes\":[]}\n");
}

}  // namespace
}  // namespace import_
