// Invented prose for large sites and loads, the same for the same seed on every machine: words of syllables whose frequencies
// fall as in a language (Zipf), so that the search index, compression and pages get what real texts would give them. Never
// random_device.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

// Numbers from a seed (SplitMix64), because the distributions of <random> differ from library to library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::uint64_t below(std::uint64_t end) { return next() % end; }
  double real() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }  // [0, 1)
  bool chance(double probability) { return real() < probability; }
  // 0 … end-1, the small ones far more often: about as many below e as between e and e*e.
  std::size_t skewed(std::size_t end);
  // Around `median`, with a long tail: four times the median happens once in fifty.
  std::size_t length(std::size_t median);

 private:
  std::uint64_t state_;
};

class Prose {
 public:
  explicit Prose(std::uint64_t seed);

  const std::string& word() { return words_[dice.skewed(words_.size())]; }
  std::string headline();
  std::string sentence();
  // Of about so many words, in one line.
  std::string paragraph(std::size_t words);
  // A comment as readers write it: a paragraph or three, now and then emphasis, a quotation, an address. Markdown.
  std::string comment();
  // An article of about `words` words: paragraphs, a heading now and then, a list, links. Markdown.
  std::string article(std::size_t words);
  std::string name();  // of a reader; two words

  Dice dice;

 private:
  std::vector<std::string> words_;
};

// "Abc def" to "abc-def".
std::string slug_of(const std::string& words);

}  // namespace bench
