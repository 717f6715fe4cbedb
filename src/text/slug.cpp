#include "text/slug.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "text/utf8.h"

namespace text {
namespace {

// Any script to ASCII. The rules take milliseconds to build, so they are built once; ICU does not promise that one
// transliterator may be used by two threads at a time, and slugs are rare enough for a lock.
std::string to_ascii(const std::string& utf8) {
  static std::mutex mutex;
  static const std::unique_ptr<icu::Transliterator> rules = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; [:^ASCII:] Remove", UTRANS_FORWARD, status));
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
    return made;
  }();
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  {
    const std::lock_guard lock(mutex);
    rules->transliterate(text);
  }
  std::string ascii;
  text.toUTF8String(ascii);
  return ascii;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

// Apostrophes are part of a word ("don't" gives "dont"); both kinds, before the letters are transliterated.
std::string without_apostrophes(std::string text) {
  constexpr std::string_view curly = "\xE2\x80\x99";
  for (std::size_t at = text.find(curly); at != std::string::npos; at = text.find(curly, at)) text.erase(at, curly.size());
  std::erase(text, '\'');
  return text;
}

}  // namespace

std::string slugify(std::string_view title, std::size_t most) {
  // What lies far behind the limit can't matter, and transliterating takes time.
  std::string text = without_apostrophes(clean_line(title.substr(0, most * 16)));
  if (!is_ascii(text)) text = to_ascii(text);
  std::string slug;
  for (const char byte : text) {
    const bool is_upper = byte >= 'A' && byte <= 'Z';
    if (is_upper || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      slug += is_upper ? static_cast<char>(byte + ('a' - 'A')) : byte;
    } else if (byte != '\'' && byte != '`' && !slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  if (slug.size() > most) {
    const std::size_t cut = slug[most] == '-' ? most : slug.rfind('-', most);
    slug.resize(cut == std::string::npos || cut == 0 ? most : cut);
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

}  // namespace text
