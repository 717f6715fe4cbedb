#include "text/time_of_day.h"

#include <gtest/gtest.h>

namespace text {
namespace {

const TimeZone berlin = *TimeZone::named("Europe/Berlin");

base::Time moment(const char* iso) { return *parse_time(iso, berlin); }
std::string after(TimeOfDay time, const char* iso) { return berlin.iso8601(next(time, berlin, moment(iso))); }

TEST(TimeOfDay, Only_what_a_clock_can_show_is_taken) {
  EXPECT_EQ(parse_time_of_day("03:30"), (TimeOfDay{3, 30}));
  EXPECT_EQ(parse_time_of_day("23:59"), (TimeOfDay{23, 59}));
  for (const char* wrong : {"", "3:30", "24:00", "03:60", "03.30", "03:3x", " 3:30", "03:30 "})
    EXPECT_FALSE(parse_time_of_day(wrong)) << wrong;
}

TEST(TimeOfDay, It_comes_today_if_it_is_not_over_and_else_tomorrow) {
  EXPECT_EQ(after({3, 30}, "2026-11-26 03:29"), "2026-11-26T03:30:00+01:00");
  EXPECT_EQ(after({3, 30}, "2026-11-26 03:30"), "2026-11-27T03:30:00+01:00");
  EXPECT_EQ(after({3, 30}, "2026-12-31 23:00"), "2027-01-01T03:30:00+01:00");
}

// Clocks went from 02:00 to 03:00 on 29 March 2026 and from 03:00 back to 02:00 on 25 October.
TEST(TimeOfDay, It_comes_exactly_once_on_the_days_when_clocks_are_changed) {
  for (const char* day : {"2026-03-28 12:00", "2026-10-24 12:00"}) {
    const base::Time first = next({2, 30}, berlin, moment(day));
    const base::Time second = next({2, 30}, berlin, first);
    EXPECT_EQ(berlin.to_civil(first).day, berlin.to_civil(moment(day)).day + 1) << day;
    EXPECT_EQ(berlin.to_civil(second).day, berlin.to_civil(moment(day)).day + 2) << day;
  }
}

}  // namespace
}  // namespace text
