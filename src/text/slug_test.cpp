#include "text/slug.h"

#include <gtest/gtest.h>

namespace text {

TEST(Slug, Words_are_joined_by_single_hyphens_in_lower_case) {
  EXPECT_EQ(slugify("  The Council: 3 votes -- and a “roof”! "), "the-council-3-votes-and-a-roof");
  EXPECT_EQ(slugify("Don't stop, it’s fine"), "dont-stop-its-fine");
}

TEST(Slug, Accents_and_other_scripts_become_ASCII) {
  EXPECT_EQ(slugify("Übermäßig große Straße"), "ubermassig-grosse-strasse");
  EXPECT_EQ(slugify("Ελλάδα"), "ellada");
  EXPECT_EQ(slugify("Привет мир"), "privet-mir");
  EXPECT_EQ(slugify("北京"), "bei-jing");
  EXPECT_FALSE(slugify("أخبار المدينة").empty());
}

TEST(Slug, A_long_title_is_cut_between_words) {
  EXPECT_EQ(slugify("alpha beta gamma", 11), "alpha-beta");
  EXPECT_EQ(slugify("alpha beta gamma", 10), "alpha-beta");
  EXPECT_EQ(slugify("alphabetagamma", 5), "alpha");
  EXPECT_LE(slugify(std::string(5000, 'x')).size(), 80U);
}

TEST(Slug, Nothing_usable_gives_nothing) {
  EXPECT_EQ(slugify("!!! ???"), "");
  EXPECT_EQ(slugify("🙂"), "");
  EXPECT_EQ(slugify(""), "");
}

TEST(Slug, A_slug_is_its_own_slug) {
  for (const char* title : {"Übermäßig große Straße", "a - b", "北京 2026", "x'y`z"})
    EXPECT_EQ(slugify(slugify(title)), slugify(title));
}

}  // namespace text
