#include "news/permalink.h"

#include <gtest/gtest.h>

#include <map>

namespace news {
namespace {

AddressParts bridge() {
  return {.id = {17},
          .published = {2026, 3, 5, 7, 8, 9},
          .slug = "the-bridge",
          .section_path = "news/town-hall",
          .author_slug = "nell-farraday"};
}

TEST(Permalink, Every_tag_of_wordpress_is_filled_in) {
  EXPECT_EQ(expand_permalink("/%year%/%monthnum%/%day%/%hour%/%minute%/%second%/%post_id%/%postname%/", bridge()),
            "/2026/03/05/07/08/09/17/the-bridge/");
  EXPECT_EQ(expand_permalink("/%category%/%author%/%postname%", bridge()), "/news/town-hall/nell-farraday/the-bridge");
}

TEST(Permalink, Text_between_tags_stays) {
  EXPECT_EQ(expand_permalink("/archives/%post_id%.html", bridge()), "/archives/17.html");
}

TEST(Permalink, A_missing_section_leaves_no_hole) {
  AddressParts parts = bridge();
  parts.section_path = "";
  EXPECT_EQ(expand_permalink("/%category%/%postname%/", parts), "/the-bridge/");
}

TEST(Permalink, An_unknown_tag_is_left_out) { EXPECT_EQ(expand_permalink("/%series%/%postname%/", bridge()), "/the-bridge/"); }

TEST(Permalink, A_structure_that_names_no_article_gets_the_slug) {
  EXPECT_EQ(expand_permalink("/%year%/", bridge()), "/2026/the-bridge/");
  EXPECT_EQ(expand_permalink("/%year%", bridge()), "/2026/the-bridge");
}

TEST(Permalink, The_plain_structure_goes_by_id) { EXPECT_EQ(expand_permalink("", bridge()), "/?p=17"); }

TEST(Permalink, A_stray_percent_sign_harms_nothing) {
  EXPECT_EQ(expand_permalink("/100%/%postname%/", bridge()), "/100%/the-bridge/");
}

TEST(Permalink, Slugs_of_other_scripts_are_encoded_once) {
  AddressParts plain = bridge();
  plain.slug = "مرحبا";
  AddressParts encoded = bridge();
  encoded.slug = "%d9%85%d8%b1%d8%ad%d8%a8%d8%a7";
  EXPECT_EQ(expand_permalink("/%postname%/", plain), "/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7/");
  EXPECT_EQ(expand_permalink("/%postname%/", encoded), expand_permalink("/%postname%/", plain));
}

TEST(Permalink, The_slug_tells_articles_apart_wherever_it_is_shown) {
  EXPECT_FALSE(shows_slug("/archives/%post_id%"));
  EXPECT_FALSE(shows_slug(""));
  EXPECT_TRUE(shows_slug("/%year%/%postname%/"));
  EXPECT_TRUE(shows_slug("/%year%/"));
}

TEST(Permalink, Lists_and_pages_follow_the_trailing_slash_of_articles) {
  PermalinkRules rules;
  EXPECT_EQ(section_address(rules, "news/town-hall"), "/category/news/town-hall/");
  EXPECT_EQ(tag_address(rules, "ferry"), "/tag/ferry/");
  EXPECT_EQ(author_address(rules, "nell"), "/author/nell/");
  EXPECT_EQ(page_address(rules, "", "about"), "/about/");
  EXPECT_EQ(page_address(rules, "about", "team"), "/about/team/");
  rules.article = "/%postname%";
  EXPECT_EQ(tag_address(rules, "ferry"), "/tag/ferry");
  EXPECT_EQ(page_address(rules, "about", "team"), "/about/team");
}

TEST(Permalink, Dates_stop_at_what_is_given) {
  PermalinkRules rules;
  EXPECT_EQ(date_address(rules, 2026, 0, 0), "/2026/");
  EXPECT_EQ(date_address(rules, 2026, 3, 0), "/2026/03/");
  EXPECT_EQ(date_address(rules, 2026, 3, 5), "/2026/03/05/");
  rules.date_base = "/archives/date";
  EXPECT_EQ(date_address(rules, 2026, 3, 0), "/archives/date/2026/03/");
}

TEST(Permalink, A_comment_stands_on_its_page_of_the_thread) {
  EXPECT_EQ(comment_address("/2026/story/", {}, {17}), "/2026/story/#comment-17");
  EXPECT_EQ(comment_address("/2026/story/", {.page = 2}, {17}), "/2026/story/comment-page-2/#comment-17");
  EXPECT_EQ(comment_address("/story.html", {.page = 3}, {17}), "/story.html/comment-page-3#comment-17");
  EXPECT_EQ(comment_address("/?p=12", {.page = 2}, {17}), "/?p=12&cpage=2#comment-17");
  EXPECT_EQ(comment_address("/2026/story/", {.branch = {17}}, {17}), "/2026/story/?thread=17#comment-17");
}

TEST(Permalink, Orders_and_branches_of_a_thread_are_parameters_of_the_article) {
  EXPECT_EQ(thread_address("/story/", {.order = ThreadOrder::newest}), "/story/?comments=newest");
  EXPECT_EQ(thread_address("/story/", {.order = ThreadOrder::best, .after = {5}}), "/story/?comments=best&after=5");
  EXPECT_EQ(thread_address("/?p=12", {.branch = {17}, .after = {20}}), "/?p=12&thread=17&after=20");
  EXPECT_EQ(thread_order_from("best"), ThreadOrder::best);
  EXPECT_EQ(thread_order_from("worst"), ThreadOrder::oldest);
}

TEST(Permalink, Rules_come_back_from_the_settings_as_they_went_in) {
  const PermalinkRules rules{"/%post_id%", "/rubrik", "/schlagwort", "/von", "/archiv"};
  std::map<std::string, std::string, std::less<>> stored;
  for (auto& [name, value] : to_settings(rules)) stored[name] = value;
  const auto setting = [&](std::string_view name) -> std::optional<std::string> {
    const auto found = stored.find(name);
    return found == stored.end() ? std::nullopt : std::optional(found->second);
  };
  EXPECT_EQ(permalink_rules_from(setting), rules);
  EXPECT_EQ(permalink_rules_from([](std::string_view) { return std::nullopt; }), PermalinkRules());
}

}  // namespace
}  // namespace news
