// Reading a thread: its pages, orders and branches, votes, and the count that a page asks for.
#include <gtest/gtest.h>

#include "base/format.h"
#include "desk/moderate_comment.h"
#include "site/test_site.h"

namespace site {
namespace {

http::Response vote(TestSite& site, const std::string& value, int comment, const std::string& client,
                    const std::string& cookie = {}) {
  http::Request request = make_post("/comment/vote", {{value, std::to_string(comment)}});
  request.client = client;
  if (!cookie.empty()) request.headers.push_back({"Cookie", cookie});
  return site.handle(std::move(request));
}

std::string cookie_of(const http::Response& answer) {
  const std::string cookie = header(answer, "Set-Cookie");
  return cookie.substr(0, cookie.find(';'));
}

desk::PublishedArticle article_with_comments(TestSite& site, int count) {
  const auto article = site.publish("The bridge opens");
  for (int i = 1; i <= count; ++i) {
    EXPECT_EQ(site.comment(article, base::format("Comment number {}.", i)).status, 303);
    site.clock().advance(base::Seconds(90));
  }
  return article;
}

// Small pages, so that a few comments make a crowded thread.
news::SiteSettings small_pages() {
  news::SiteSettings settings = plain_settings();
  settings.comments_per_page = 2;
  return settings;
}

http::Response reply(TestSite& site, const desk::PublishedArticle& article, int parent, const std::string& text) {
  Fields form = site.filled_form(article, text);
  for (auto& [name, value] : form) {
    if (name == "parent") value = std::to_string(parent);
  }
  site.clock().advance(base::Seconds(90));
  return site.post("/comment", form);
}

// Follows redirects as a browser does, and gives the page with the address it was found at, fragment included.
struct Found {
  http::Response page;
  std::string address;
};
Found follow(TestSite& site, std::string address) {
  for (int hops = 0; hops < 5; ++hops) {
    http::Response answer = site.get(address.substr(0, address.find('#')));
    if (answer.status != 301 && answer.status != 302) return {std::move(answer), std::move(address)};
    address = header(answer, "Location");
  }
  ADD_FAILURE() << address << " goes round in circles";
  return {};
}

bool shows(const http::Response& page, int comment) {
  return page.status == 200 && contains(page.body, base::format("<li id=\"comment-{}\"", comment));
}

// Three pages of top-level comments, 1 to 5; the first has nine replies, 6 to 14, each to the one before.
desk::PublishedArticle crowded_article(TestSite& site) {
  const auto article = article_with_comments(site, 5);
  for (int parent = 1, id = 6; id <= 14; parent = id++)
    EXPECT_EQ(reply(site, article, parent, base::format("Answer number {}.", id)).status, 303);
  return article;
}

TEST(Thread, Every_comment_is_found_by_its_permalink_and_every_link_of_the_thread_leads_on) {
  TestSite site(small_pages());
  const auto article = crowded_article(site);
  EXPECT_FALSE(shows(site.get(article.address), 14)) << "there is no room for it";
  EXPECT_TRUE(contains(site.get(article.address).body, "More replies to Ada Reader"));
  for (int id = 1; id <= 14; ++id) {
    const Found found = follow(site, base::format("/comment/{}", id));
    EXPECT_TRUE(shows(found.page, id)) << found.address;
    EXPECT_TRUE(found.address.ends_with(base::format("#comment-{}", id))) << found.address;
  }
  std::string all;
  for (const std::string& address : site.crawl()) {
    const http::Response page = site.get(address);
    EXPECT_LT(page.status, 400) << address;
    all += page.body;
  }
  for (int id = 1; id <= 14; ++id) EXPECT_TRUE(contains(all, base::format("<li id=\"comment-{}\"", id))) << id;
}

TEST(Thread, A_branch_page_leads_back_is_not_listed_and_has_its_own_reply_links) {
  TestSite site(small_pages());
  const auto article = crowded_article(site);
  const http::Response page = site.get(article.address + "?thread=12");
  ASSERT_EQ(page.status, 200);
  for (const int id : {1, 6, 11, 12, 13, 14}) EXPECT_TRUE(shows(page, id)) << id;
  EXPECT_FALSE(shows(page, 2));
  EXPECT_EQ(header(page, "X-Robots-Tag"), "noindex");
  EXPECT_TRUE(contains(page.body, "content=\"noindex\""));
  EXPECT_TRUE(contains(page.body, "<link rel=\"canonical\" href=\"" + site.settings().url + article.address + "\""));
  EXPECT_TRUE(contains(page.body, "href=\"" + article.address + "#comment-1\">See all of it"));
  EXPECT_TRUE(contains(page.body, "?thread=14&amp;replytocom=14#respond"));
  const http::Response answering = site.get(article.address + "?thread=14&replytocom=14");
  EXPECT_EQ(field_value(answering.body, "parent"), "14");
  EXPECT_TRUE(shows(answering, 14));
  EXPECT_EQ(header(site.get(article.address + "?replytocom=14"), "Location"),
            article.address + "?thread=14&replytocom=14#respond");
}

TEST(Thread, Who_answers_in_a_crowded_thread_sees_their_words_also_while_they_wait) {
  TestSite site(small_pages());
  const auto article = crowded_article(site);
  const Found published = follow(site, header(reply(site, article, 14, "Seen by all."), "Location"));
  EXPECT_TRUE(shows(published.page, 15)) << published.address;
  EXPECT_TRUE(contains(published.page.body, "/comment/edit?grant="));
  site.settings().moderation = news::Moderation::all;
  const Found held = follow(site, header(reply(site, article, 14, "Seen by me."), "Location"));
  EXPECT_TRUE(shows(held.page, 16)) << held.address;
  EXPECT_TRUE(contains(held.page.body, "Only you can see this."));
  EXPECT_EQ(header(held.page, "Cache-Control"), "no-store");
}

TEST(Thread, Nobody_learns_whether_a_comment_waits) {
  TestSite site(small_pages());
  const auto article = crowded_article(site);
  article_with_comments(site, 1);
  site.settings().moderation = news::Moderation::all;
  ASSERT_EQ(reply(site, article, 14, "Waits.").status, 303);
  for (const char* query :
       {"?thread=", "?after=3&thread=", "?comments=newest&after=", "?comments=best&after=", "?thread=1&after="}) {
    // Where it leads, but for the number that was asked for.
    const auto led_to = [&](int id) {
      const std::string number = std::to_string(id);
      const http::Response answer = site.get(article.address + query + number);
      EXPECT_EQ(answer.status, 302) << query;
      EXPECT_EQ(follow(site, header(answer, "Location")).page.status, 200) << query;
      std::string location = header(answer, "Location");
      if (const std::size_t at = location.find(number); at != std::string::npos) location.replace(at, number.size(), "N");
      return location;
    };
    EXPECT_EQ(led_to(15), led_to(16)) << "under another article, and held";
    EXPECT_EQ(led_to(99), led_to(16)) << "never written, and held";
  }
}

TEST(Thread, Other_orders_are_pages_of_their_own_that_a_comment_or_a_vote_renews) {
  TestSite site(small_pages());
  const auto ready = site.web().make_source();
  const auto article = crowded_article(site);
  const std::string newest = article.address + "?comments=newest";
  const std::string best = article.address + "?comments=best";
  const http::Response page = site.get(newest);
  EXPECT_TRUE(shows(page, 5) && shows(page, 4) && !shows(page, 3));
  EXPECT_LT(page.body.find("id=\"comment-5\""), page.body.find("id=\"comment-4\""));
  EXPECT_EQ(header(page, "X-Robots-Tag"), "noindex");
  EXPECT_TRUE(contains(page.body, "aria-current=\"true\">Newest first"));
  EXPECT_TRUE(contains(page.body, "?comments=newest&amp;after=4#comments"));
  const http::Response deeper = site.get(newest + "&after=4");
  EXPECT_TRUE(shows(deeper, 3) && shows(deeper, 2) && !shows(deeper, 4));
  EXPECT_EQ(ready->find(newest + "&after=4"), nullptr);
  EXPECT_NE(ready->find(newest), nullptr);
  EXPECT_EQ(ready->find(newest + "&utm_source=x"), nullptr) << "one page for each order, not one for each campaign";

  EXPECT_TRUE(shows(site.get(best), 1));
  vote(site, "up", 3, "198.51.100.1");
  EXPECT_EQ(ready->find(best), nullptr);
  const http::Response voted = site.get(best);
  EXPECT_LT(voted.body.find("id=\"comment-3\""), voted.body.find("id=\"comment-1\""));
  ASSERT_EQ(site.comment(article, "The newest of all.").status, 303);
  EXPECT_EQ(ready->find(newest), nullptr);
  EXPECT_TRUE(contains(site.get(newest).body, "The newest of all."));
}

TEST(Thread, An_order_has_one_address_and_the_plain_page_is_never_kept_in_another) {
  TestSite site(small_pages());
  const auto article = crowded_article(site);
  const http::Response moved = site.get(article.address + "comment-page-2/?comments=newest");
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(header(moved, "Location"), article.address + "?comments=newest");
  for (const char* query : {"?comments=newes%74", "?c%6fmments=newest", "?comments=newest&x=y"})
    site.get(article.address + query);
  EXPECT_TRUE(shows(site.get(article.address), 1));
  EXPECT_FALSE(shows(site.get(article.address), 5));
  const auto single = site.publish("The harbour closes");
  site.comment(single);
  EXPECT_FALSE(contains(site.get(single.address).body, "Newest first")) << "one comment has no order";
}

TEST(Votes, Each_browser_has_one_which_it_may_change_and_take_back) {
  TestSite site;
  const auto article = article_with_comments(site, 1);
  const http::Response first = vote(site, "up", 1, "198.51.100.1");
  ASSERT_EQ(first.status, 303);
  EXPECT_TRUE(header(first, "Location").ends_with("#comment-1")) << header(first, "Location");
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote up: 1 so far"));
  vote(site, "up", 1, "198.51.100.1");
  vote(site, "up", 1, "203.0.113.9", cookie_of(first));
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote up: 1 so far"));
  vote(site, "down", 1, "203.0.113.9", cookie_of(first));
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote up: 0 so far"));
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote down: 1 so far"));
  vote(site, "none", 1, "203.0.113.9", cookie_of(first));
  EXPECT_TRUE(contains(site.get(article.address).body, "Vote down: 0 so far"));
}

TEST(Votes, Nobody_votes_by_reading_from_elsewhere_on_their_own_or_on_what_is_not_shown) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  const http::Response posted = site.comment(article, "Mine.");
  const std::string before = site.database_digest();
  site.get("/comment/vote?up=1");
  EXPECT_EQ(site.get("/comment/vote?up=1").status, 405);
  EXPECT_EQ(site.handle(make_post("/comment/vote", {{"up", "1"}}, {})).status, 403);
  EXPECT_EQ(site.handle(make_post("/comment/vote", {{"up", "1"}}, {{"Origin", "https://evil.example"}})).status, 403);
  EXPECT_EQ(vote(site, "up", 1, "198.51.100.1", cookie_of(posted)).status, 403);
  EXPECT_EQ(vote(site, "up", 2, "198.51.100.1").status, 404);
  EXPECT_EQ(vote(site, "sideways", 1, "198.51.100.1").status, 404);
  EXPECT_EQ(site.database_digest(), before);
  ASSERT_TRUE(desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{1}}, news::CommentStatus::held));
  EXPECT_EQ(vote(site, "up", 1, "198.51.100.1").status, 404);
}

TEST(Counts, A_page_can_ask_how_many_comments_there_are_and_which_is_the_newest) {
  TestSite site;
  const auto article = article_with_comments(site, 1);
  const std::string address = base::format("/comment/count/{}", article.id.value);
  EXPECT_EQ(site.get(address).body, "{\"comments\":1,\"newest\":1}");
  ASSERT_EQ(site.comment(article, "One more.").status, 303);
  EXPECT_EQ(site.get(address).body, "{\"comments\":2,\"newest\":2}");
  ASSERT_TRUE(desk::moderate_comments(site.desk(), desk::operator_at_the_command_line, {{2}}, news::CommentStatus::rejected));
  EXPECT_EQ(site.get(address).body, "{\"comments\":1,\"newest\":1}");
  EXPECT_EQ(site.get("/comment/count/4711").status, 404);
  EXPECT_EQ(site.get("/comment/count/x").status, 404);
}

}  // namespace
}  // namespace site
