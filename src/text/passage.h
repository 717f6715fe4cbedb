// Passages that somebody quotes of a longer text: finding them however quotation marks, dashes and spaces were typed, and the
// address that leads to one in a page. Pure functions over plain text; what may be quoted and how long is news's to say.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace text {

// A text in which passages are looked for, several times maybe. Immutable after construction, so thread-safe.
class Passages {
 public:
  // `plain` as plain_text gives it.
  explicit Passages(std::string_view plain);

  // Whether the passage stands in the text. White space of any kind counts as one space; curly and straight quotation marks, all
  // dashes, and "…" and "..." are alike; soft hyphens and marks that are not seen count for nothing. An empty passage stands
  // nowhere. Linear in both texts for what people write.
  bool hold(std::string_view passage) const { return locate(passage).has_value(); }

  // The passage as the text itself writes it ('\n' between its blocks), or nothing if it does not stand there. The words that it
  // begins and ends in come whole: a browser that is led to it looks for whole words only
  // (https://wicg.github.io/scroll-to-text-fragment/#word-boundaries).
  std::optional<std::string> find(std::string_view passage) const;

 private:
  struct Place {
    std::size_t begin;  // bytes of plain_
    std::size_t end;
  };
  std::optional<Place> locate(std::string_view passage) const;

  std::string plain_;
  std::string folded_;
  std::vector<std::size_t> origins_;  // for each byte of folded_: where in plain_ it comes from
};

// The directive that leads a browser to the passage, behind "#:~:" of an address: "text=The%20words", or its first and last words
// where it is long or spans blocks (https://wicg.github.io/scroll-to-text-fragment/#syntax). Nothing in it but unreserved
// characters, escapes, and the one comma and '=' that mean something. Precondition: valid UTF-8, not empty.
std::string text_directive(std::string_view passage);

}  // namespace text
