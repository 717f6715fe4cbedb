#include "view/catalogue.h"

#include <gtest/gtest.h>

#include <set>

#include "text/language.h"

namespace {

using view::Catalogue;

const std::set<std::string> categories{"zero", "one", "two", "few", "many", "other"};

// "comments.count" for "comments.count.few"; the key itself if it is no plural form.
std::string stem_of(const std::string& key) {
  const auto dot = key.rfind('.');
  return dot != std::string::npos && categories.contains(key.substr(dot + 1)) ? key.substr(0, dot) : key;
}

std::set<std::string> stems_of(const Catalogue& catalogue) {
  std::set<std::string> stems;
  for (const auto& [key, text] : catalogue.texts()) stems.insert(stem_of(key));
  return stems;
}

std::set<std::string> categories_of(const std::string& language) {
  std::set<std::string> used;
  for (int count = 0; count <= 200; ++count) used.insert(std::string(text::plural_category(language, count)));
  return used;
}

std::multiset<std::string> arguments_of(const std::string& text) {
  std::multiset<std::string> names;
  for (std::size_t at = 0; (at = text.find('{', at)) != std::string::npos; ++at)
    names.insert(text.substr(at, text.find('}', at) - at));
  return names;
}

TEST(Catalogue, Every_language_has_every_key_of_English_and_no_other) {
  const auto english = stems_of(Catalogue::of("en"));
  ASSERT_GE(Catalogue::languages().size(), 3U);
  for (const auto& language : Catalogue::languages()) EXPECT_EQ(stems_of(Catalogue::of(language)), english) << language;
}

TEST(Catalogue, Every_counted_text_has_all_plural_forms_of_its_language_and_no_other) {
  const auto counted = [] {
    std::set<std::string> stems;
    const Catalogue english = Catalogue::of("en");
    for (const auto& [key, text] : english.texts()) {
      if (stem_of(key) != key) stems.insert(stem_of(key));
    }
    return stems;
  }();
  ASSERT_FALSE(counted.empty());
  for (const auto& language : Catalogue::languages()) {
    const Catalogue catalogue = Catalogue::of(language);
    for (const auto& stem : counted) {
      std::set<std::string> forms;
      for (const auto& [key, text] : catalogue.texts()) {
        if (key != stem_of(key) && stem_of(key) == stem) forms.insert(key.substr(stem.size() + 1));
      }
      EXPECT_EQ(forms, categories_of(language)) << stem << " in " << language;
    }
  }
}

TEST(Catalogue, Every_text_fills_in_what_the_English_one_fills_in) {
  const Catalogue english = Catalogue::of("en");
  for (const auto& language : Catalogue::languages()) {
    const Catalogue catalogue = Catalogue::of(language);
    for (const auto& [key, text] : catalogue.texts()) {
      if (stem_of(key) != key) continue;
      EXPECT_EQ(arguments_of(text), arguments_of(english.text(key))) << key << " in " << language;
    }
  }
}

TEST(Catalogue, The_words_that_readers_and_other_programs_look_for_are_exact) {
  const Catalogue english = Catalogue::of("en");
  EXPECT_EQ(english.text("form.title"), "Leave a Reply");
  EXPECT_EQ(english.text("comments.none"), "Be the first to comment");
  EXPECT_EQ(english.text("form.promise"), "Your email address will not be published. Required fields are marked *");
  EXPECT_EQ(english.text("comment.closed"), "Comments are closed.");
  EXPECT_EQ(english.count("comments.count", 1), "1 comment");
  EXPECT_EQ(english.count("comments.count", 1204), "1,204 comments");
}

TEST(Catalogue, Arabic_counts_in_six_forms) {
  const Catalogue arabic = Catalogue::of("ar");
  std::set<std::string> forms;
  for (const int count : {0, 1, 2}) forms.insert(arabic.count("comments.count", count));
  EXPECT_EQ(forms, (std::set<std::string>{"لا تعليقات", "تعليق واحد", "تعليقان"}));
  EXPECT_NE(arabic.count("comments.count", 3).find("تعليقات"), std::string::npos);
  EXPECT_NE(arabic.count("comments.count", 11).find("تعليقًا"), std::string::npos);
}

TEST(Catalogue, A_regional_tag_takes_its_language_and_an_unknown_one_takes_English) {
  EXPECT_EQ(Catalogue::of("de-AT").language(), "de");
  EXPECT_EQ(Catalogue::of("DE").language(), "de");
  EXPECT_EQ(Catalogue::of("xx").language(), "en");
  EXPECT_EQ(Catalogue::of("").language(), "en");
}

TEST(Catalogue, An_unknown_key_gives_itself_and_an_argument_is_not_filled_in_again) {
  const Catalogue english = Catalogue::of("en");
  EXPECT_EQ(english.text("no.such.key"), "no.such.key");
  EXPECT_FALSE(english.has("no.such.key"));
  EXPECT_EQ(english.text("comment.reply_to", {{"name", "{name}"}}), "Reply to {name}");
  EXPECT_EQ(english.count("search.found", 2, {{"words", "{count}"}}), "2 articles found for “{count}”");
}

TEST(Catalogue, A_line_that_is_no_text_is_refused_with_its_number) {
  const auto broken = view::parse_catalogue("xx.txt", "# note\n\na = 1\nnonsense\n");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().key, "xx.txt, line 4: write it as key = text");
  const auto twice = view::parse_catalogue("xx.txt", "a = 1\na = 2\n");
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().key.find("line 2"), std::string::npos);
}

}  // namespace
