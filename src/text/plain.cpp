#include "text/plain.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "text/code_point.h"
#include "text/folder.h"
#include "text/fragment.h"
#include "text/own_markup.h"

namespace text {
namespace {

void collect(const std::vector<Node>& nodes, Folder& folder) {
  for (const Node& node : nodes) {
    if (node.tag == Tag::text) {
      folder.add(node.text);
      continue;
    }
    const bool breaks = node.tag == Tag::br || (is_block(node.tag) && !is_cell(node.tag));
    if (breaks) folder.line_end();
    if (is_cell(node.tag)) folder.space();
    if (role_of(node.tag) != Role::media) collect(node.children, folder);
    if (breaks) folder.line_end();
  }
}

// Names and titles mostly are, and mean themselves.
bool is_mere_words(std::string_view html) {
  return std::all_of(html.begin(), html.end(),
                     [](char c) { return (c >= ' ' && c <= '~' && c != '<' && c != '&') || c == '\n' || c == '\t'; });
}

bool may_break_behind(char32_t point) {
  // Scripts without spaces: Chinese, Japanese, Thai and their neighbours.
  return (point >= 0x0E00 && point <= 0x0EFF) || (point >= 0x1000 && point <= 0x109F) || (point >= 0x1780 && point <= 0x17FF) ||
         (point >= 0x2E80 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFF);
}

std::string_view without_trailing_punctuation(std::string_view text) {
  while (!text.empty() && std::string_view(" ,;:-\n").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

std::unique_ptr<icu::BreakIterator> make_word_breaker() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  return words;
}

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

}  // namespace

std::string plain_text(const Html& html) {
  Folder folder;
  if (collect_own_markup(html.string(), folder)) return folder.take();
  return plain_text_of_untrusted(html.string());
}

std::string plain_text_of_untrusted(std::string_view html) {
  Folder folder;
  if (is_mere_words(html)) {
    folder.add(html);
    return folder.take();
  }
  collect(parse_fragment(html), folder);
  return folder.take();
}

std::string excerpt(std::string_view plain, std::size_t most) {
  Folder folder;
  folder.add(plain);
  const std::string folded = folder.take();
  std::size_t points = 0;
  std::size_t last_break = 0;  // the end of the last whole word that leaves room for the dots
  char32_t previous = ' ';
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t before = at;
    const char32_t point = next_code_point(folded, at);
    if (points < most && (point == ' ' || may_break_behind(previous))) last_break = before;
    if (++points > most) {
      const std::string_view kept = without_trailing_punctuation(std::string_view(folded).substr(0, last_break));
      return kept.empty() ? std::string() : std::string(kept) + "…";
    }
    previous = point;
  }
  return folded;
}

std::size_t count_words(std::string_view plain) {
  // Breakers hold a position and are costly to make: one a thread.
  static thread_local const std::unique_ptr<icu::BreakIterator> words = make_word_breaker();
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> text(
      utext_openUTF8(nullptr, plain.data(), static_cast<std::int64_t>(plain.size()), &status));
  words->setText(text.get(), status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  std::size_t count = 0;
  while (words->next() != icu::BreakIterator::DONE) {
    if (words->getRuleStatus() >= UBRK_WORD_NUMBER) ++count;
  }
  return count;
}

}  // namespace text
