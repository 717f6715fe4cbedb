// RFC 9112: the syntax of messages, which request is which, and when a connection ends.
#include "wire/conformance/conformance.h"

namespace conformance {
namespace {

const std::string host = "Host: news.example.org\r\n";

std::string line(std::string_view request_line, std::string_view headers = host) {
  return std::string(request_line) + "\r\n" + std::string(headers) + "\r\n";
}

std::string header(std::string_view field) { return "GET /robots.txt HTTP/1.1\r\n" + host + std::string(field) + "\r\n\r\n"; }

std::string framed(std::string_view framing, std::string_view body = "") {
  return "GET /robots.txt HTTP/1.1\r\n" + host + std::string(framing) + "\r\n" + std::string(body);
}

std::string chunks(std::string_view body) { return framed("Transfer-Encoding: chunked\r\n", body); }

std::string bytes(std::string_view before, char odd, std::string_view after) {
  return std::string(before) + odd + std::string(after);
}

Rule taken(const char* name, std::string request) { return {.name = name, .request = std::move(request), .statuses = {200}}; }

Rule refused(const char* name, std::string request, int status = 400) {
  return {.name = name, .request = std::move(request), .statuses = {status}, .then = Then::closes};
}

INSTANTIATE_TEST_SUITE_P(
    Lines, Conforms,
    testing::Values(
        taken("RFC9112_2_2_empty_lines_before_a_request_are_skipped", "\r\n\r\n" + get("/robots.txt")),
        refused("RFC9112_2_2_lines_that_end_with_a_bare_line_feed_are_refused", "GET / HTTP/1.1\nHost: news.example.org\n\n"),
        refused("RFC9112_2_2_a_field_that_ends_with_a_bare_line_feed_is_refused", header("A: b\nC: d")),
        refused("RFC9112_2_2_a_bare_carriage_return_in_a_field_is_refused", header("A: b\rC: d")),
        refused("RFC9112_2_2_a_bare_carriage_return_in_the_request_line_is_refused", line("GET /\r HTTP/1.1")),
        refused("RFC9112_2_2_a_head_that_ends_with_a_bare_line_feed_is_refused", "GET / HTTP/1.1\r\n" + host + "\n\r\n"),
        refused("RFC9112_2_2_white_space_before_the_first_field_is_refused", line("GET / HTTP/1.1", " A: b\r\n" + host)),
        taken("RFC9112_2_3_a_higher_minor_version_is_read_as_1_1", line("GET /robots.txt HTTP/1.9")),
        refused("RFC9112_2_3_another_major_version_is_refused", line("GET / HTTP/2.0"), 505),
        refused("RFC9112_2_3_version_0_9_is_refused", line("GET / HTTP/0.9"), 505),
        refused("RFC9112_2_3_a_version_has_one_digit_after_the_dot", line("GET / HTTP/1.10")),
        refused("RFC9112_2_3_the_name_of_the_version_is_in_capitals", line("GET / http/1.1")),
        refused("RFC9112_2_3_the_name_of_the_version_is_HTTP", line("GET / HTTPS/1.1")),
        refused("RFC9112_3_a_line_without_a_version_is_refused", line("GET /")),
        refused("RFC9112_3_two_spaces_before_the_target_are_refused", line("GET  / HTTP/1.1")),
        refused("RFC9112_3_two_spaces_after_the_target_are_refused", line("GET /  HTTP/1.1")),
        refused("RFC9112_3_a_tab_between_the_parts_is_refused", line("GET\t/ HTTP/1.1")),
        refused("RFC9112_3_a_space_at_the_end_of_the_line_is_refused", line("GET / HTTP/1.1 ")),
        refused("RFC9112_3_a_space_in_the_target_is_refused", line("GET /a b HTTP/1.1")),
        refused("RFC9112_3_a_control_character_in_the_target_is_refused", line("GET /a\x01 HTTP/1.1")),
        refused("RFC9112_3_a_NUL_in_the_target_is_refused", bytes("GET /a", '\0', "b HTTP/1.1\r\n" + host + "\r\n")),
        refused("RFC9112_3_a_DEL_in_the_target_is_refused", line("GET /a\x7f HTTP/1.1")),
        refused("RFC9112_3_a_target_longer_than_the_limit_gets_414", line("GET /" + std::string(20'000, 'a') + " HTTP/1.1"), 414),
        refused("RFC9112_3_1_a_method_is_a_token", line("G(T / HTTP/1.1")),
        refused("RFC9112_3_1_a_method_is_not_empty", line(" / HTTP/1.1"))),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Targets, Conforms,
    testing::Values(
        taken("RFC9112_3_2_1_origin_form", line("GET /robots.txt HTTP/1.1")),
        taken("RFC9112_3_2_1_origin_form_with_a_query", line("GET /robots.txt?a=1&b=%20 HTTP/1.1")),
        refused("RFC9112_3_2_1_the_path_begins_with_a_slash", line("GET robots.txt HTTP/1.1")),
        refused("RFC9112_3_2_1_a_query_alone_is_no_target", line("GET ?a=1 HTTP/1.1")),
        refused("RFC9112_3_2_a_fragment_is_never_sent", line("GET /robots.txt#part HTTP/1.1")),
        taken("RFC9112_3_2_2_absolute_form", line("GET http://news.example.org/robots.txt HTTP/1.1")),
        taken("RFC9112_3_2_2_absolute_form_of_https", line("GET HTTPS://news.example.org:443/robots.txt HTTP/1.1")),
        taken("RFC9112_3_2_2_absolute_form_without_a_path_is_the_root", line("GET http://news.example.org HTTP/1.1")),
        taken("RFC9112_3_2_2_absolute_form_with_only_a_query_is_the_root", line("GET http://news.example.org?a=/b HTTP/1.1")),
        taken("RFC9112_3_2_2_absolute_form_goes_before_the_host_field",
              line("GET http://news.example.org/robots.txt HTTP/1.1", "Host: other.example\r\n")),
        refused("RFC9112_3_2_2_absolute_form_still_needs_a_host_field", line("GET http://a/robots.txt HTTP/1.1", "")),
        refused("RFC9112_3_2_2_absolute_form_without_a_host_is_refused", line("GET http:///robots.txt HTTP/1.1")),
        refused("RFC9112_3_2_2_absolute_form_with_a_user_is_refused", line("GET http://me@news.example.org/ HTTP/1.1")),
        refused("RFC9112_3_2_2_another_scheme_is_refused", line("GET ftp://news.example.org/ HTTP/1.1")),
        refused("RFC9112_3_2_3_authority_form_is_for_CONNECT_only", line("GET news.example.org:80 HTTP/1.1")),
        Rule{.name = "RFC9112_3_2_4_asterisk_form_for_OPTIONS",
             .request = line("OPTIONS * HTTP/1.1"),
             .statuses = {200, 204},
             .headers = {"Allow"}},
        refused("RFC9112_3_2_4_asterisk_form_is_for_OPTIONS_only", line("GET * HTTP/1.1"))),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Hosts, Conforms,
    testing::Values(
        refused("RFC9112_3_2_no_host", line("GET / HTTP/1.1", "")),
        refused("RFC9112_3_2_two_hosts", line("GET / HTTP/1.1", host + host)),
        refused("RFC9112_3_2_two_hosts_in_1_0", line("GET / HTTP/1.0", host + host)),
        refused("RFC9112_3_2_an_empty_host", line("GET / HTTP/1.1", "Host:\r\n")),
        taken("RFC9112_3_2_1_0_needs_no_host", "GET /robots.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
        taken("RFC9110_7_2_a_host_with_a_port", line("GET /robots.txt HTTP/1.1", "Host: news.example.org:8080\r\n")),
        taken("RFC9110_7_2_a_host_with_an_empty_port", line("GET /robots.txt HTTP/1.1", "Host: news.example.org:\r\n")),
        taken("RFC9110_7_2_an_address_as_host", line("GET /robots.txt HTTP/1.1", "Host: 127.0.0.1:80\r\n")),
        taken("RFC9110_7_2_an_IPv6_address_as_host", line("GET /robots.txt HTTP/1.1", "Host: [::1]:8080\r\n")),
        refused("RFC9110_7_2_a_port_is_a_number", line("GET / HTTP/1.1", "Host: news.example.org:a\r\n")),
        refused("RFC9110_7_2_a_port_is_no_longer_than_a_port", line("GET / HTTP/1.1", "Host: news.example.org:123456\r\n")),
        refused("RFC9110_7_2_two_colons", line("GET / HTTP/1.1", "Host: a:80:80\r\n")),
        refused("RFC9110_7_2_an_open_bracket", line("GET / HTTP/1.1", "Host: [::1\r\n")),
        refused("RFC9110_7_2_an_empty_bracket", line("GET / HTTP/1.1", "Host: []\r\n")),
        refused("RFC9110_7_2_something_after_the_bracket", line("GET / HTTP/1.1", "Host: [::1]a\r\n")),
        refused("RFC9110_7_2_a_broken_escape", line("GET / HTTP/1.1", "Host: a%2\r\n")),
        refused("RFC9110_7_2_a_user", line("GET / HTTP/1.1", "Host: me@news.example.org\r\n")),
        refused("RFC9110_7_2_a_path", line("GET / HTTP/1.1", "Host: news.example.org/a\r\n")),
        refused("RFC9110_7_2_a_space", line("GET / HTTP/1.1", "Host: news example\r\n")),
        refused("RFC9110_7_2_a_list", line("GET / HTTP/1.1", "Host: a,b\r\n"))),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Fields, Conforms,
    testing::Values(taken("RFC9112_5_white_space_around_a_value_is_no_part_of_it", header("Connection: \t keep-alive \t ")),
                    taken("RFC9110_5_5_an_empty_value", header("X-Empty:")),
                    taken("RFC9110_5_5_bytes_above_ASCII", header("X-Name: M\xfcller")),
                    taken("RFC9110_5_5_a_tab_inside_a_value", header("X-Name: a\tb")),
                    taken("RFC9110_5_6_2_every_character_of_a_token", header("!#$%&'*+-.^_`|~09azAZ: a")),
                    refused("RFC9112_5_1_white_space_before_the_colon", header("Content-Length : 0")),
                    refused("RFC9112_5_1_a_tab_before_the_colon", header("A\t: b")),
                    refused("RFC9112_5_1_no_name", header(": b")), refused("RFC9112_5_1_no_colon", header("A")),
                    refused("RFC9110_5_1_a_name_is_a_token", header("A@B: c")),
                    refused("RFC9110_5_1_a_name_in_other_letters", header("Gr\xc3\xb6\xc3\x9f"
                                                                          "e: c")),
                    refused("RFC9112_5_2_a_folded_value", header("A: b\r\n c")),
                    refused("RFC9112_5_2_a_value_folded_by_a_tab", header("A: b\r\n\tc")),
                    refused("RFC9112_5_2_a_value_folded_before_it_began", header("A:\r\n b")),
                    refused("RFC9112_5_2_a_folded_length", header("Content-Length:\r\n 0")),
                    refused("RFC9112_5_2_a_folded_coding", header("Transfer-Encoding:\r\n chunked")),
                    refused("RFC9110_5_5_NUL_in_a_value", header(bytes("A: b", '\0', "c"))),
                    refused("RFC9110_5_5_a_control_character_in_a_value", header("A: b\x08")),
                    refused("RFC9110_5_5_DEL_in_a_value", header("A: b\x7f")),
                    refused("RFC9110_5_4_a_head_longer_than_the_limit_gets_431", header("A: " + std::string(20'000, 'b')), 431)),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Lengths, Conforms,
    testing::Values(taken("RFC9112_6_3_a_length_and_its_body", framed("Content-Length: 3\r\n", "abc")),
                    taken("RFC9112_6_3_no_length_and_no_coding_is_no_body", framed("")),
                    taken("RFC9112_6_2_a_length_of_zero", framed("Content-Length: 0\r\n")),
                    taken("RFC9110_8_6_a_length_with_leading_zeros", framed("Content-Length: 0003\r\n", "abc")),
                    refused("RFC9112_6_3_two_different_lengths", framed("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd")),
                    refused("RFC9112_6_3_two_equal_lengths", framed("Content-Length: 3\r\nContent-Length: 3\r\n", "abc")),
                    refused("RFC9112_6_3_a_list_of_lengths", framed("Content-Length: 3, 3\r\n", "abc")),
                    refused("RFC9110_8_6_a_positive_sign", framed("Content-Length: +3\r\n", "abc")),
                    refused("RFC9110_8_6_a_negative_length", framed("Content-Length: -3\r\n", "abc")),
                    refused("RFC9110_8_6_a_hexadecimal_length", framed("Content-Length: 0x3\r\n", "abc")),
                    refused("RFC9110_8_6_a_length_with_a_point", framed("Content-Length: 3.0\r\n", "abc")),
                    refused("RFC9110_8_6_a_length_in_quotes", framed("Content-Length: \"3\"\r\n", "abc")),
                    refused("RFC9110_8_6_an_empty_length", framed("Content-Length: \r\n")),
                    refused("RFC9110_8_6_a_length_of_2_to_the_64", framed("Content-Length: 18446744073709551616\r\n")),
                    refused("RFC9110_8_6_a_length_of_a_hundred_digits",
                            framed("Content-Length: " + std::string(100, '9') + "\r\n")),
                    refused("RFC9110_15_5_14_a_length_over_the_limit", framed("Content-Length: 2000000\r\n"), 413),
                    refused("RFC9110_15_5_14_the_largest_length", framed("Content-Length: 18446744073709551615\r\n"), 413)),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Codings, Conforms,
    testing::Values(
        taken("RFC9112_7_1_chunks", chunks("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")),
        taken("RFC9112_7_1_no_chunk_but_the_last", chunks("0\r\n\r\n")),
        taken("RFC9112_7_1_sizes_in_either_case", chunks("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n")),
        taken("RFC9112_7_1_sizes_with_leading_zeros", chunks("003\r\nabc\r\n000\r\n\r\n")),
        taken("RFC9112_7_1_1_extensions_are_ignored", chunks("3;a=b;c;d=\"e;f\"\r\nabc\r\n0;g\r\n\r\n")),
        taken("RFC9112_7_1_2_trailers_are_dropped", chunks("0\r\nX-Name: a\r\nHost: evil.example\r\n\r\n")),
        taken("RFC9112_7_the_name_of_a_coding_in_any_case", framed("Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n")),
        refused("RFC9112_6_1_coding_and_length", framed("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
        refused("RFC9112_6_1_length_and_coding", framed("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        refused("RFC9112_6_1_a_coding_in_1_0", "GET /robots.txt HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        refused("RFC9112_6_1_a_coding_we_do_not_know", framed("Transfer-Encoding: gzip\r\n"), 501),
        refused("RFC9112_6_1_a_coding_we_do_not_know_before_chunked", framed("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
                501),
        refused("RFC9112_6_3_chunked_is_not_the_last", framed("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 501),
        refused("RFC9112_7_chunked_twice_in_a_line", framed("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 501),
        refused("RFC9112_7_chunked_twice", framed("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        refused("RFC9112_7_chunked_with_a_parameter", framed("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"), 501),
        refused("RFC9112_7_an_almost_chunked", framed("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501),
        refused("RFC9112_7_an_empty_coding", framed("Transfer-Encoding: \r\n", "0\r\n\r\n"), 501),
        refused("RFC9112_7_chunked_in_quotes", framed("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 501),
        refused("RFC9112_7_1_a_size_with_a_sign", chunks("+3\r\nabc\r\n0\r\n\r\n")),
        refused("RFC9112_7_1_a_size_with_a_prefix", chunks("0x3\r\nabc\r\n0\r\n\r\n")),
        refused("RFC9112_7_1_an_empty_size", chunks("\r\nabc\r\n0\r\n\r\n")),
        refused("RFC9112_7_1_a_space_before_the_size", chunks(" 3\r\nabc\r\n0\r\n\r\n")),
        refused("RFC9112_7_1_a_size_that_overflows", chunks("10000000000000003\r\nabc\r\n0\r\n\r\n")),
        refused("RFC9112_7_1_a_size_over_the_limit", chunks("fffffff\r\nabc"), 413),
        refused("RFC9112_7_1_a_chunk_that_ends_with_a_bare_line_feed", chunks("3\r\nabc\n0\r\n\r\n")),
        refused("RFC9112_7_1_a_size_that_ends_with_a_bare_line_feed", chunks("3\nabc\r\n0\r\n\r\n")),
        refused("RFC9112_7_1_a_chunk_longer_than_its_size", chunks("3\r\nabcd\r\n0\r\n\r\n")),
        refused("RFC9112_7_1_1_a_line_feed_in_an_extension", chunks("3;a=\nb\r\nabc\r\n0\r\n\r\n")),
        refused("RFC9112_7_1_2_a_folded_trailer", chunks("0\r\nX: a\r\n b\r\n\r\n")),
        refused("RFC9112_7_1_2_a_length_in_a_trailer", chunks("0\r\nContent-Length: 3\r\n\r\n"))),
    name_of);

Rule closing(const char* name, std::string request) {
  return {.name = name, .request = std::move(request), .statuses = {200}, .headers = {"Connection: close"}, .then = Then::closes};
}

INSTANTIATE_TEST_SUITE_P(
    Connections, Conforms,
    testing::Values(Rule{.name = "RFC9112_9_3_a_connection_of_1_1_stays",
                         .request = get("/robots.txt"),
                         .statuses = {200},
                         .headers = {"!Connection"}},
                    closing("RFC9112_9_3_close_closes", header("Connection: close")),
                    closing("RFC9112_9_3_close_closes_after_a_page_that_was_ready", get("{article}", "Connection: close\r\n")),
                    closing("RFC9112_9_3_close_closes_after_a_file", get("/media/clip.mp4", "Connection: close\r\n")),
                    closing("RFC9112_9_3_close_among_others_in_any_case", header("Connection: keep-alive, x, CLOSE")),
                    closing("RFC9112_9_3_close_on_a_line_of_its_own", header("Connection: keep-alive\r\nConnection: close")),
                    closing("RFC9112_9_3_1_0_closes", "GET /robots.txt HTTP/1.0\r\n\r\n"),
                    Rule{.name = "RFC9112_9_3_1_0_stays_if_asked_and_is_told_so",
                         .request = "GET /robots.txt HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
                         .statuses = {200},
                         .headers = {"Connection: keep-alive"}},
                    taken("RFC9110_7_6_1_unknown_connection_options_are_ignored",
                          header("Connection: x-unknown\r\nX-Unknown: 1")),
                    taken("RFC9110_7_8_an_upgrade_may_be_ignored",
                          header("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__")),
                    taken("RFC9110_10_1_4_TE_is_ignored", header("TE: trailers, deflate;q=0.5\r\nConnection: TE"))),
    name_of);

TEST(Pipelining, RFC9112_9_3_2_answers_come_in_the_order_of_the_requests) {
  Paper& paper = Paper::one();
  wire::Client client(paper.port());
  client.send(paper.fill(get("/search?q=bridge") + get("{article}") + get("/media/clip.mp4", "Range: bytes=0-0\r\n") +
                         request("HEAD", "{article}") + get("/nowhere") + chunks("3\r\nabc\r\n0\r\n\r\n") + get("/robots.txt")));
  EXPECT_NE(client.read_answer().body.find("<title>"), std::string::npos);
  EXPECT_NE(client.read_answer().body.find("The bridge opens"), std::string::npos);
  EXPECT_EQ(client.read_answer().body, "a");
  EXPECT_EQ(client.read_answer(true).status, 200);
  EXPECT_EQ(client.read_answer().status, 404);
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(client.read_answer().body.starts_with("User-agent: *"));
}

TEST(Closing, RFC9112_9_6_nothing_after_close_is_answered_and_the_answer_before_arrives) {
  Paper& paper = Paper::one();
  wire::Client client(paper.port());
  client.send(get("/robots.txt", "Connection: close\r\n") + get("/robots.txt") + get("/robots.txt"));
  EXPECT_EQ(client.read_answer().status, 200);
  client.finish_sending();
  std::string rest;
  EXPECT_TRUE(client.is_closed_by_server(&rest));
  EXPECT_EQ(rest, "");
  EXPECT_FALSE(client.was_reset());
}

}  // namespace
}  // namespace conformance
