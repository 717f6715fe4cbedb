// RFC 9110: fields that are lists, methods, expectations, content negotiation.
#include <gmock/gmock.h>

#include "http/date.h"
#include "wire/conformance/conformance.h"

namespace conformance {
namespace {

Rule accepting(const char* name, std::string_view value, std::string_view coding) {
  std::vector<std::string> headers{"Vary: Accept-Encoding", "ETag"};
  headers.push_back(coding.empty() ? "!Content-Encoding" : "Content-Encoding: " + std::string(coding));
  return {.name = name,
          .request = get("{article}", "Accept-Encoding: " + std::string(value) + "\r\n"),
          .statuses = {200},
          .headers = std::move(headers)};
}

INSTANTIATE_TEST_SUITE_P(
    Negotiation, Conforms,
    testing::Values(Rule{.name = "RFC9110_12_5_3_without_the_field_any_coding_would_do_and_none_is_used",
                         .request = get("{article}"),
                         .statuses = {200},
                         .headers = {"!Content-Encoding", "Vary: Accept-Encoding"}},
                    accepting("RFC9110_12_5_3_an_empty_field_asks_for_no_coding", "", ""),
                    accepting("RFC9110_12_5_3_gzip", "gzip", "gzip"),
                    accepting("RFC9110_12_5_3_x_gzip_is_gzip", "x-gzip", "gzip"), accepting("RFC9110_12_5_3_br", "br", "br"),
                    accepting("RFC9110_12_5_3_names_in_any_case", "GZip", "gzip"),
                    accepting("RFC9110_12_5_3_what_we_do_not_have_is_not_sent", "zstd, deflate, compress", ""),
                    accepting("RFC9110_12_5_3_the_star_is_any_coding", "*", "br"),
                    accepting("RFC9110_12_5_3_the_star_is_not_what_was_named", "br;q=0, *", "gzip"),
                    accepting("RFC9110_12_5_3_the_star_at_zero_leaves_the_plain_form", "*;q=0", ""),
                    accepting("RFC9110_12_5_3_identity_at_zero_with_a_coding_we_have", "identity;q=0, gzip", "gzip"),
                    accepting("RFC9110_12_5_3_identity_at_zero_and_the_star", "identity;q=0, *;q=0.1", "br"),
                    accepting("RFC9110_12_5_3_identity_preferred", "identity, gzip;q=0.9", ""),
                    accepting("RFC9110_12_4_2_the_higher_quality_wins", "br;q=0.5, gzip;q=0.6", "gzip"),
                    accepting("RFC9110_12_4_2_three_decimals_count", "br;q=0.501, gzip;q=0.5", "br"),
                    accepting("RFC9110_12_4_2_zero_is_not_acceptable", "gzip;q=0.000, br;q=0", ""),
                    accepting("RFC9110_12_4_2_the_least_quality_is_acceptable", "gzip;q=0.001", "gzip"),
                    accepting("RFC9110_12_4_2_what_is_no_quality_is_not_acceptable", "gzip;q=1.5, br;q=abc", ""),
                    accepting("RFC9110_12_4_2_the_q_in_any_case_and_white_space_around", "gzip \t;\t Q=1.0", "gzip"),
                    accepting("RFC9110_5_6_1_empty_elements_are_skipped", ", ,gzip,, ,", "gzip"),
                    Rule{.name = "RFC9110_5_3_a_list_in_two_lines_is_one_list",
                         .request = get("{article}", "Accept-Encoding: br;q=0.1\r\nAccept-Encoding: gzip\r\n"),
                         .statuses = {200},
                         .headers = {"Content-Encoding: gzip"}},
                    Rule{.name = "RFC9110_5_3_a_list_whose_first_line_is_empty",
                         .request = get("{article}", "Accept-Encoding:\r\nAccept-Encoding: gzip\r\n"),
                         .statuses = {200},
                         .headers = {"Content-Encoding: gzip"}},
                    Rule{.name = "RFC9110_5_1_names_of_fields_in_any_case",
                         .request = get("{article}", "aCCEPT-eNCODING: gzip\r\n"),
                         .statuses = {200},
                         .headers = {"Content-Encoding: gzip"}},
                    Rule{.name = "RFC9110_8_4_what_is_compressed_already_is_not_coded",
                         .request = get("/media/clip.mp4", "Accept-Encoding: gzip, br\r\n"),
                         .statuses = {200},
                         .headers = {"!Content-Encoding", "Content-Length: 1000", "!Vary"}},
                    Rule{.name = "RFC9110_12_1_a_made_answer_negotiates_too",
                         .request = get("/search?q=bridge", "Accept-Encoding: gzip\r\n"),
                         .statuses = {200},
                         .headers = {"Content-Encoding: gzip", "Vary: Accept-Encoding"}},
                    Rule{.name = "RFC9110_12_5_1_an_Accept_that_we_cannot_meet_gets_what_there_is",
                         .request = get("{article}", "Accept: application/pdf\r\n"),
                         .statuses = {200, 406},
                         .headers = {"Content-Type: text/html; charset=utf-8"}}),
    name_of);

Rule allowed(const char* name, std::string_view method, std::string_view target, std::string_view allow) {
  return {.name = name,
          .request = request(method, target, "Content-Length: 0\r\n"),
          .statuses = {405},
          .headers = {"Allow: " + std::string(allow)}};
}

Rule unknown(const char* name, std::string_view method, std::string_view target = "/") {
  return {.name = name,
          .request = request(method, target, "X-Secret: reflected\r\n"),
          .statuses = {501},
          .headers = {"Content-Type: text/plain; charset=utf-8"},
          .then = Then::closes};
}

INSTANTIATE_TEST_SUITE_P(
    Methods, Conforms,
    testing::Values(allowed("RFC9110_15_5_6_PUT_is_not_allowed_on_a_page", "PUT", "{article}", "GET, HEAD, OPTIONS"),
                    allowed("RFC9110_15_5_6_DELETE_is_not_allowed_on_a_page", "DELETE", "{article}", "GET, HEAD, OPTIONS"),
                    allowed("RFC9110_15_5_6_PATCH_is_not_allowed_on_a_file", "PATCH", "/media/clip.mp4", "GET, HEAD, OPTIONS"),
                    allowed("RFC9110_15_5_6_POST_is_not_allowed_on_a_page", "POST", "{article}", "GET, HEAD, OPTIONS"),
                    allowed("RFC9110_10_2_1_Allow_says_what_the_form_takes", "PUT", "/comment", "POST, OPTIONS"),
                    Rule{.name = "RFC9110_9_3_7_OPTIONS_says_what_a_page_takes",
                         .request = request("OPTIONS", "{article}"),
                         .statuses = {204},
                         .headers = {"Allow: GET, HEAD, OPTIONS"}},
                    Rule{.name = "RFC9110_9_3_7_OPTIONS_says_what_the_form_takes",
                         .request = request("OPTIONS", "/comment"),
                         .statuses = {204},
                         .headers = {"Allow: POST, OPTIONS"}},
                    Rule{.name = "RFC9110_9_3_7_OPTIONS_with_a_body",
                         .request = request("OPTIONS", "/", "Content-Length: 3\r\n", "abc"),
                         .statuses = {204},
                         .headers = {"Allow"}},
                    unknown("RFC9110_9_1_a_method_nobody_knows_gets_501", "BREW"),
                    unknown("RFC9110_9_1_methods_are_case_sensitive", "get"), unknown("RFC9110_9_1_Head_is_not_HEAD", "Head"),
                    unknown("RFC9110_9_3_8_TRACE_gives_nothing_back", "TRACE"),
                    unknown("RFC9110_9_3_6_CONNECT", "CONNECT", "news.example.org:80"),
                    unknown("RFC9110_16_1_PROPFIND", "PROPFIND"),
                    unknown("RFC9113_3_4_the_preface_of_HTTP_2_is_no_request_of_1_1", "PRI", "*")),
    name_of);

TEST(Methods, RFC9110_9_3_2_HEAD_has_the_fields_of_GET_and_no_content) {
  Paper& paper = Paper::one();
  for (const char* target : {"{article}", "/", "/search?q=bridge", "/media/clip.mp4", "/nowhere", "/robots.txt", "/favicon.ico",
                             "/index.php", "/theme/style.css", "/comment", "/%zz"}) {
    for (const char* headers : {"", "Accept-Encoding: gzip\r\n", "Accept: application/json\r\n", "If-Match: \"other\"\r\n"}) {
      wire::Client client(paper.port());
      client.send(paper.fill(get(target, headers) + request("HEAD", target, headers) + get("/robots.txt")));
      const wire::Answer whole = client.read_answer();
      const wire::Answer head = client.read_answer(true);
      const auto without_date = [](const wire::Answer& answer) {
        const std::size_t date = answer.head.find("Date: ");
        return answer.head.substr(0, date) + answer.head.substr(answer.head.find('\n', date) + 1);
      };
      EXPECT_EQ(without_date(head), without_date(whole)) << target;
      EXPECT_TRUE(client.read_answer().body.starts_with("User-agent: *")) << target;
    }
  }
}

TEST(Dates, RFC9110_6_6_1_every_answer_has_the_time_of_now) {
  const base::Time before = base::SystemClock().now();
  for (const std::string& sent : {get("{article}"), get("/nowhere"), get("/media/clip.mp4"), std::string("nonsense\r\n\r\n")}) {
    const auto date = http::parse_date(Paper::one().ask(sent).header("Date"));
    ASSERT_TRUE(date);
    EXPECT_LE(before - base::Seconds(2), *date);
    EXPECT_LE(*date, base::SystemClock().now());
  }
}

TEST(Expectations, RFC9110_10_1_1_a_client_that_waits_is_told_to_go_on) {
  wire::Client client(Paper::one().port());
  client.send(request("POST", "/comment", "Expect: 100-continue\r\nContent-Length: 3\r\n"));
  const wire::Answer go_on = client.read_answer();
  EXPECT_EQ(go_on.head, "HTTP/1.1 100 Continue\r\n");
  client.send("abc" + get("/robots.txt"));
  EXPECT_EQ(client.read_answer().status, 403);
  EXPECT_EQ(client.read_answer().status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Expectations, Conforms,
    testing::Values(
        Rule{.name = "RFC9110_10_1_1_no_100_where_the_body_is_there_already",
             .request = request("POST", "/comment", "Expect: 100-continue\r\nContent-Length: 3\r\n", "abc"),
             .statuses = {403}},
        Rule{.name = "RFC9110_10_1_1_no_100_where_there_is_no_body",
             .request = get("/robots.txt", "Expect: 100-continue\r\n"),
             .statuses = {200}},
        Rule{
            .name = "RFC9110_10_1_1_HTTP_1_0_knows_no_expectation",
            .request = "POST /comment HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
            .statuses = {403}},
        Rule{.name = "RFC9110_10_1_1_the_name_in_any_case",
             .request = get("/robots.txt", "Expect: 100-Continue\r\n"),
             .statuses = {200}},
        Rule{.name = "RFC9110_15_5_18_another_expectation_gets_417",
             .request = get("/robots.txt", "Expect: the-best\r\n"),
             .statuses = {417},
             .then = Then::closes},
        Rule{.name = "RFC9110_10_1_1_nobody_is_told_to_send_what_would_be_refused",
             .request = request("POST", "/comment", "Expect: 100-continue\r\nContent-Length: 2000000\r\n"),
             .statuses = {413},
             .then = Then::closes}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Statuses, Conforms,
    testing::Values(
        Rule{.name = "RFC9110_15_3_5_204_has_no_content",
             .request = get("/favicon.ico"),
             .statuses = {204},
             .headers = {"!Content-Length", "!Transfer-Encoding"}},
        Rule{.name = "RFC9110_15_5_5_404_has_a_page", .request = get("/nowhere"), .statuses = {404}, .headers = {"Content-Type"}},
        Rule{.name = "RFC9110_15_5_5_404_for_a_program",
             .request = get("/nowhere", "Accept: application/json\r\n"),
             .statuses = {404},
             .headers = {"Content-Type: application/json; charset=utf-8"},
             .body = "{\"error\":"},
        Rule{.name = "RFC9110_10_2_2_a_redirect_has_a_Location",
             .request = get("/index.php"),
             .statuses = {301},
             .headers = {"Location: /"}},
        Rule{.name = "RFC9110_8_3_a_body_without_a_type_is_no_form",
             .request = request("POST", "/comment", "Sec-Fetch-Site: same-origin\r\nContent-Length: 5\r\n", "name="),
             .statuses = {400, 415, 422}},
        Rule{.name = "RFC9110_8_4_a_coded_body_is_not_guessed_at",
             .request = request("POST", "/comment",
                                "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                "Content-Encoding: gzip\r\nContent-Length: 4\r\n",
                                "\x1f\x8b\x08\x01"),
             .statuses = {400, 403, 404, 415, 422}},
        Rule{.name = "RFC9110_15_5_14_a_body_over_the_limit",
             .request = request("POST", "/comment", "Content-Length: 1048577\r\n"),
             .statuses = {413},
             .then = Then::closes}),
    name_of);

}  // namespace
}  // namespace conformance
