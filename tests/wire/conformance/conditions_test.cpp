// RFC 9110, 13 and 14: conditions and ranges, on a page that stands ready and on a file.
#include "wire/conformance/conformance.h"

namespace conformance {
namespace {

const std::string long_ago = "Sun, 06 Nov 1994 08:49:37 GMT";

Rule page(const char* name, const std::string& headers, int status) {
  return {.name = name, .request = get("{article}", headers), .statuses = {status}, .headers = {"Cache-Control"}};
}

Rule clip(const char* name, const std::string& headers, int status, std::vector<std::string> wanted = {}) {
  return {.name = name, .request = get("/media/clip.mp4", headers), .statuses = {status}, .headers = std::move(wanted)};
}

INSTANTIATE_TEST_SUITE_P(
    OfPages, Conforms,
    testing::Values(
        page("RFC9110_13_1_2_the_tag_it_has", "If-None-Match: {tag}\r\n", 304),
        page("RFC9110_13_1_2_another_tag", "If-None-Match: \"other\"\r\n", 200),
        page("RFC9110_13_1_2_compares_weakly", "If-None-Match: W/{tag}\r\n", 304),
        page("RFC9110_13_1_2_a_list", "If-None-Match: \"a\", W/\"b,c\" ,{tag}\r\n", 304),
        page("RFC9110_5_3_a_list_of_tags_in_two_lines", "If-None-Match: {tag}\r\nIf-None-Match: \"other\"\r\n", 304),
        page("RFC9110_5_3_a_list_of_tags_in_three_lines",
             "If-None-Match: \"a\"\r\nIf-None-Match: \"b\"\r\nIf-None-Match: {tag}\r\n", 304),
        page("RFC9110_13_1_2_the_star", "If-None-Match: *\r\n", 304),
        page("RFC9110_13_1_2_no_tag_at_all", "If-None-Match: nonsense\r\n", 200),
        page("RFC9110_8_8_3_3_a_tag_of_another_coding", "If-None-Match: {gzip-tag}\r\n", 200),
        page("RFC9110_8_8_3_3_the_tag_of_this_coding", "Accept-Encoding: gzip\r\nIf-None-Match: {gzip-tag}\r\n", 304),
        page("RFC9110_13_1_1_the_tag_it_has", "If-Match: {tag}\r\n", 200),
        page("RFC9110_13_1_1_the_star", "If-Match: *\r\n", 200),
        page("RFC9110_13_1_1_another_tag_gets_412", "If-Match: \"other\"\r\n", 412),
        page("RFC9110_13_1_1_compares_strongly", "If-Match: W/{tag}\r\n", 412),
        page("RFC9110_13_1_1_a_list", "If-Match: \"a\", {tag}\r\n", 200),
        page("RFC9110_13_1_1_a_list_in_two_lines", "If-Match: \"a\"\r\nIf-Match: {tag}\r\n", 200),
        page("RFC9110_13_2_2_If_Match_goes_before_If_None_Match", "If-Match: \"other\"\r\nIf-None-Match: {tag}\r\n", 412),
        page("RFC9110_13_2_2_and_both_count", "If-Match: {tag}\r\nIf-None-Match: {tag}\r\n", 304),
        page("RFC9110_13_1_3_a_page_that_knows_no_date_ignores_one", "If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT\r\n", 200),
        page("RFC9110_13_1_4_in_either_direction", "If-Unmodified-Since: " + long_ago + "\r\n", 200),
        Rule{.name = "RFC9110_15_4_5_304_has_the_fields_that_200_would_have",
             .request = get("{article}", "If-None-Match: {tag}\r\n"),
             .statuses = {304},
             .headers = {"ETag: {tag}", "Vary: Accept-Encoding", "Cache-Control", "!Content-Length", "!Content-Type"}},
        Rule{.name = "RFC9110_13_2_1_what_is_not_there_has_no_conditions",
             .request = get("/nowhere", "If-Match: \"a\"\r\nIf-None-Match: *\r\n"),
             .statuses = {404}},
        Rule{.name = "RFC9110_13_2_1_a_redirect_has_no_conditions",
             .request = get("/index.php", "If-None-Match: *\r\n"),
             .statuses = {301}},
        Rule{.name = "RFC9110_14_2_a_page_ignores_ranges",
             .request = get("{article}", "Range: bytes=0-0\r\n"),
             .statuses = {200},
             .headers = {"!Content-Range"}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    OfFiles, Conforms,
    testing::Values(
        clip("RFC9110_8_8_a_file_has_validators", "", 200,
             {"ETag", "Last-Modified", "Accept-Ranges: bytes", "Content-Length: 1000"}),
        clip("RFC9110_13_1_2_the_tag_it_has", "If-None-Match: {clip-tag}\r\n", 304, {"ETag: {clip-tag}"}),
        clip("RFC9110_13_1_2_another_tag", "If-None-Match: \"other\"\r\n", 200),
        clip("RFC9110_13_1_3_the_date_it_has", "If-Modified-Since: {clip-date}\r\n", 304),
        clip("RFC9110_13_1_3_a_date_before", "If-Modified-Since: " + long_ago + "\r\n", 200),
        clip("RFC9110_13_1_3_a_date_after", "If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT\r\n", 304),
        clip("RFC9110_5_6_7_a_date_of_RFC_850", "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT\r\n", 200),
        clip("RFC9110_5_6_7_a_date_of_asctime", "If-Modified-Since: Sun Nov  6 08:49:37 2050\r\n", 304),
        clip("RFC9110_13_1_3_no_date_is_no_condition", "If-Modified-Since: yesterday\r\n", 200),
        clip("RFC9110_13_1_3_only_where_there_is_no_tag", "If-None-Match: \"other\"\r\nIf-Modified-Since: {clip-date}\r\n", 200),
        clip("RFC9110_13_1_1_the_tag_it_has", "If-Match: {clip-tag}\r\n", 200),
        clip("RFC9110_13_1_1_another_tag_gets_412", "If-Match: \"other\"\r\n", 412),
        clip("RFC9110_13_1_4_the_date_it_has", "If-Unmodified-Since: {clip-date}\r\n", 200),
        clip("RFC9110_13_1_4_a_date_before_gets_412", "If-Unmodified-Since: " + long_ago + "\r\n", 412),
        clip("RFC9110_13_1_4_only_where_there_is_no_tag", "If-Match: {clip-tag}\r\nIf-Unmodified-Since: " + long_ago + "\r\n",
             200),
        clip("RFC9110_13_2_2_412_goes_before_304", "If-Unmodified-Since: " + long_ago + "\r\nIf-None-Match: {clip-tag}\r\n", 412),
        clip("RFC9110_13_2_2_304_goes_before_a_range", "If-None-Match: {clip-tag}\r\nRange: bytes=0-0\r\n", 304),
        clip("RFC9110_13_2_2_412_goes_before_a_range", "If-Match: \"other\"\r\nRange: bytes=0-0\r\n", 412)),
    name_of);

Rule part(const char* name, const std::string& headers, const std::string& range, std::string_view length) {
  return clip(name, headers, 206,
              {"Content-Range: bytes " + range + "/1000", "Content-Length: " + std::string(length), "ETag: {clip-tag}",
               "Content-Type: video/mp4", "Cache-Control"});
}

Rule whole(const char* name, const std::string& headers) {
  return clip(name, headers, 200, {"!Content-Range", "Content-Length: 1000"});
}

Rule outside(const char* name, const std::string& range) {
  return clip(name, "Range: " + range + "\r\n", 416, {"Content-Range: bytes */1000"});
}

INSTANTIATE_TEST_SUITE_P(
    Ranges, Conforms,
    testing::Values(
        part("RFC9110_14_1_2_first_and_last", "Range: bytes=10-19\r\n", "10-19", "10"),
        part("RFC9110_14_1_2_one_byte", "Range: bytes=0-0\r\n", "0-0", "1"),
        part("RFC9110_14_1_2_open", "Range: bytes=990-\r\n", "990-999", "10"),
        part("RFC9110_14_1_2_suffix", "Range: bytes=-10\r\n", "990-999", "10"),
        part("RFC9110_14_1_2_a_suffix_longer_than_the_file", "Range: bytes=-5000\r\n", "0-999", "1000"),
        part("RFC9110_14_1_2_a_last_behind_the_end", "Range: bytes=10-5000\r\n", "10-999", "990"),
        part("RFC9110_14_1_2_a_last_larger_than_any_number", "Range: bytes=10-" + std::string(60, '9') + "\r\n", "10-999", "990"),
        part("RFC9110_14_1_the_unit_in_any_case", "Range: BYTES=0-0\r\n", "0-0", "1"),
        outside("RFC9110_14_4_a_first_behind_the_end", "bytes=1000-"),
        outside("RFC9110_14_4_both_behind_the_end", "bytes=1000-1001"), outside("RFC9110_14_1_2_an_empty_suffix", "bytes=-0"),
        outside("RFC9110_14_1_2_a_first_larger_than_any_number", "bytes=" + std::string(60, '9') + "-"),
        whole("RFC9110_14_1_2_first_behind_last_is_invalid", "Range: bytes=5-4\r\n"),
        whole("RFC9110_14_2_another_unit_is_ignored", "Range: lines=0-1\r\n"),
        whole("RFC9110_14_2_nonsense_is_ignored", "Range: bytes=a-b\r\n"),
        whole("RFC9110_14_2_nothing_is_ignored", "Range: bytes=\r\n"),
        whole("RFC9110_14_1_2_white_space_is_no_part_of_a_range", "Range: bytes=0 - 1\r\n"),
        whole("RFC9110_14_2_several_ranges_may_be_ignored", "Range: bytes=0-1,3-4\r\n"),
        whole(
            "RFC9110_14_2_many_overlapping_ranges_are_ignored", "Range: bytes=" +
                                                                    [] {
                                                                      std::string ranges;
                                                                      for (int i = 0; i < 1000; ++i) ranges += "0-,";
                                                                      return ranges;
                                                                    }() +
                                                                    "0-\r\n"),
        whole("RFC9110_14_2_two_lines_of_ranges_are_ignored", "Range: bytes=0-1\r\nRange: bytes=3-4\r\n"),
        part("RFC9110_13_1_5_If_Range_with_the_tag", "Range: bytes=0-9\r\nIf-Range: {clip-tag}\r\n", "0-9", "10"),
        part("RFC9110_13_1_5_If_Range_with_the_date", "Range: bytes=0-9\r\nIf-Range: {clip-date}\r\n", "0-9", "10"),
        whole("RFC9110_13_1_5_If_Range_with_another_tag", "Range: bytes=0-9\r\nIf-Range: \"other\"\r\n"),
        whole("RFC9110_13_1_5_If_Range_compares_strongly", "Range: bytes=0-9\r\nIf-Range: W/{clip-tag}\r\n"),
        whole("RFC9110_13_1_5_If_Range_with_a_date_before", "Range: bytes=0-9\r\nIf-Range: " + long_ago + "\r\n"),
        whole("RFC9110_13_1_5_If_Range_with_a_date_after", "Range: bytes=0-9\r\nIf-Range: Sun, 06 Nov 2094 08:49:37 GMT\r\n"),
        whole("RFC9110_13_1_5_If_Range_is_no_list", "Range: bytes=0-9\r\nIf-Range: {clip-tag}, \"other\"\r\n"),
        whole("RFC9110_13_1_5_If_Range_knows_no_star", "Range: bytes=0-9\r\nIf-Range: *\r\n"),
        whole("RFC9110_13_1_5_If_Range_alone_says_nothing", "If-Range: {clip-tag}\r\n"),
        whole("RFC9110_13_1_5_an_unsatisfiable_range_of_another_version", "Range: bytes=5000-\r\nIf-Range: \"other\"\r\n"),
        Rule{.name = "RFC9110_14_2_a_range_is_for_GET_only",
             .request = request("HEAD", "/media/clip.mp4", "Range: bytes=0-0\r\n"),
             .statuses = {200},
             .headers = {"Content-Length: 1000", "!Content-Range"}}),
    name_of);

TEST(Ranges, RFC9110_14_parts_put_together_are_the_file) {
  Paper& paper = Paper::one();
  wire::Client client(paper.port());
  std::string joined;
  for (int first = 0; first < 1000; first += 300) {
    client.send(paper.fill(get("/media/clip.mp4", "Range: bytes=" + std::to_string(first) + "-" + std::to_string(first + 299) +
                                                      "\r\nIf-Range: {clip-tag}\r\n")));
    const wire::Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 206);
    joined += answer.body;
  }
  EXPECT_EQ(joined, paper.clip());
}

}  // namespace
}  // namespace conformance
