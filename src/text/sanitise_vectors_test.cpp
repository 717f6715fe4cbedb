// Hostile input in bulk: every vector of ../shared/data/xss and a generator that mixes pieces of markup, each judged by
// reparse_test.h and sanitised twice.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/processor_time.h"
#include "text/json.h"
#include "text/plain.h"
#include "text/reparse_test.h"
#include "text/sanitise.h"

namespace text {
namespace {

using Seconds = std::chrono::duration<double>;

SanitisePolicy policy_for(Trust trust) {
  return {.trust = trust, .image_hosts = {"pictures.example"}, .own_origin = "https://own.example", .id_prefix = "a-"};
}

// Empty if the output is sound.
std::string faults_of(std::string_view payload, Trust trust) {
  const SanitisePolicy policy = policy_for(trust);
  const Seconds start = base::processor_time();
  const Html safe = sanitise(payload, policy);
  const std::string& once = safe.string();
  std::string faults;
  if (base::processor_time() - start > Seconds(5)) faults += "slow\n";
  const std::string twice = sanitise(once, policy).string();
  if (twice != once) faults += "changes when sanitised again:\n  " + once + "\n  " + twice + "\n";
  // The quick way for our own markup against the parser (own_markup.h).
  if (plain_text(safe) != plain_text_of_untrusted(once))
    faults += "has other words than a parser finds: " + plain_text(safe) + "\n";
  faults += reparse::Judge(once, trust == Trust::comment ? reparse::List::comment : reparse::List::article).complaints();
  if (!faults.empty()) faults += "  from: " + std::string(payload.substr(0, 1000)) + "\n  to: " + once.substr(0, 1000);
  return faults;
}

void expect_sound(std::string_view payload) {
  EXPECT_EQ(faults_of(payload, Trust::article), "");
  EXPECT_EQ(faults_of(payload, Trust::comment), "");
}

TEST(SanitiserVectors, Every_hostile_vector_comes_out_sound_and_stable) {
  std::ifstream file(BROADSHEET_SOURCE_DIR "/../shared/data/xss/vectors.jsonl");
  if (!file) GTEST_SKIP() << "The hostile vectors are not beside the source folder.";
  std::size_t count = 0;
  for (std::string line; std::getline(file, line) && !HasFailure(); ++count) {
    const json::value vector = json::parse(line);
    const json::value& payload = vector.at("payload");
    if (!payload.is_string()) continue;
    SCOPED_TRACE(count + 1);
    expect_sound(std::string_view(payload.as_string()));
  }
  EXPECT_GT(count, 1000U);
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string document() {
    std::string out;
    const std::size_t pieces = 1 + pick(40);
    for (std::size_t i = 0; i < pieces; ++i) out += piece();
    return out;
  }

 private:
  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
  std::string_view one_of(const std::vector<std::string_view>& all) { return all[pick(all.size())]; }

  std::string piece() {
    static const std::vector<std::string_view> texts = {
        "x",    " ",   "\n",  "a b",       "&lt;", "&",  "&#0;", "&#x80;", "&#13;", "\xFF", "&nbsp;", "<",       ">",       "\"",
        "<!--", "-->", "]]>", "<![CDATA[", "</",   "<a", "=",    "'",      "&#10;", "\t",   "é",      "&notin;", "&amp;lt;"};
    switch (pick(8)) {
      case 0:
      case 1: return std::string(one_of(texts));
      case 2:
      case 3: return "</" + std::string(one_of(names())) + ">";
      default: return start();
    }
  }

  std::string start() {
    std::string tag = "<" + std::string(one_of(names()));
    for (std::size_t i = pick(3); i > 0; --i) {
      static const std::vector<std::string_view> attributes = {
          "href",    "src",      "id",    "name",  "class", "style", "onclick", "align", "dir",  "lang", "colspan",
          "rowspan", "datetime", "start", "value", "alt",   "title", "cite",    "rel",   "open", "data", "type"};
      static const std::vector<std::string_view> values = {"x",
                                                           "javascript:alert(1)",
                                                           "https://own.example/a",
                                                           "https://own.example//b/c",
                                                           "#x",
                                                           "2",
                                                           "1000",
                                                           "https://pictures.example/p.png",
                                                           "//evil.example/p",
                                                           "/\\evil",
                                                           "right",
                                                           "rtl",
                                                           "en",
                                                           "a b",
                                                           "2026-11-23",
                                                           "text-align:center",
                                                           "alignleft x",
                                                           "java\nscript:x",
                                                           "\"",
                                                           "&quot;><script>",
                                                           ""};
      static const std::vector<std::string_view> quotes = {"\"", "'", ""};
      const std::string_view quote = one_of(quotes);
      tag += " " + std::string(one_of(attributes)) + "=" + std::string(quote) + std::string(one_of(values)) + std::string(quote);
    }
    return tag + (pick(12) == 0 ? "/>" : ">");
  }

  static const std::vector<std::string_view>& names() {
    static const std::vector<std::string_view> all = split(
        "a b i em span p p div ul ol li li dl dt dd table table tr td td th tbody thead tfoot caption col "
        "colgroup pre h1 h2 h3 blockquote figure figcaption details summary img br hr video audio source "
        "iframe object embed ruby rt rp svg math mi style script title textarea select option button form "
        "input template noscript center font section address aside ins del bdo time q frameset html body "
        "head plaintext xmp foreignObject annotation-xml mglyph desc unknown nobr marquee label code");
    return all;
  }

  static std::vector<std::string_view> split(std::string_view words) {
    std::vector<std::string_view> all;
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      all.push_back(words.substr(at, end - at));
      at = end + 1;
    }
    return all;
  }

  std::mt19937 random_;
};

TEST(SanitiserVectors, Any_mixture_of_markup_comes_out_sound_and_stable) {
  for (unsigned seed = 0; seed < 4000 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_sound(Generator(seed).document());
  }
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(SanitiserLimits, Nesting_of_any_depth_is_flattened_in_time) {
  for (const char* tag : {"<td>",
                          "<table><tr><td>",
                          "<div>",
                          "<b id=x>",
                          "<a href=x>",
                          "<ul><li>",
                          "<p><b>",
                          "<svg>",
                          "<math><mi>",
                          "<select>",
                          "<!--",
                          "<template>",
                          "</p>",
                          "<h1>",
                          "<table>",
                          "<ruby><rt>",
                          "<dl><dd>",
                          "<details><summary>",
                          "<font size=1>",
                          "<blockquote>",
                          "<object data=x>",
                          "<button>",
                          "<form>",
                          "<i></p>",
                          "<li>",
                          "<b><p></b>",
                          "<script>",
                          "</div><div>",
                          "<a href=x><p>"}) {
    const Seconds start = base::processor_time();
    expect_sound(repeated(tag, std::string_view(tag).find("td") == std::string_view::npos ? 10'000 : 100'000) + "end");
    EXPECT_LT(base::processor_time() - start, Seconds(20)) << tag;
  }
}

TEST(SanitiserLimits, Unclosed_formatting_is_not_copied_into_every_paragraph) {
  std::string bold;
  for (int i = 0; i < 150; ++i) bold += "<b class=is-" + std::to_string(i) + ">";
  expect_sound(bold + repeated("<p>x", 5'000));
  expect_sound("<table>" + bold + repeated("<tr>x", 5'000));
}

TEST(SanitiserLimits, Many_attributes_and_huge_values_take_linear_time) {
  std::string attributes;
  for (int i = 0; i < 100'000; ++i) attributes += " a" + std::to_string(i) + "=1";
  expect_sound("<p" + attributes + ">x</p>");
  expect_sound("<a href=\"" + std::string(1'000'000, 'x') + "\">x</a>");
  expect_sound("<p class=\"" + repeated("is-x ", 200'000) + "\">x");
}

TEST(SanitiserLimits, Output_never_exceeds_the_limit_and_stays_stable) {
  const std::string once = sanitise(repeated("&lt;<p>x", 500'000), {}).string();
  EXPECT_LE(once.size(), max_markup_bytes);
  EXPECT_GT(once.size(), max_markup_bytes / 8);
  EXPECT_EQ(sanitise(once, {}).string(), once);
}

}  // namespace
}  // namespace text
