// Addresses as nobody should write them, and bytes that are no text: the answer is a page, a redirect to the one right way of
// writing, or a plain refusal; never a fault of the server, never a file that is not meant (RFC 3986; RFC 3629).
#include <gmock/gmock.h>

#include "text/url.h"
#include "text/utf8.h"
#include "wire/conformance/conformance.h"

namespace conformance {
namespace {

// The answer, and what the redirects of this site lead to.
wire::Answer follow(const std::string& target) {
  wire::Answer answer = Paper::one().ask(get(target));
  for (int hops = 0; hops < 4 && (answer.status == 301 || answer.status == 302); ++hops) {
    const std::string location = answer.header("Location");
    EXPECT_TRUE(location.starts_with('/') && !location.starts_with("//")) << target << " leads to " << location;
    answer = Paper::one().ask(get(location));
  }
  return answer;
}

class OddAddresses : public testing::TestWithParam<const char*> {};

TEST_P(OddAddresses, Are_answered_without_fault_and_lead_nowhere_else) {
  const wire::Answer answer = follow(GetParam());
  EXPECT_THAT((std::vector<int>{200, 204, 400, 404, 410}), testing::Contains(answer.status)) << answer.head;
  EXPECT_EQ(answer.body.find("never-to-be-served"), std::string::npos);
  EXPECT_EQ(answer.body.find("root:x:"), std::string::npos);
  if (answer.header("Content-Type").starts_with("text/")) {
    EXPECT_TRUE(text::is_valid_utf8(answer.body));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, OddAddresses,
    testing::Values("/%", "/%2", "/%zz", "/%%30%30", "/%00", "/a%00b", "/media/clip.mp4%00.txt", "/%0d%0aSet-Cookie:a", "/%0a",
                    "/%7f", "/%ff", "/%c0%ae%c0%ae/", "/%c0%af", "/%e0%80%af", "/%f0%80%80%af", "/%ed%a0%80", "/%f4%90%80%80",
                    "/%c3", "/%c3%28", "/%fe%ff", "/\xff\xfe", "/\xc0\xae\xc0\xae/", "/\xe2\x82", "/%e2%82%ac", "/\xe2\x82\xac",
                    "/%u002e", "/%2525", "//", "///", "//evil.example/", "//evil.example/%2e%2e", "/%2f%2fevil.example",
                    "/\\evil.example", "/%5cevil.example", "/.", "/..", "/../", "/./././", "/a/../b", "/../../../../etc/passwd",
                    "/%2e%2e/%2e%2e/etc/passwd", "/%2E%2E%2Fetc%2Fpasswd", "/..%2f..%2fetc%2fpasswd", "/..%5c..%5cetc%5cpasswd",
                    "/..%252f..%252fetc", "/media/../outside.txt", "/media/%2e%2e/outside.txt", "/media/..%2foutside.txt",
                    "/media/%2e%2e%2foutside.txt", "/media/.hidden", "/media/%2ehidden", "/media/link.txt", "/media/", "/media",
                    "/media//clip.mp4", "/media/./clip.mp4", "/media/%2fetc/passwd", "/theme/../../outside.txt",
                    "/theme/%2e%2e/%2e%2e/outside.txt", "/theme/", "/theme//style.css", "/theme/STYLE.CSS",
                    "/wp-content/uploads/../../outside.txt", "/wp-content/uploads/%2e%2e%2foutside.txt", "/index.php",
                    "/index.php/", "/index.php//evil.example/", "/?p=%zz", "/?p=99999999999999999999", "/?p=-1", "/?p=1&p=2",
                    "/?p[]=1", "/?p=%00", "/?s=%ff%fe", "/?s=%00", "/?m=999999", "/?cat=0x1", "/search?q=%ff", "/search?q=%c0%ae",
                    "/search?q=%00", "/search?q=%", "/search?q=%22%27%2a%28", "/search?q=a+NEAR+b", "/search?page=0&q=a",
                    "/search?page=999999999&q=a", "/search?&&&==&", "/comment/", "/comment/0", "/comment/1/",
                    "/comment/99999999999999999999", "/comment/%31", "/comment/1%00", "/page/0", "/page/-1", "/page/99999999999",
                    "/2026/13/", "/2026/02/31/", "/0000/", "/99999/", "/2026/%31%31/", "/?", "/??", "/?%", "/?=", "/;a=b",
                    "/a;b/c;d", "/@", "/:80", "/*", "/~", "/|", "/^", "/{}", "/\"", "/<script>", "/%3Cscript%3E",
                    "/search?q=%3Cscript%3E", "/javascript:alert(1)"));

TEST(Addresses, An_escape_that_needs_none_leads_to_the_same_page) {
  const std::string address = Paper::one().fill("{article}");
  std::string escaped = address;
  const std::size_t dash = escaped.find('-');
  ASSERT_NE(dash, std::string::npos);
  escaped.replace(dash, 1, "%2D");
  EXPECT_EQ(follow(escaped).header("ETag"), follow(address).header("ETag"));
  escaped = address;
  escaped.replace(dash, 1, "%2d");
  EXPECT_EQ(follow(escaped).header("ETag"), follow(address).header("ETag"));
  for (const std::string& odd : {"/." + address, "/x/.." + address, "/" + address, address.substr(0, address.size() - 1)})
    EXPECT_EQ(follow(odd).status, 200) << odd;
}

TEST(Addresses, A_refusal_never_gives_back_what_was_asked_as_markup) {
  for (const char* target :
       {"/<script>alert(1)</script>", "/%3Cscript%3Ealert(1)%3C/script%3E", "/search?q=%3Cscript%3Ealert(1)"}) {
    EXPECT_EQ(follow(target).body.find("<script>alert"), std::string::npos) << target;
  }
}

class OddForms : public testing::TestWithParam<std::string> {};

TEST_P(OddForms, Are_refused_in_words_and_nothing_is_written) {
  Paper& paper = Paper::one();
  const std::string before = paper.site().database_digest();
  const std::string form = GetParam();
  const wire::Answer answer =
      paper.ask(request("POST", "/comment",
                        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                            std::to_string(form.size()) + "\r\n",
                        form));
  EXPECT_GE(answer.status, 400) << answer.head;
  EXPECT_LT(answer.status, 500) << answer.head << answer.body.substr(0, 300);
  EXPECT_TRUE(text::is_valid_utf8(answer.body));
  EXPECT_EQ(paper.site().database_digest(), before);
}

std::string many(std::string_view part, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += part;
  return all;
}

INSTANTIATE_TEST_SUITE_P(
    Each, OddForms,
    testing::Values("", "&", "=", "&&&&==&", "article", "article=1&name=%ff&email=ada%40example.org&comment=Text",
                    "article=1&name=Ada&email=ada%40example.org&comment=%c0%ae", "article=1&name=%00&comment=a",
                    "article=1&comment=%ed%a0%80", "article=1&comment=\xff\xfe", "article=99999999999999999999&comment=a",
                    "article=-1&comment=a", "article=0x1&comment=a", "article=1&article=2&comment=a", "article%00=1",
                    "%=%&%zz=%zz", many("a=b&", 100'000), many("&", 1'000'000), many("=", 1'000'000), many("%41", 300'000),
                    std::string(1'000'000, '+'), "comment=" + std::string(900'000, 'x')));

}  // namespace
}  // namespace conformance
