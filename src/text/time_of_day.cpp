#include "text/time_of_day.h"

namespace text {
namespace {

std::optional<int> two_digits(std::string_view text, int most) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
  const int number = (text[0] - '0') * 10 + (text[1] - '0');
  return number <= most ? std::optional(number) : std::nullopt;
}

// On the civil day of `day`.
base::Time at(TimeOfDay time, const TimeZone& zone, base::Time day) {
  CivilTime civil = zone.to_civil(day);
  civil.hour = time.hour;
  civil.minute = time.minute;
  civil.second = 0;
  return zone.to_time(civil);
}

}  // namespace

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const std::optional<int> hour = two_digits(text.substr(0, 2), 23);
  const std::optional<int> minute = two_digits(text.substr(3), 59);
  if (!hour || !minute) return std::nullopt;
  return TimeOfDay{*hour, *minute};
}

base::Time next(TimeOfDay time, const TimeZone& zone, base::Time after) {
  const base::Time today = at(time, zone, after);
  if (today > after) return today;
  // Noon of the day after, from noon of today: 24 hours on it is tomorrow, whatever the clocks do.
  const base::Time tomorrow = at(time, zone, at({12, 0}, zone, after) + base::Seconds(24 * 3600));
  return tomorrow > after ? tomorrow : tomorrow + base::Seconds(24 * 3600);
}

}  // namespace text
