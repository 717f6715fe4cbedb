#include "text/language.h"

#include <gtest/gtest.h>

namespace text {

TEST(PluralCategory, Each_language_has_its_own_forms) {
  EXPECT_EQ(plural_category("en", 1), "one");
  EXPECT_EQ(plural_category("en", 0), "other");
  EXPECT_EQ(plural_category("de", 2), "other");
  EXPECT_EQ(plural_category("pl", 3), "few");
  EXPECT_EQ(plural_category("pl", 5), "many");
  EXPECT_EQ(plural_category("ja", 1), "other");
}

TEST(PluralCategory, Arabic_uses_all_six) {
  EXPECT_EQ(plural_category("ar", 0), "zero");
  EXPECT_EQ(plural_category("ar", 1), "one");
  EXPECT_EQ(plural_category("ar", 2), "two");
  EXPECT_EQ(plural_category("ar", 3), "few");
  EXPECT_EQ(plural_category("ar", 11), "many");
  EXPECT_EQ(plural_category("ar", 100), "other");
}

TEST(Direction, Arabic_and_Hebrew_run_from_right_to_left) {
  EXPECT_EQ(direction_of("ar"), Direction::right_to_left);
  EXPECT_EQ(direction_of("he-IL"), Direction::right_to_left);
  EXPECT_EQ(direction_of("de"), Direction::left_to_right);
  EXPECT_EQ(direction_of("nonsense!"), Direction::left_to_right);
}

TEST(FormatNumber, Digits_are_grouped_as_the_language_does) {
  EXPECT_EQ(format_number(12345, "en"), "12,345");
  EXPECT_EQ(format_number(12345, "de"), "12.345");
  EXPECT_EQ(format_number(-1, "en"), "-1");
  EXPECT_EQ(format_number(7, ""), "7");
}

TEST(LanguageTag, Well_formed_tags_are_known_from_others) {
  for (const char* good : {"en", "de-AT", "zh-Hant-TW", "sr-Latn", "ar"}) EXPECT_TRUE(is_language_tag(good)) << good;
  for (const char* bad : {"", "e", "en_US", "en US", "en-", "-en", "\"en", "en\"><script>", "123"})
    EXPECT_FALSE(is_language_tag(bad)) << bad;
}

TEST(LanguageTag, A_language_that_nobody_speaks_is_not_known) {
  EXPECT_TRUE(is_known_language("de-AT"));
  EXPECT_FALSE(is_known_language("qq"));
  EXPECT_FALSE(is_known_language("x-private"));
}

TEST(LanguageCache, More_languages_than_are_kept_still_work) {
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'c'; ++b) EXPECT_FALSE(plural_category(std::string{a, b}, 1).empty());
  }
  EXPECT_EQ(plural_category("pl", 3), "few");
}

}  // namespace text
