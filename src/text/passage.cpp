#include "text/passage.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <stdexcept>

#include "text/code_point.h"
#include "text/normalise.h"
#include "text/url.h"
#include "text/utf8.h"

namespace text {
namespace {

// Shorter ones stand in the address whole.
constexpr std::size_t most_whole = 100;  // code points
// Of a longer one, so many words or code points at each end: enough to be found in one place, and too few to overlap.
constexpr int words_at_end = 6;
constexpr std::size_t most_at_end = 48;

bool is_unseen(char32_t point) {
  return point == 0xAD || (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF;
}

bool is_double_quote(char32_t point) {
  return point == '"' || (point >= 0x201C && point <= 0x201F) || point == 0x2033 || point == 0xAB || point == 0xBB;
}

bool is_single_quote(char32_t point) {
  return point == '\'' || point == '`' || point == 0xB4 || (point >= 0x2018 && point <= 0x201B) || point == 0x2032 ||
         point == 0x2039 || point == 0x203A;
}

bool is_dash(char32_t point) { return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212; }

// What a code point counts as when passages are compared.
std::string folded(char32_t point) {
  if (point == no_code_point || is_unseen(point)) return {};
  if (is_double_quote(point)) return "\"";
  if (is_single_quote(point)) return "'";
  if (is_dash(point)) return "-";
  if (point == 0x2026) return "...";
  std::string same;
  append_code_point(same, point);
  return same;
}

struct Folded {
  std::string text;
  std::vector<std::size_t> origins;
};

Folded fold(std::string_view plain) {
  Folded result;
  result.text.reserve(plain.size());
  result.origins.reserve(plain.size());
  std::size_t space_at = plain.size();  // where the white space before the next word begins
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t start = at;
    const char32_t point = next_code_point(plain, at);
    if (is_white_space(point)) {
      if (space_at == plain.size()) space_at = start;
      continue;
    }
    const std::string piece = folded(point);
    if (piece.empty()) continue;
    if (space_at != plain.size() && !result.text.empty()) {
      result.text += ' ';
      result.origins.push_back(space_at);
    }
    space_at = plain.size();
    result.text += piece;
    result.origins.insert(result.origins.end(), piece.size(), start);
  }
  return result;
}

// A hyphen means "before or after the passage" in a directive.
std::string escaped(std::string_view words) {
  std::string result;
  for (const char c : percent_encode(words)) result += c == '-' ? std::string("%2D") : std::string(1, c);
  return result;
}

// Whole words from the start of a line; what has no spaces is cut anywhere.
std::string_view first_words(std::string_view line) {
  std::size_t points = 0;
  std::size_t end = 0;
  int words = 0;
  for (std::size_t at = 0; at < line.size() && points < most_at_end; ++points) {
    const std::size_t before = at;
    if (next_code_point(line, at) == ' ') {
      end = before;
      if (++words == words_at_end) return line.substr(0, end);
    } else if (words == 0) {
      end = at;
    }
    if (at == line.size()) return line;
  }
  return line.substr(0, end);
}

std::string_view last_words(std::string_view line) {
  std::size_t points = 0;
  std::size_t begin = line.size();
  int words = 0;
  for (std::size_t at = line.size(); at > 0 && points < most_at_end; ++points) {
    const std::size_t behind = at;
    do {
      --at;
    } while (at > 0 && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80);
    if (line[at] == ' ') {
      begin = behind;
      if (++words == words_at_end) return line.substr(begin);
    } else if (words == 0) {
      begin = at;
    }
    if (at == 0) return line;
  }
  return line.substr(begin);
}

// Where words begin and end in a text (UAX #29), with dictionaries for what is written without spaces. The text must outlive it.
class Words {
 public:
  explicit Words(std::string_view utf8) : text_(utf8) {
    UErrorCode error = U_ZERO_ERROR;
    bytes_.reset(utext_openUTF8(nullptr, utf8.data(), static_cast<std::int64_t>(utf8.size()), &error));
    breaks_.reset(ubrk_open(UBRK_WORD, "", nullptr, 0, &error));
    if (U_SUCCESS(error)) ubrk_setUText(breaks_.get(), bytes_.get(), &error);
    if (U_FAILURE(error)) throw std::runtime_error(u_errorName(error));
  }

  // The edge of the word that a place stands in; the place itself where it stands in none, or where what is there is too long for
  // a word.
  std::size_t begin_around(std::size_t place) const {
    if (is_edge(place)) return place;
    const auto begin = static_cast<std::size_t>(ubrk_preceding(breaks_.get(), static_cast<std::int32_t>(place)));
    return place - begin > longest_word ? place : begin;
  }
  std::size_t end_around(std::size_t place) const {
    if (is_edge(place)) return place;
    const auto end = static_cast<std::size_t>(ubrk_following(breaks_.get(), static_cast<std::int32_t>(place)));
    return end - place > longest_word ? place : end;
  }

 private:
  static constexpr std::size_t longest_word = 100;  // bytes

  bool is_edge(std::size_t place) const {
    return place == 0 || place >= text_.size() || ubrk_isBoundary(breaks_.get(), static_cast<std::int32_t>(place)) != 0;
  }

  struct Close {
    void operator()(UText* text) const { utext_close(text); }
    void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
  };
  std::string_view text_;
  std::unique_ptr<UText, Close> bytes_;
  std::unique_ptr<UBreakIterator, Close> breaks_;  // its position is all that changes
};

}  // namespace

Passages::Passages(std::string_view plain) : plain_(to_nfc(plain)) {
  Folded whole = fold(plain_);
  folded_ = std::move(whole.text);
  origins_ = std::move(whole.origins);
}

std::optional<Passages::Place> Passages::locate(std::string_view passage) const {
  const std::string wanted = fold(to_nfc(to_valid_utf8(passage))).text;
  const std::size_t found = wanted.empty() ? std::string::npos : folded_.find(wanted);
  if (found == std::string::npos) return std::nullopt;
  std::size_t end = origins_[found + wanted.size() - 1];
  next_code_point(plain_, end);
  return Place{origins_[found], end};
}

std::optional<std::string> Passages::find(std::string_view passage) const {
  const std::optional<Place> place = locate(passage);
  if (!place) return std::nullopt;
  const Words words(plain_);
  const std::size_t begin = words.begin_around(place->begin);
  return plain_.substr(begin, words.end_around(place->end) - begin);
}

std::string text_directive(std::string_view passage) {
  const std::size_t first_end = std::min(passage.find('\n'), passage.size());
  if (first_end == passage.size() && count_code_points(passage) <= most_whole) return "text=" + escaped(passage);
  const std::size_t last_begin = passage.rfind('\n') + 1;  // 0 where there is none
  return "text=" + escaped(first_words(passage.substr(0, first_end))) + "," + escaped(last_words(passage.substr(last_begin)));
}

}  // namespace text
