#include "text/utf8.h"

#include <gtest/gtest.h>

#include <string>

using std::string_literals::operator""s;

namespace text {

TEST(Utf8, Valid_text_in_any_script_is_valid) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("plain ASCII, longer than eight bytes"));
  EXPECT_TRUE(is_valid_utf8("äöü – 漢字 – مرحبا – 🙂 – \xF4\x8F\xBF\xBF"));
}

TEST(Utf8, Overlong_forms_surrogates_and_cut_sequences_are_invalid) {
  for (const std::string& bad : {"\xC0\xAF"s, "\xE0\x80\xAF"s, "\xF0\x80\x80\xAF"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s,
                                 "\xE2\x82"s, "\x80"s, "\xFF"s, "abcdefgh\xC3"s, "\xF5\x80\x80\x80"s}) {
    EXPECT_FALSE(is_valid_utf8(bad)) << testing::PrintToString(bad);
    EXPECT_TRUE(is_valid_utf8(to_valid_utf8(bad)));
  }
}

TEST(Utf8, Each_broken_part_becomes_one_replacement_character) {
  EXPECT_EQ(to_valid_utf8("a\xE2\x82z"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(to_valid_utf8("\x80\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(to_valid_utf8("fine ü"), "fine ü");
}

TEST(Utf8, Code_points_are_counted_not_bytes) { EXPECT_EQ(count_code_points("aü漢🙂"), 4U); }

TEST(CleanLine, White_space_is_folded_and_trimmed) { EXPECT_EQ(clean_line(" \t Ann \r\n\xC2\xA0 Lee\xE3\x80\x80 "), "Ann Lee"); }

TEST(CleanLine, Control_characters_and_direction_overrides_vanish) {
  EXPECT_EQ(clean_line("a\0b\x1B[31m\x7F"s), "ab[31m");
  EXPECT_EQ(clean_line("gpj\xE2\x80\xAE.exe\xE2\x81\xA9"), "gpj.exe");
}

TEST(CleanLine, Letters_and_accents_are_composed_even_when_something_stood_between_them) {
  EXPECT_EQ(clean_line("e\xCC\x81"), "é");
  EXPECT_EQ(clean_line("e\x01\xCC\x81"), "é");
}

TEST(CleanLine, Joiners_that_scripts_and_emoji_need_stay) { EXPECT_EQ(clean_line("می\xE2\x80\x8Cخواهم"), "می\xE2\x80\x8Cخواهم"); }

TEST(CleanLine, Cleaning_twice_equals_cleaning_once) {
  for (const std::string& text : {" a  b "s, "e\x01\xCC\x81 x"s, "\xFFx\xE2\x80\xA8y"s}) {
    EXPECT_EQ(clean_line(clean_line(text)), clean_line(text));
    EXPECT_EQ(clean_lines(clean_lines(text)), clean_lines(text));
  }
}

TEST(CleanLines, All_line_ends_become_one_kind) { EXPECT_EQ(clean_lines("a\r\nb\rc\nd"), "a\nb\nc\nd"); }

TEST(CleanLines, At_most_two_empty_lines_stay_in_a_row) {
  EXPECT_EQ(clean_lines("\n\n a\n \n\n\n\n\nb \n\n"), "a\n\n\nb");
  EXPECT_EQ(clean_lines("a\n\nb"), "a\n\nb");
}

TEST(CleanLines, Spaces_and_tabs_inside_lines_stay) { EXPECT_EQ(clean_lines("if x:\n\treturn  1"), "if x:\n\treturn  1"); }

TEST(CleanLines, Text_of_nothing_but_blanks_is_empty) { EXPECT_EQ(clean_lines(" \n\t\n "), ""); }

TEST(FoldCase, Texts_that_differ_in_case_and_width_compare_equal) {
  EXPECT_EQ(fold_case("Ann@Example.ORG"), "ann@example.org");
  EXPECT_EQ(fold_case("STRASSE"), fold_case("straße"));
  EXPECT_EQ(fold_case("ＡＢＣ"), "abc");
}

TEST(FoldLetters, Latin_letters_lose_their_accents_and_others_keep_what_makes_them) {
  EXPECT_EQ(fold_letters("Crème BRÛLÉE"), "creme brulee");
  EXPECT_EQ(fold_letters("e\xCC\x81"), "e") << "an accent of its own";
  EXPECT_EQ(fold_letters("Straße"), "straße");
  EXPECT_EQ(fold_letters("ΆΘΗΝΑ"), "άθηνα");
  EXPECT_EQ(fold_letters("がん 한국"), "がん 한국");
  EXPECT_EQ(fold_letters("\xFF"), "\xEF\xBF\xBD");
}

}  // namespace text
