// Moments to what people read, and back, in a named time zone and language (ICU). Thread-safe once made.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace text {

struct CivilTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  bool operator==(const CivilTime&) const = default;
};

class TimeZone {
 public:
  // An IANA name ("Europe/Berlin"), "UTC", or a fixed offset as WordPress writes it ("UTC+2", "+05:30"). Nothing if unknown.
  static std::optional<TimeZone> named(std::string_view name);
  static TimeZone utc();

  const std::string& name() const { return name_; }
  CivilTime to_civil(base::Time time) const;
  // A local time that a change of clocks skips or repeats is taken at the earlier offset.
  base::Time to_time(const CivilTime& local) const;
  // "2026-11-23T21:54:00+01:00", for <time datetime> and structured data.
  std::string iso8601(base::Time time) const;

 private:
  TimeZone() = default;
  std::string name_;
  std::shared_ptr<const void> zone_;  // an icu::TimeZone; kept out of this header
};

enum class DateStyle {
  date,       // 23 November 2026
  date_time,  // 23 November 2026, 21:54
  month,      // November 2026
  masthead,   // Monday, 23 November 2026
  time,       // 21:54
};

// In the habits of `language` (BCP 47: "en", "de", "ar").
std::string format_time(base::Time time, DateStyle style, const TimeZone& zone, std::string_view language);

// "2026-11-23", "2026-11-23 21:54[:00]", "2026-11-23T21:54:00Z" or with "+01:00". Without an offset: local time in `zone`.
std::optional<base::Time> parse_time(std::string_view text, const TimeZone& zone);

}  // namespace text
