#include "import/permalink_structure.h"

#include <gtest/gtest.h>

namespace import_ {
namespace {

PermalinkSample sample(std::int64_t id, std::string link) {
  return {std::move(link), {2010, 11, static_cast<int>(id % 28) + 1, 8, 5, 0}, "the-bridge", id, {"town", "hall"}, "ada"};
}

std::string structure_of(const std::vector<std::string>& links) {
  std::vector<PermalinkSample> samples;
  for (const std::string& link : links) samples.push_back(sample(static_cast<std::int64_t>(samples.size()) + 40, link));
  const std::optional<news::PermalinkRules> rules = recognise_permalinks(samples);
  return rules ? rules->article : "none";
}

TEST(PermalinkStructure, The_structures_WordPress_offers_are_recognised) {
  EXPECT_EQ(structure_of({"https://b.example/2010/11/13/the-bridge/", "https://b.example/2010/11/14/the-bridge/"}),
            "/%year%/%monthnum%/%day%/%postname%/");
  EXPECT_EQ(structure_of({"https://b.example/2010/11/the-bridge/"}), "/%year%/%monthnum%/%postname%/");
  EXPECT_EQ(structure_of({"https://b.example/archives/40", "https://b.example/archives/41"}), "/archives/%post_id%");
  EXPECT_EQ(structure_of({"https://b.example/the-bridge/"}), "/%postname%/");
  EXPECT_EQ(structure_of({"https://b.example/?p=40", "https://b.example/?p=41"}), "");
}

TEST(PermalinkStructure, Structures_that_people_write_themselves_are_recognised) {
  EXPECT_EQ(structure_of({"https://b.example/town/hall/the-bridge/", "https://b.example/town/the-bridge/"}),
            "/%category%/%postname%/");
  EXPECT_EQ(structure_of({"https://b.example/blog/2010/11/the-bridge.html"}), "/blog/%year%/%monthnum%/%postname%.html");
  EXPECT_EQ(structure_of({"https://b.example/40-the-bridge", "https://b.example/41-the-bridge"}), "/%post_id%-%postname%");
  EXPECT_EQ(structure_of({"https://b.example/ada/2010/the-bridge/"}), "/%author%/%year%/%postname%/");
}

TEST(PermalinkStructure, A_day_that_equals_the_month_does_not_mislead) {
  std::vector<PermalinkSample> samples{sample(38, "https://b.example/2010/11/11/the-bridge/"),
                                       sample(43, "https://b.example/2010/11/16/the-bridge/")};
  samples[0].date.day = 11;
  EXPECT_EQ(recognise_permalinks(samples)->article, "/%year%/%monthnum%/%day%/%postname%/");
}

TEST(PermalinkStructure, A_slug_in_another_script_is_recognised) {
  PermalinkSample greek = sample(40, "https://b.example/%CE%B5%CF%80%CE%AF/");
  greek.slug = "%ce%b5%cf%80%ce%af";
  EXPECT_EQ(recognise_permalinks({greek})->article, "/%postname%/");
}

TEST(PermalinkStructure, Archives_stand_where_WordPress_put_them) {
  const auto rules =
      recognise_permalinks({sample(40, "https://b.example/archives/40"), sample(41, "https://b.example/archives/41")});
  EXPECT_EQ(rules->section_base, "/archives/category");
  EXPECT_EQ(rules->author_base, "/archives/author");
  EXPECT_EQ(rules->date_base, "/archives/date");
  EXPECT_EQ(recognise_permalinks({sample(40, "https://b.example/2010/11/the-bridge/")})->date_base, "");
}

TEST(PermalinkStructure, Links_without_a_common_structure_give_none) {
  EXPECT_EQ(structure_of({"https://b.example/x/", "https://b.example/y/"}), "none");
  EXPECT_EQ(structure_of({}), "none");
}

TEST(PermalinkStructure, Dates_of_zeros_are_no_dates) {
  EXPECT_FALSE(parse_wordpress_date("0000-00-00 00:00:00"));
  EXPECT_FALSE(parse_wordpress_date("soon"));
  EXPECT_EQ(parse_wordpress_date("2007-09-04 17:47:48"), (text::CivilTime{2007, 9, 4, 17, 47, 48}));
}

TEST(PermalinkStructure, A_word_that_looks_like_a_tag_or_a_query_is_none) {
  EXPECT_EQ(structure_of({"https://b.example/%25post_id%25/the-bridge/"}), "none");
  EXPECT_EQ(structure_of({"https://b.example/why%3F/the-bridge/"}), "none");
}

TEST(PermalinkStructure, An_ending_alone_is_no_slug_that_is_missing) {
  PermalinkSample nameless = sample(40, "https://b.example/archives/.html");
  nameless.slug.clear();
  EXPECT_FALSE(recognise_permalinks({nameless}));
}

}  // namespace
}  // namespace import_
