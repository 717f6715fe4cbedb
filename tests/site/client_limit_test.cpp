// How many pages one client may have made, and what does not count.
#include <gtest/gtest.h>

#include <fstream>

#include "site/test_site.h"

namespace site {
namespace {

constexpr web::SiteLimits three{.requests_per_minute = 3};

http::Response ask(TestSite& site, std::string target, std::string client, std::vector<http::Header> headers = {}) {
  http::Request request = make_get(std::move(target), std::move(headers));
  request.client = std::move(client);
  return site.handle(std::move(request));
}

TEST(ClientLimit, Who_asks_for_too_many_pages_is_told_when_to_come_back) {
  TestSite site(plain_settings(), base::Secrets::ephemeral(), three);
  for (const char* target : {"/search?q=a", "/search?q=b", "/nowhere"}) EXPECT_NE(site.get(target).status, 429);
  const http::Response refused = site.get("/search?q=c");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "Retry-After"), "20");
  EXPECT_EQ(header(refused, "Cache-Control"), "no-store");
  EXPECT_TRUE(contains(words_of(refused), "many pages in a short time"));
  EXPECT_TRUE(contains(refused.body, "The Stavermouth Bell"));
  EXPECT_EQ(ask(site, "/search?q=c", "192.0.2.8").status, 200);
  site.clock().advance(base::Seconds(20));
  EXPECT_EQ(site.get("/search?q=c").status, 200);
}

TEST(ClientLimit, A_program_is_told_in_json) {
  TestSite site(plain_settings(), base::Secrets::ephemeral(), three);
  for (int i = 0; i < 3; ++i) site.get("/search?q=a");
  const http::Response refused = ask(site, "/search?q=a", "192.0.2.7", {{"Accept", "application/json"}});
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "Retry-After"), "20");
  EXPECT_TRUE(contains(refused.body, "\"key\":\"server.too_fast\"")) << refused.body;
}

TEST(ClientLimit, Pages_that_stand_ready_and_files_cost_nothing) {
  TestSite site(plain_settings(), base::Secrets::ephemeral(), three);
  const auto article = site.publish("The bridge opens");
  std::ofstream(site.folder() / "media/a.png") << "png";
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(site.get(article.address).status, 200);
    EXPECT_EQ(site.get("/media/a.png").status, 200);
    EXPECT_EQ(site.get("/favicon.ico").status, 204);
  }
}

TEST(ClientLimit, A_file_that_is_not_there_costs_a_page) {
  TestSite site(plain_settings(), base::Secrets::ephemeral(), three);
  std::ofstream(site.folder() / "media/a.png") << "png";
  for (const char* target : {"/media/b.png", "/media/", "/media/%ff"}) EXPECT_EQ(site.get(target).status, 404) << target;
  const http::Response refused = site.get("/media/c.png");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "Retry-After"), "20");
  EXPECT_EQ(site.get("/media/a.png").status, 200);
}

TEST(ClientLimit, A_page_that_one_client_was_refused_is_made_for_the_next) {
  TestSite site(plain_settings(), base::Secrets::ephemeral(), three);
  const auto article = site.publish("The bridge opens");
  for (int i = 0; i < 3; ++i) site.get("/search?q=a");
  EXPECT_EQ(site.get(article.address).status, 429);
  EXPECT_EQ(ask(site, article.address, "192.0.2.8").status, 200);
  EXPECT_EQ(site.get(article.address).status, 200);
}

TEST(ClientLimit, An_ipv6_network_is_one_client_and_who_stands_for_many_is_none) {
  TestSite site(plain_settings(), base::Secrets::ephemeral(), three);
  for (const char* client : {"2001:db8::1", "2001:db8::2", "2001:db8::3"})
    EXPECT_EQ(ask(site, "/search?q=a", client).status, 200);
  EXPECT_EQ(ask(site, "/search?q=a", "2001:db8::4").status, 429);
  EXPECT_EQ(ask(site, "/search?q=a", "2001:db8:0:1::4").status, 200);
  for (int i = 0; i < 10; ++i) {
    http::Request request = make_get("/search?q=a");
    request.client = "10.0.0.1";
    request.client_is_many = true;
    EXPECT_EQ(site.handle(std::move(request)).status, 200);
  }
}

TEST(ClientLimit, A_comment_counts_by_the_limit_of_comments_alone) {
  TestSite site(plain_settings(), base::Secrets::ephemeral(), three);
  const auto article = site.publish("The bridge opens");
  const Fields form = site.filled_form(article);
  for (int i = 0; i < 5; ++i) site.get("/search?q=a");
  EXPECT_EQ(site.post("/comment", form).status, 303);
}

}  // namespace
}  // namespace site
