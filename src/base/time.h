// Moments in UTC, in whole seconds. Time zones are a matter of text/date_time.h: nothing below stores local time.
#pragma once

#include <chrono>
#include <cstdint>

namespace base {

using Time = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

constexpr std::int64_t to_unix(Time time) { return time.time_since_epoch().count(); }
constexpr Time from_unix(std::int64_t seconds) { return Time{Seconds{seconds}}; }

}  // namespace base
