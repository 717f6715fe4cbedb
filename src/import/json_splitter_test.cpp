#include "import/json_splitter.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace import_ {
namespace {

using Paths = std::set<std::string, std::less<>>;

// "path=bytes" for each record, written in pieces of `step` bytes; at the end the error, if there is one.
std::string split(const std::string& json, const Paths& walked, std::size_t step = 1) {
  std::string out;
  JsonSplitter splitter(walked, [&](const JsonSplitter::Record& record) {
    out += base::format("{}={} ", record.path, record.bytes.substr(0, 40));
  });
  for (std::size_t at = 0; at < json.size(); at += step) {
    if (const auto written = splitter.write(std::string_view(json).substr(at, step)); !written)
      return out + "! " + written.error().key;
  }
  if (const auto finished = splitter.finish(); !finished) return out + "! " + finished.error().key;
  return out;
}

TEST(JsonSplitter, Hands_out_the_records_of_the_walked_containers) {
  const std::string json =
      R"( {"version": 1, "comments": [ {"a":[1,{"b":"}]"}]} , "text\"]" ,3, null], "empty":{}, "commenters":[] } )";
  const std::string expected =
      R"(version=1 comments[]={"a":[1,{"b":"}]"}]} comments[]="text\"]" comments[]=3 comments[]=null empty={} )";
  for (const std::size_t step : {1U, 2U, 3U, 7U, 1000U})
    EXPECT_EQ(split(json, {"", "comments", "commenters"}, step), expected) << step;
}

TEST(JsonSplitter, Walks_into_lists_of_lists) {
  EXPECT_EQ(split(R"([{"id":"a","comments":[1,2]},{"id":"b","comments":[]},7])", {"", "[]", "[].comments"}),
            R"([].id="a" [].comments[]=1 [].comments[]=2 [].id="b" []=7 )");
}

TEST(JsonSplitter, Tells_which_element_of_the_outermost_list_a_record_belongs_to) {
  std::string elements;
  JsonSplitter splitter({"", "[]"}, [&](const JsonSplitter::Record& record) { elements += std::to_string(record.element); });
  ASSERT_TRUE(splitter.write(R"([{"a":1,"b":2},{"a":3}])"));
  EXPECT_EQ(elements, "112");
}

TEST(JsonSplitter, A_record_that_is_no_JSON_stops_nothing) {
  EXPECT_EQ(split(R"({"c":[{"a":tru},{x},nul,2]})", {"", "c"}), R"(c[]={"a":tru} c[]={x} c[]=nul c[]=2 )");
}

TEST(JsonSplitter, A_record_that_is_too_long_is_told_of_and_forgotten) {
  const std::string json = R"({"c":[{"a":")" + std::string(JsonSplitter::most_record_bytes, 'x') + R"("},2]})";
  EXPECT_EQ(split(json, {"", "c"}, 100'000), "c[]= c[]=2 ");
}

TEST(JsonSplitter, Says_where_a_document_is_broken_or_cut) {
  EXPECT_EQ(split(R"({"a":1)", {""}), "! byte 6: the JSON ends too early");
  EXPECT_EQ(split(R"({"a" 1})", {""}), "! byte 5: there is no ':' behind the name of a member");
  EXPECT_EQ(split(R"({"a":1}x)", {""}), "a=1 ! byte 7: something follows the end of the JSON");
  EXPECT_EQ(split(R"([1})", {""}), "[]=1 ! byte 2: a bracket closes what it did not open");
  EXPECT_EQ(split("", {""}), "! byte 0: the JSON ends too early");
  EXPECT_EQ(split(R"({"c":[{"a":1]]})", {"", "c"}), R"(c[]={"a":1] )");  // the record is refused by whoever parses it
}

TEST(JsonRecord, Broken_letters_and_types_do_no_harm) {
  const auto record = parse_record("{\"name\":\"a\xff b\",\"number\":7,\"list\":[1],\"yes\":true}");
  ASSERT_TRUE(record);
  EXPECT_EQ(text_member(*record, "name"), "a\xEF\xBF\xBD b");
  EXPECT_EQ(text_member(*record, "number"), "7");
  EXPECT_EQ(text_member(*record, "list"), "");
  EXPECT_EQ(text_member(*record, "missing"), "");
  EXPECT_TRUE(true_member(*record, "yes"));
  EXPECT_FALSE(parse_record("[1]"));
  EXPECT_FALSE(parse_record(std::string(100, '[')));
}

}  // namespace
}  // namespace import_
