#include "text/language.h"

#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/uloc.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "text/locale.h"

namespace text {
namespace {

// ICU objects take long to make; each thread keeps those of the few languages that a site uses.
constexpr std::size_t most_kept = 32;

template <class Value, class Make>
Value& kept(std::map<std::string, Value, std::less<>>& cache, std::string_view language, Make make) {
  const auto found = cache.find(language);
  if (found != cache.end()) return found->second;
  if (cache.size() >= most_kept) cache.clear();
  return cache.emplace(language, make(icu_locale(language))).first->second;
}

// With the small numbers it wrote before: nearly all on a page are counts of votes and replies.
class NumberFormat {
 public:
  explicit NumberFormat(const icu::Locale& locale) : format_(icu::number::NumberFormatter::withLocale(locale)) {}

  std::string write(std::int64_t number) {
    if (number < 0 || number >= most_small) return make(number);
    std::string& kept = small_[static_cast<std::size_t>(number)];
    if (kept.empty()) kept = make(number);
    return kept;
  }

 private:
  static constexpr std::int64_t most_small = 200;

  std::string make(std::int64_t number) const {
    UErrorCode status = U_ZERO_ERROR;
    std::string text;
    format_.formatInt(number, status).toString(status).toUTF8String(text);
    return U_FAILURE(status) ? std::to_string(number) : text;
  }

  icu::number::LocalizedNumberFormatter format_;
  std::vector<std::string> small_ = std::vector<std::string>(most_small);
};

}  // namespace

icu::Locale icu_locale(std::string_view language) {
  if (language == "en") return icu::Locale("en", "GB");  // day before month, 24 hours: the habit of most of the world
  if (!is_language_tag(language)) return icu::Locale("en", "GB");
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale =
      icu::Locale::forLanguageTag(icu::StringPiece(language.data(), static_cast<int>(language.size())), status);
  return U_FAILURE(status) ? icu::Locale("en", "GB") : locale;
}

std::string_view plural_category(std::string_view language, std::int64_t count) {
  using Rules = std::unique_ptr<icu::PluralRules>;
  static thread_local std::map<std::string, Rules, std::less<>> cache;
  const Rules& rules = kept(cache, language, [](const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    return Rules(icu::PluralRules::forLocale(locale, status));
  });
  if (!rules) return "other";
  std::string name;
  rules->select(static_cast<double>(count)).toUTF8String(name);
  for (const std::string_view category : {"zero", "one", "two", "few", "many"}) {
    if (name == category) return category;
  }
  return "other";
}

Direction direction_of(std::string_view language) {
  return icu_locale(language).isRightToLeft() ? Direction::right_to_left : Direction::left_to_right;
}

std::string format_number(std::int64_t number, std::string_view language) {
  static thread_local std::map<std::string, NumberFormat, std::less<>> cache;
  return kept(cache, language, [](const icu::Locale& locale) { return NumberFormat(locale); }).write(number);
}

bool is_language_tag(std::string_view tag) {
  if (tag.size() < 2 || tag.size() > 64 || tag.find('\0') != std::string_view::npos) return false;
  std::array<char, ULOC_FULLNAME_CAPACITY> id{};
  std::int32_t read = 0;
  UErrorCode status = U_ZERO_ERROR;
  uloc_forLanguageTag(std::string(tag).c_str(), id.data(), static_cast<std::int32_t>(id.size()), &read, &status);
  return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && static_cast<std::size_t>(read) == tag.size();
}

bool is_known_language(std::string_view tag) {
  if (!is_language_tag(tag)) return false;
  const icu::Locale locale = icu_locale(tag);
  return *locale.getISO3Language() != '\0';
}

}  // namespace text
