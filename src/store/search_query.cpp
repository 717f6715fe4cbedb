#include "store/search_query.h"

#include <optional>

#include "text/utf8.h"

namespace store {
namespace {

// Invariant 8: however much is typed, so much is looked for.
constexpr std::size_t most_words = 12;
constexpr std::size_t longest_word = 64;       // bytes
constexpr std::size_t shortest_beginning = 3;  // bytes; shorter ones would match half the dictionary
constexpr std::size_t most_endings = 64;

// What stands between words: ASCII but letters and digits, and the two blocks of punctuation that people type most.
bool is_separator(std::string_view bytes, std::size_t at) {
  const auto byte = static_cast<unsigned char>(bytes[at]);
  if (byte < 0x80) return !((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'));
  return false;
}

// The length of a code point of U+00A0–00BF or U+2000–206F at `at`, or 0.
std::size_t punctuation_at(std::string_view bytes, std::size_t at) {
  const std::string_view rest = bytes.substr(at);
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(rest[index]); };
  if (rest.size() >= 2 && byte(0) == 0xC2) return 2;
  if (rest.size() >= 3 && byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81)) return 3;
  return 0;
}

// Words hold no quotation mark, so that quoting them is enough.
std::string quote(std::string_view word) { return '"' + std::string(word) + '"'; }

// The first word of the dictionary at or behind `from` that begins so.
std::optional<std::string> find_word(db::Connection& connection, std::string_view from, std::string_view beginning) {
  db::Query row = connection.query("SELECT term FROM article_words WHERE term >= $1 LIMIT 1").with(from);
  if (!row.next() || !row.text(0).starts_with(beginning)) return std::nullopt;
  return std::string(row.text(0));
}

std::vector<std::string> list_words(db::Connection& connection, std::string_view beginning) {
  std::vector<std::string> found;
  std::optional<std::string> word = find_word(connection, beginning, beginning);
  while (word && found.size() < most_endings) {
    found.push_back(*word);
    // Behind all places of this word and before every longer one: no word holds this byte.
    word = find_word(connection, *word + '\x01', beginning);
  }
  return found;
}

}  // namespace

std::vector<std::string> searched_words(std::string_view typed) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < typed.size() && words.size() <= most_words;) {
    const std::size_t skipped = is_separator(typed, at) ? 1 : punctuation_at(typed, at);
    if (skipped == 0) {
      if (words.back().size() < longest_word) words.back() += typed[at];
      ++at;
    } else {
      if (!words.back().empty()) words.emplace_back();
      at += skipped;
    }
  }
  if (words.back().empty() || words.size() > most_words) words.pop_back();
  return words;
}

std::string match_whole(const std::vector<std::string>& words) {
  std::string match;
  for (const std::string& word : words) match += (match.empty() ? "" : " AND ") + quote(word);
  return match;
}

std::string match_beginning(db::Connection& connection, const std::vector<std::string>& words) {
  std::string last = quote(words.back());
  if (words.back().size() >= shortest_beginning) {
    for (const std::string& word : list_words(connection, text::fold_letters(words.back()))) last += " OR " + quote(word);
  }
  std::string match = '(' + last + ')';
  if (words.size() > 1) match += " AND " + match_whole({words.begin(), words.end() - 1});
  return match;
}

std::string in_headline(std::string_view match) { return "headline : (" + std::string(match) + ')'; }

}  // namespace store
