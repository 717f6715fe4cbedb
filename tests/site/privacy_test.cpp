// Invariants 3 and 5 over the whole site: what is private stays in, and reading changes nothing.
#include <gtest/gtest.h>

#include "site/test_site.h"

namespace site {
namespace {

// MD5, SHA-1 and SHA-256 of the planted address as typed and in lower case, as hexadecimal and base64.
const char* const traces[] = {
    "robe.reader",
    "robe.Reader",
    "192.0.2.7",
    "12170210fff57c6f56ef7c5133c9378f",
    "EhcCEP/1fG9W73xRM8k3jw",
    "EhcCEP_1fG9W73xRM8k3jw",
    "8d668d49b175aca24e4c0926194c3cc9ff2adb4c",
    "jWaNSbF1rKJOTAkmGUw8yf8q20w",
    "40bb629eb4eafd2df8a6cabeebaaa5f014f353570159c207306f8cb67feec7ee",
    "QLtinrTq/S34psq",
    "QLtinrTq_S34psq",
    "aec8f2204b75b6ee4af1323b0e9d37e8",
    "rsjyIEt1tu5K8TI7Dp036A",
    "9cb5ae3518c582011262b3ef51db22b5558786f2",
    "nLWuNRjFggESYrPvUdsitVWHhvI",
    "cb60b6aa1bff7a6393d858cb4db3a9c2d68457af3e7800a2133852bbba4aeefa",
    "y2C2qhv/emOT2FjLTbOpwtaEV68",
    "y2C2qhv_emOT2FjLTbOpwtaEV68",
};

std::string whole(const http::Response& response) {
  std::string text = std::to_string(response.status) + "\n";
  for (const http::Header& one : response.headers) text += one.name + ": " + one.value + "\n";
  return text + "\n" + response.body;
}

void fill(TestSite& site, const std::string& email) {
  const auto bridge = site.publish("The bridge opens");
  const auto harbour = site.publish("The harbour closes");
  for (const auto& article : {bridge, harbour}) {
    http::Request request = make_post("/comment", site.filled_form(article, "I was there.", "Probe", email));
    EXPECT_EQ(site.handle(std::move(request)).status, 303);
  }
}

TEST(Privacy, No_answer_holds_an_address_or_anything_made_from_it) {
  TestSite site;
  fill(site, "Probe.Reader@Example.org");
  std::vector<std::string> addresses = site.crawl();
  EXPECT_GT(addresses.size(), 8u);
  for (const char* more : {"/search?q=Probe.Reader", "/search?q=example.org", "/nowhere/", "/comment/1", "/robots.txt"})
    addresses.emplace_back(more);
  for (const std::string& address : addresses) {
    const std::string answer = whole(site.get(address));
    for (const char* trace : traces) {
      // A search page repeats what was asked; the test for two sites looks at its results.
      const bool was_asked_for = contains(address, "robe.Reader");
      EXPECT_FALSE(!was_asked_for && contains(answer, trace)) << address << " holds " << trace;
    }
  }
}

TEST(Privacy, Two_sites_that_differ_only_in_what_is_private_answer_alike) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  TestSite one(plain_settings(), secrets);
  TestSite other(plain_settings(), secrets);
  fill(one, "probe.reader@example.org");
  fill(other, "somebody.else@example.com");
  std::vector<std::string> addresses = one.crawl();
  EXPECT_EQ(addresses, other.crawl());
  for (const char* more : {"/search?q=probe.reader", "/search?q=example.org", "/search?q=example.com", "/nowhere/"})
    addresses.emplace_back(more);
  for (const std::string& address : addresses) EXPECT_EQ(whole(one.get(address)), whole(other.get(address))) << address;
}

TEST(Privacy, A_cookie_changes_no_public_page) {
  TestSite site;
  fill(site, "probe.reader@example.org");
  for (const std::string& address : site.crawl()) {
    EXPECT_EQ(whole(site.get(address)), whole(site.handle(make_get(address, {{"Cookie", "reader=x; article-1=y"}})))) << address;
  }
}

TEST(Privacy, Reading_every_address_changes_nothing) {
  TestSite site;
  fill(site, "probe.reader@example.org");
  const std::string before = site.database_digest();
  for (const std::string& address : site.crawl()) {
    site.get(address);
    http::Request head = make_get(address);
    head.method = http::Method::head;
    site.handle(std::move(head));
  }
  for (const char* more :
       {"/?p=1", "/?s=x", "/comment/1", "/?posted=x", "/comment?article=1&comment=x", "/password?article=1&password=x"})
    site.get(more);
  EXPECT_EQ(site.database_digest(), before);
}

}  // namespace
}  // namespace site
