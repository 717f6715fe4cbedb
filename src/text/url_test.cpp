#include "text/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace text {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(ParseUrl, The_parts_of_an_address_are_told_apart) {
  const auto url = parse_url("HTTPS://Example.ORG:8080/a/b%20c?x=1&y#end");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "example.org:8080");
  EXPECT_EQ(url->path, "/a/b%20c");
  EXPECT_EQ(url->query, "x=1&y");
  EXPECT_EQ(url->fragment, "end");
  EXPECT_EQ(url->origin(), "https://example.org:8080");
}

TEST(ParseUrl, References_without_host_or_scheme_are_addresses_too) {
  EXPECT_EQ(parse_url("/a?b#c")->path, "/a");
  EXPECT_EQ(parse_url("a:b")->scheme, "a");
  EXPECT_EQ(parse_url("./a:b")->path, "./a:b");
  EXPECT_EQ(parse_url("//cdn.example/x")->host, "cdn.example");
  EXPECT_EQ(parse_url("?q=a:b")->query, "q=a:b");
  EXPECT_TRUE(parse_url(""));
}

TEST(ParseUrl, A_port_of_the_schemes_own_and_an_empty_one_are_left_out) {
  EXPECT_EQ(parse_url("https://example.org:443/")->host, "example.org");
  EXPECT_EQ(parse_url("http://example.org:/")->host, "example.org");
  EXPECT_EQ(parse_url("http://[2001:DB8::1]:81/")->host, "[2001:db8::1]:81");
}

TEST(ParseUrl, What_is_no_reference_is_refused) {
  for (const char* bad : {"http://a b/",
                          "http://a\nb/",
                          "http://x:99999/",
                          "http://x:1a/",
                          "http://x:-1/",
                          "http://",
                          "http:///a",
                          "///a",
                          "//",
                          "http:/a",
                          "https:a",
                          "http://user@host/",
                          "http://user:pw@host/",
                          "\\\\host\\x",
                          "/\\host",
                          ":a",
                          "1http://x",
                          "http://a<b/",
                          "a\"b",
                          "#a#b",
                          "http://ho%73t/",
                          "\xFF",
                          "http://[::1/",
                          "java\tscript:alert(1)"}) {
    EXPECT_FALSE(parse_url(bad)) << bad;
  }
}

TEST(ParseUrl, A_numeric_host_is_one_in_plain_decimal) {
  EXPECT_EQ(parse_url("http://192.168.0.1:8080/")->host, "192.168.0.1:8080");
  for (const char* bad : {"http://66.000146.0x7.147/", "http://0x7f000001/", "http://2130706433/", "http://127.1/",
                          "http://256.0.0.1/", "http://1.2.3.4./", "http://a.0x/", "http://1.2.3.4.5/"}) {
    EXPECT_FALSE(parse_url(bad)) << bad;
  }
  EXPECT_TRUE(parse_url("http://7eleven.example/"));
}

TEST(CleanWebsite, A_bare_host_becomes_an_https_address) {
  EXPECT_EQ(clean_website("example.org"), "https://example.org");
  EXPECT_EQ(clean_website("  example.org/my page "), "https://example.org/my%20page");
  EXPECT_EQ(clean_website("example.org:8080/x"), "https://example.org:8080/x");
}

TEST(CleanWebsite, Http_and_https_stay_as_typed) {
  EXPECT_EQ(clean_website("HTTP://Example.org/A?b=c#d"), "http://example.org/A?b=c#d");
  EXPECT_EQ(clean_website("https://bücher.example/ä"), "https://bücher.example/ä");
}

TEST(CleanWebsite, Everything_else_is_nothing) {
  for (const char* bad : {"", " ", "javascript:alert(1)", "javascript://x%0Aalert(1)", "data:text/html,x", "mailto:a@example.org",
                          "ftp://x.org", "//x.org", "none", "/path", "https://a@b.org", "tel:123", "https://"}) {
    EXPECT_FALSE(clean_website(bad)) << bad;
  }
}

TEST(IsSafeLink, Web_mail_telephone_and_relative_links_are_safe) {
  for (const char* good : {"https://example.org/", "HTTP://example.org", "mailto:a@example.org", "tel:+4930123", "/a", "a/b",
                           "#x", "?q=javascript:x", "//example.org/x", "", "./javascript:x"}) {
    EXPECT_TRUE(is_safe_link(good)) << good;
  }
}

TEST(IsSafeLink, Script_in_any_disguise_is_not) {
  for (const char* bad : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
                          "java\tscript:x", "\x01javascript:x", "javascript\t:x", "data:text/html,<script>", "vbscript:x",
                          "view-source:javascript:x", "blob:x", "file:///etc/passwd", "javascript:",
                          "jav\xC2\xAD"
                          "ascript:x",
                          "about:blank", "ms-settings:x"}) {
    EXPECT_FALSE(is_safe_link(bad)) << bad;
  }
}

TEST(CleanLink, An_address_is_written_as_a_browser_reads_it) {
  EXPECT_EQ(clean_link("  https://example.org/a b\n "), "https://example.org/a%20b");
  EXPECT_EQ(clean_link("/\\evil.example/x"), "//evil.example/x");
  EXPECT_EQ(clean_link("http:\\\\example.org\\a?b\\c"), "http://example.org/a?b%5Cc");
  EXPECT_EQ(clean_link("/100%/{x}|[1]#a#b"), "/100%25/%7Bx%7D%7C%5B1%5D#a%23b");
  EXPECT_EQ(clean_link("http://[::1]/[2]"), "http://[::1]/%5B2%5D");
  EXPECT_EQ(clean_link("/ä?ü"), "/ä?ü");
}

TEST(CleanLink, Disguised_scripts_are_nothing) {
  for (const char* bad : {"java\nscript:alert(1)", "\x01javascript:x", "java\tscript:x", " javascript:x", "https:///x"}) {
    EXPECT_FALSE(clean_link(bad)) << bad;
  }
}

TEST(CleanLink, Cleaning_twice_equals_cleaning_once) {
  for (const char* link : {"/\\a\\b", "a b%2", "/%%%41", "x#a#b\\", "/\xFF\x80", "mailto:a b@c.d?subject=x y", "\\\\host"}) {
    const auto once = clean_link(link);
    ASSERT_TRUE(once) << link;
    EXPECT_EQ(clean_link(*once), once);
  }
}

TEST(PercentCoding, Decoding_reverses_encoding_of_any_text) {
  for (const char* plain : {"", "a b+c/d?e=f&g%h", "Zürich", "漢字 🙂"}) {
    EXPECT_EQ(percent_decode(percent_encode(plain)), plain);
    EXPECT_EQ(percent_decode(percent_encode_path(plain)), plain);
  }
  EXPECT_EQ(percent_encode("a/b ~é"), "a%2Fb%20~%C3%A9");
  EXPECT_EQ(percent_encode_path("/a/b c"), "/a/b%20c");
}

TEST(PercentCoding, Broken_escapes_NUL_and_invalid_bytes_do_not_decode) {
  for (const char* bad : {"%", "%4", "a%zz", "%00", "%FF", "%C3", "%ED%A0%80", "%2"}) EXPECT_FALSE(percent_decode(bad)) << bad;
  EXPECT_EQ(percent_decode("a+b"), "a+b");
  EXPECT_EQ(percent_decode("%41"), "A");
}

TEST(ParseQuery, Pairs_come_decoded_and_in_order) {
  EXPECT_THAT(parse_query("q=new+roof&page=2&flag&x=%2B&q=a%3Db"),
              ElementsAre(Pair("q", "new roof"), Pair("page", "2"), Pair("flag", ""), Pair("x", "+"), Pair("q", "a=b")));
  EXPECT_THAT(parse_query("bad=%zz&&a=1&"), ElementsAre(Pair("a", "1")));
  EXPECT_TRUE(parse_query("").empty());
}

TEST(AddressKey, Ways_to_write_one_path_give_one_key) {
  for (const char* path : {"/2026/11/z%C3%BCge/", "/2026/11/züge", "//2026//11/./z%c3%bcge", "/2026/12/../11/zu%CC%88ge",
                           "2026/11/züge", "/2026%2F11/züge"}) {
    EXPECT_EQ(address_key(path), "/2026/11/züge") << path;
  }
  EXPECT_EQ(address_key("/"), "/");
  EXPECT_EQ(address_key(""), "/");
  EXPECT_EQ(address_key("/a/.."), "/");
}

TEST(AddressKey, A_path_that_climbs_or_does_not_decode_has_none) {
  for (const char* path : {"/..", "/a/../..", "/%2e%2e/etc", "/a/..%2f..%2fx", "/%", "/%00", "/%FF", "/a%0D%0Ab"})
    EXPECT_FALSE(address_key(path)) << path;
}

}  // namespace
}  // namespace text
