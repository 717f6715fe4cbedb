#include "text/passage.h"

#include <gtest/gtest.h>

#include <random>

#include "text/url.h"
#include "text/utf8.h"

namespace {

using text::Passages;
using text::text_directive;

const std::string article =
    "“We had a meeting about it in the church,” said Merete Oduya — who keeps the shop.\n"
    "The heating was off\u00A0… so it was a short meet\u00ADing, 1990–1995.";

TEST(Passage, Is_found_however_marks_dashes_and_spaces_were_typed) {
  const Passages passages(article);
  EXPECT_EQ(passages.find("\"We had a meeting"), "“We had a meeting");
  EXPECT_EQ(passages.find("  said Merete   Oduya - who\tkeeps\n"), "said Merete Oduya — who keeps");
  EXPECT_EQ(passages.find("off ... so it was a short meeting"), "off\u00A0… so it was a short meet\u00ADing");
  EXPECT_EQ(passages.find("1990-1995"), "1990–1995");
  EXPECT_EQ(passages.find("the shop. The heating"), "the shop.\nThe heating");
  EXPECT_EQ(passages.find("short meet\u200Bing\uFEFF"), "short meet\u00ADing");
}

TEST(Passage, Comes_with_the_whole_of_the_words_it_begins_and_ends_in) {
  const Passages passages(article);
  EXPECT_EQ(passages.find("ad a meet"), "had a meeting");
  EXPECT_EQ(passages.find("ho keeps the sh"), "who keeps the shop");
  EXPECT_EQ(passages.find("a short meet"), "a short meet\u00ADing");
  EXPECT_EQ(passages.find(" in the "), "in the");
  EXPECT_EQ(passages.find("church"), "church");
  EXPECT_EQ(Passages("They don’t mind.").find("They don"), "They don’t");
  EXPECT_EQ(Passages("قالت العبّارة اليوم").find("لت العبّا"), "قالت العبّارة");
  EXPECT_EQ(Passages("渡轮明天早上出发").find("明天"), "明天") << "a language without spaces";
  const std::string no_word(5000, 'a');
  EXPECT_EQ(Passages(no_word + " b").find("aaa b"), "aaa b");
}

TEST(Passage, Stands_in_the_text_or_is_not_found) {
  const Passages passages(article);
  for (const char* other : {"", "   ", "\u00AD", "we had a meeting", "the shop. heating", "said Merete Oduya who", "\xFF"})
    EXPECT_TRUE(passages.find(other) == std::nullopt && !passages.hold(other)) << other;
  EXPECT_EQ(Passages("").find("a"), std::nullopt);
}

TEST(Passage, Letters_and_their_accents_are_one_however_they_came) {
  EXPECT_EQ(Passages("Caf\u00E9 au lait").find("Cafe\u0301 au"), "Caf\u00E9 au");
  EXPECT_EQ(Passages("Cafe\u0301 au lait").find("Caf\u00E9 au"), "Caf\u00E9 au");
}

TEST(Passage, A_directive_escapes_everything_that_means_something_in_it) {
  EXPECT_EQ(text_directive("a-b, c & d=100% #e"), "text=a%2Db%2C%20c%20%26%20d%3D100%25%20%23e");
  EXPECT_EQ(text_directive("\"><script>"), "text=%22%3E%3Cscript%3E");
  EXPECT_EQ(text_directive("العبّارة"), "text=" + text::percent_encode("العبّارة"));
}

TEST(Passage, A_long_one_and_one_over_several_blocks_are_named_by_their_ends) {
  const std::string words =
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
      "seventeen eighteen nineteen twenty-one";
  EXPECT_EQ(text_directive(words),
            "text=one%20two%20three%20four%20five%20six,sixteen%20seventeen%20eighteen%20nineteen%20twenty%2Done");
  EXPECT_EQ(text_directive("The first.\nBetween.\nThe last."), "text=The%20first.,The%20last.");
  std::string chinese;
  for (int i = 0; i < 150; ++i) chinese += "船";
  EXPECT_LT(text_directive(chinese).size(), 1200u);
}

// Whatever is quoted, the address holds nothing but what it may hold, and decodes to words of the passage.
TEST(Passage, A_directive_is_always_one_whole_fragment) {
  std::mt19937 random(17);
  const std::string_view pieces[] = {"-", ",", "&", " ", "\n", "a", "%", "ü", "船", "'", "\"", "<", ":~:", "=", "م"};
  for (int round = 0; round < 3000; ++round) {
    std::string passage = "x";
    for (auto i = random() % 300; i > 0; --i) passage += pieces[random() % std::size(pieces)];
    const std::string directive = text_directive(passage);
    ASSERT_TRUE(directive.starts_with("text="));
    const std::string value = directive.substr(5);
    EXPECT_EQ(value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~%,"), std::string::npos);
    const std::size_t comma = value.find(',');
    EXPECT_EQ(value.find(',', comma + 1), std::string::npos);
    for (const std::string& end : {value.substr(0, comma), comma == std::string::npos ? value : value.substr(comma + 1)}) {
      const auto decoded = text::percent_decode(end);
      ASSERT_TRUE(decoded.has_value()) << directive;
      EXPECT_NE(passage.find(*decoded), std::string::npos);
    }
  }
}

}  // namespace
