#include "prose.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace bench {
namespace {

constexpr std::size_t vocabulary = 24'000;
constexpr const char* openings[] = {"b", "br", "d", "f", "g",  "gr", "h",  "k", "l", "m",
                                    "n", "p",  "r", "s", "st", "t",  "tr", "v", "w", ""};
constexpr const char* vowels[] = {"a", "e", "i", "o", "u", "ea", "ou", "ai"};
constexpr const char* endings[] = {"", "", "", "n", "r", "s", "t", "l", "nd", "rk", "m", "ng"};

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string syllable(Dice& dice) {
  std::string made = openings[dice.below(std::size(openings))];
  made += vowels[dice.below(std::size(vowels))];
  return made + endings[dice.below(std::size(endings))];
}

}  // namespace

std::uint64_t Dice::next() {
  std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15);
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

std::size_t Dice::skewed(std::size_t end) {
  const double place = std::pow(static_cast<double>(end) + 1, real()) - 1;
  return std::min(static_cast<std::size_t>(place), end - 1);
}

std::size_t Dice::length(std::size_t median) {
  // The sum of four throws is near enough to a normal distribution (standard deviation 0.577).
  const double normal = (real() + real() + real() + real() - 2) / 0.577;
  return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(median) * std::exp(0.68 * normal)));
}

Prose::Prose(std::uint64_t seed) : dice(seed) {
  // The words are the same for all seeds: parts of one site share them.
  Dice of_words(20);
  std::set<std::string> seen;
  while (words_.size() < vocabulary) {
    std::string made = syllable(of_words);
    // Frequent words are short.
    const std::size_t more = words_.size() < 100 ? 0 : words_.size() < 2000 ? 1 : 1 + of_words.below(2);
    for (std::size_t i = 0; i < more; ++i) made += syllable(of_words);
    if (seen.insert(made).second) words_.push_back(std::move(made));
  }
}

std::string Prose::headline() {
  std::string made = capital(word());
  for (std::size_t left = 4 + dice.below(6); left > 0; --left) made += " " + word();
  return made;
}

std::string Prose::sentence() {
  std::string made = capital(word());
  for (std::size_t left = 5 + dice.below(16); left > 0; --left) {
    if (left > 4 && dice.chance(0.08)) made += ",";
    made += " " + word();
  }
  return made + (dice.chance(0.08) ? "?" : ".");
}

std::string Prose::paragraph(std::size_t words) {
  std::string made = sentence();
  for (std::size_t count = 13; count < words; count += 13) made += " " + sentence();
  return made;
}

std::string Prose::comment() {
  std::string made;
  if (dice.chance(0.1)) made += "> " + sentence() + "\n\n";
  std::size_t left = dice.length(38);
  do {
    const std::size_t here = std::min<std::size_t>(left, 60);
    if (!made.empty() && !made.ends_with('\n')) made += "\n\n";
    made += paragraph(here);
    left -= here;
  } while (left > 0);
  if (dice.chance(0.08)) made += " **" + word() + " " + word() + "**.";
  if (dice.chance(0.06)) made += " https://example.org/" + word() + "/" + word();
  return made;
}

std::string Prose::article(std::size_t words) {
  std::string made;
  std::size_t paragraphs = 0;
  for (std::size_t left = words; left > 0;) {
    const std::size_t here = std::min<std::size_t>(left, 40 + dice.below(50));
    if (!made.empty()) made += "\n\n";
    if (paragraphs++ % 5 == 4) made += "## " + headline() + "\n\n";
    made += paragraph(here);
    if (dice.chance(0.15)) made += " [" + word() + " " + word() + "](https://example.org/" + word() + "/) " + sentence();
    if (dice.chance(0.05)) made += "\n\n- " + sentence() + "\n- " + sentence() + "\n- " + sentence();
    left -= here;
  }
  return made;
}

std::string Prose::name() { return capital(syllable(dice) + syllable(dice)) + " " + capital(syllable(dice) + syllable(dice)); }

std::string slug_of(const std::string& words) {
  std::string slug;
  for (const char c : words) {
    if (c >= 'A' && c <= 'Z')
      slug += static_cast<char>(c - 'A' + 'a');
    else
      slug += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
  }
  return slug;
}

}  // namespace bench
