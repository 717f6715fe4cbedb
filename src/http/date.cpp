#include "http/date.h"

#include <array>
#include <vector>

#include "base/format.h"
#include "http/syntax.h"

namespace http {

namespace {

constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<unsigned> find_month(std::string_view name) {
  for (unsigned i = 0; i < months.size(); ++i) {
    if (months[i] == name) return i + 1;
  }
  return std::nullopt;
}

std::optional<std::chrono::seconds> parse_clock(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = parse_decimal(text.substr(0, 2));
  const auto minute = parse_decimal(text.substr(3, 2));
  const auto second = parse_decimal(text.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::seconds(*hour * 3600 + *minute * 60 + *second);
}

std::optional<base::Time> make_time(std::uint64_t year, std::optional<unsigned> month, std::optional<std::uint64_t> day,
                                    std::optional<std::chrono::seconds> clock) {
  if (!month || !day || !clock || year > 9999 || *day > 31) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + *clock;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty() && parts.size() < 8) {
    const std::string_view part = cut_until(text, ' ');
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

// "06-Nov-94": RFC 850. A year that would be more than 50 years ahead is of the century before; the site serves no such dates,
// so a fixed turn at 70 is enough.
std::optional<base::Time> parse_rfc850(std::string_view date, std::string_view clock) {
  if (date.size() != 9 || date[2] != '-' || date[6] != '-') return std::nullopt;
  const auto year = parse_decimal(date.substr(7, 2));
  if (!year) return std::nullopt;
  return make_time(*year + (*year < 70 ? 2000 : 1900), find_month(date.substr(3, 3)), parse_decimal(date.substr(0, 2)),
                   parse_clock(clock));
}

}  // namespace

std::string format_date(base::Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return base::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday(day).c_encoding()],
                      static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                      static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<base::Time> parse_date(std::string_view text) {
  const std::vector<std::string_view> parts = split_words(text);
  if (parts.size() == 6 && parts[5] == "GMT") {
    const auto year = parse_decimal(parts[3]);
    return year ? make_time(*year, find_month(parts[2]), parse_decimal(parts[1]), parse_clock(parts[4])) : std::nullopt;
  }
  if (parts.size() == 4 && parts[3] == "GMT") return parse_rfc850(parts[1], parts[2]);
  if (parts.size() == 5) {
    const auto year = parse_decimal(parts[4]);
    return year ? make_time(*year, find_month(parts[1]), parse_decimal(parts[2]), parse_clock(parts[3])) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace http
