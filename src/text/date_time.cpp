#include "text/date_time.h"

#include <unicode/basictz.h>
#include <unicode/dtptngen.h>
#include <unicode/simpletz.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <array>
#include <cmath>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include "base/format.h"
#include "text/locale.h"

namespace text {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr std::int64_t thousand = 1000;
constexpr std::size_t date_styles = static_cast<std::size_t>(DateStyle::time) + 1;  // the last one

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

const icu::BasicTimeZone& zone_of(const std::shared_ptr<const void>& zone) {
  return *static_cast<const icu::BasicTimeZone*>(zone.get());
}

seconds offset_at(const icu::BasicTimeZone& zone, base::Time time) {
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone.getOffset(static_cast<double>(base::to_unix(time) * thousand), 0, raw, saving, status);
  check(status);
  return seconds((raw + saving) / thousand);
}

base::Time as_if_utc(const CivilTime& local) {
  const std::chrono::year_month_day date{std::chrono::year(local.year), std::chrono::month(static_cast<unsigned>(local.month)),
                                         std::chrono::day(static_cast<unsigned>(local.day))};
  return base::Time(std::chrono::sys_days(date)) + std::chrono::hours(local.hour) + std::chrono::minutes(local.minute) +
         seconds(local.second);
}

CivilTime civil_of(base::Time shifted) {
  const auto day = std::chrono::floor<days>(shifted);
  const std::chrono::year_month_day date(day);
  const auto second = (shifted - day).count();
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(second / 3600),
          static_cast<int>(second / 60 % 60),
          static_cast<int>(second % 60)};
}

// Reads digits off a text from the left.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  bool next_is(std::string_view any) const { return !rest_.empty() && any.find(rest_.front()) != std::string_view::npos; }
  bool take(std::string_view any) {
    if (!next_is(any)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // At least `fewest`, at most `most` digits, with a value in [low, high].
  std::optional<int> number(std::size_t fewest, std::size_t most, int low, int high) {
    std::size_t length = 0;
    int value = 0;
    while (length < most && length < rest_.size() && rest_[length] >= '0' && rest_[length] <= '9')
      value = value * 10 + (rest_[length++] - '0');
    if (length < fewest || value < low || value > high) return std::nullopt;
    rest_.remove_prefix(length);
    return value;
  }

 private:
  std::string_view rest_;
};

// "+5", "+05:30", "-0330", "+5.5": a signed offset as WordPress and ISO 8601 write it.
std::optional<seconds> read_offset(Reader& reader) {
  const bool west = reader.next_is("-");
  if (!reader.take("+-")) return std::nullopt;
  const std::optional<int> hours = reader.number(1, 2, 0, 14);
  if (!hours) return std::nullopt;
  int minutes = 0;
  if (reader.take(".")) {
    if (reader.take("5")) {
      minutes = 30;
    } else if (reader.take("2")) {
      minutes = 15;
    } else if (reader.take("7")) {
      minutes = 45;
    } else {
      return std::nullopt;
    }
    if (minutes != 30 && !reader.take("5")) return std::nullopt;
  } else if (!reader.done()) {
    reader.take(":");
    const std::optional<int> given = reader.number(2, 2, 0, 59);
    if (!given) return std::nullopt;
    minutes = *given;
  }
  const seconds east = std::chrono::hours(*hours) + std::chrono::minutes(minutes);
  return west ? -east : east;
}

std::optional<seconds> parse_offset(std::string_view name) {
  if (name.starts_with("UTC") || name.starts_with("GMT")) name.remove_prefix(3);
  Reader reader(name);
  const std::optional<seconds> offset = read_offset(reader);
  return reader.done() ? offset : std::nullopt;
}

std::shared_ptr<const icu::BasicTimeZone> icu_zone(std::string_view name) {
  const auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
  std::shared_ptr<const icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  if (!zone || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return std::dynamic_pointer_cast<const icu::BasicTimeZone>(zone);
}

std::shared_ptr<const icu::BasicTimeZone> fixed_zone(seconds offset) {
  return std::make_shared<icu::SimpleTimeZone>(static_cast<std::int32_t>(offset.count() * thousand), icu::UnicodeString("fixed"));
}

const char* skeleton_of(DateStyle style) {
  switch (style) {
    case DateStyle::date: return "yMMMMd";
    case DateStyle::date_time: return "yMMMMdjmm";
    case DateStyle::month: return "yMMMM";
    case DateStyle::masthead: return "yMMMMEEEEd";
    case DateStyle::time: return "jmm";
  }
  return "yMMMMd";
}

std::unique_ptr<icu::SimpleDateFormat> make_format(DateStyle style, std::string_view language) {
  const icu::Locale locale = icu_locale(language);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> generator(icu::DateTimePatternGenerator::createInstance(locale, status));
  check(status);
  // Date and time are joined by a comma, as in a byline, not by "at".
  generator->setDateTimeFormat(UDAT_LONG, generator->getDateTimeFormat(UDAT_MEDIUM, status), status);
  const icu::UnicodeString pattern = generator->getBestPattern(icu::UnicodeString(skeleton_of(style)), status);
  auto format = std::make_unique<icu::SimpleDateFormat>(pattern, locale, status);
  check(status);
  format->setTimeZone(*icu::TimeZone::getGMT());
  return format;
}

// With what it wrote last: a page that is made anew because of one comment shows the minutes of all others again.
class KeptFormat {
 public:
  KeptFormat(DateStyle style, std::string_view language) : format_(make_format(style, language)) {}

  // `wall`: local time as if it were UTC.
  const std::string& write(base::Time wall) {
    const auto minute = std::chrono::floor<std::chrono::minutes>(wall);  // no style shows seconds
    const auto found = written_.find(minute.time_since_epoch().count());
    if (found != written_.end()) return found->second;
    if (written_.size() >= most_written) written_.clear();
    icu::UnicodeString text;
    format_->format(static_cast<double>(base::to_unix(wall) * thousand), text);
    std::string& kept = written_[minute.time_since_epoch().count()];
    return text.toUTF8String(kept);
  }

 private:
  static constexpr std::size_t most_written = 2000;
  std::unique_ptr<icu::SimpleDateFormat> format_;
  std::unordered_map<std::int64_t, std::string> written_;  // by minute
};

// A format takes a millisecond to make and may not be shared, so each thread keeps those it used.
KeptFormat& kept_format(DateStyle style, std::string_view language) {
  constexpr std::size_t most_kept = 64;
  static thread_local std::array<std::map<std::string, KeptFormat, std::less<>>, date_styles> cache;
  auto& of_style = cache[static_cast<std::size_t>(style)];
  const auto found = of_style.find(language);
  if (found != of_style.end()) return found->second;
  if (of_style.size() >= most_kept) of_style.clear();
  return of_style.try_emplace(std::string(language), style, language).first->second;
}

std::optional<CivilTime> read_date(Reader& reader) {
  const auto year = reader.number(4, 4, 1, 9999);
  if (!year || !reader.take("-")) return std::nullopt;
  const auto month = reader.number(1, 2, 1, 12);
  if (!month || !reader.take("-")) return std::nullopt;
  const auto day = reader.number(1, 2, 1, 31);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return CivilTime{.year = *year, .month = *month, .day = *day};
}

bool read_clock(Reader& reader, CivilTime& time) {
  const auto hour = reader.number(1, 2, 0, 23);
  if (!hour || !reader.take(":")) return false;
  const auto minute = reader.number(2, 2, 0, 59);
  if (!minute) return false;
  time.hour = *hour;
  time.minute = *minute;
  if (!reader.take(":")) return true;
  const auto second = reader.number(2, 2, 0, 59);
  if (!second) return false;
  time.second = *second;
  if (reader.take(".,")) {
    if (!reader.next_is("0123456789")) return false;
    while (reader.take("0123456789")) {
    }
  }
  return true;
}

}  // namespace

std::optional<TimeZone> TimeZone::named(std::string_view name) {
  if (name.size() > 64 || name.empty()) return std::nullopt;
  TimeZone zone;
  zone.name_ = name;
  if (const std::optional<seconds> offset = parse_offset(name)) {
    zone.zone_ = fixed_zone(*offset);
  } else {
    zone.zone_ = icu_zone(name);
  }
  if (!zone.zone_) return std::nullopt;
  return zone;
}

TimeZone TimeZone::utc() {
  TimeZone zone;
  zone.name_ = "UTC";
  zone.zone_ = fixed_zone(seconds(0));
  return zone;
}

CivilTime TimeZone::to_civil(base::Time time) const { return civil_of(time + offset_at(zone_of(zone_), time)); }

base::Time TimeZone::to_time(const CivilTime& local) const {
  const base::Time wall = as_if_utc(local);
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone_of(zone_).getOffsetFromLocal(static_cast<double>(base::to_unix(wall) * thousand), UCAL_TZ_LOCAL_FORMER,
                                    UCAL_TZ_LOCAL_FORMER, raw, saving, status);
  check(status);
  return wall - seconds((raw + saving) / thousand);
}

std::string TimeZone::iso8601(base::Time time) const {
  const seconds offset = offset_at(zone_of(zone_), time);
  const CivilTime at = civil_of(time + offset);
  const auto minutes = std::abs(offset.count()) / 60;
  return base::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", at.year, at.month, at.day, at.hour, at.minute,
                      at.second, offset.count() < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string format_time(base::Time time, DateStyle style, const TimeZone& zone, std::string_view language) {
  // The zone is applied here, so that one format serves all zones.
  const base::Time wall = as_if_utc(zone.to_civil(time));
  return kept_format(style, language).write(wall);
}

std::optional<base::Time> parse_time(std::string_view text, const TimeZone& zone) {
  Reader reader(text);
  std::optional<CivilTime> time = read_date(reader);
  if (!time) return std::nullopt;
  if (reader.done()) return zone.to_time(*time);
  if (!reader.take("Tt ") || !read_clock(reader, *time)) return std::nullopt;
  if (reader.done()) return zone.to_time(*time);
  reader.take(" ");
  if (reader.take("Zz")) return reader.done() ? std::optional(as_if_utc(*time)) : std::nullopt;
  const std::optional<seconds> offset = read_offset(reader);
  if (!offset || !reader.done()) return std::nullopt;
  return as_if_utc(*time) - *offset;
}

}  // namespace text
