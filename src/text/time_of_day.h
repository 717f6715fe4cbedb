// A time of day as clocks show it somewhere, "03:30", and when it comes next. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "text/date_time.h"

namespace text {

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
  bool operator==(const TimeOfDay&) const = default;
};

// "03:30", from 00:00 to 23:59; nothing else.
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);

// The first moment after `after` at which it is that time in the zone. On the day when clocks skip it, the moment at which they
// would have shown it; on the day when they show it twice, once.
base::Time next(TimeOfDay time, const TimeZone& zone, base::Time after);

}  // namespace text
