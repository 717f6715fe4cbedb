#include "text/date_time.h"

#include <gtest/gtest.h>

namespace text {
namespace {

base::Time at(std::int64_t unix_seconds) { return base::from_unix(unix_seconds); }
TimeZone berlin() { return *TimeZone::named("Europe/Berlin"); }

constexpr std::int64_t november = 1795467240;  // 2026-11-23T20:54:00Z

TEST(TimeZone, Names_of_IANA_and_offsets_of_WordPress_are_known) {
  for (const char* name :
       {"Europe/Berlin", "UTC", "America/New_York", "UTC+2", "UTC-3.5", "UTC+5:30", "+05:30", "+0530", "-3", "UTC+0"}) {
    ASSERT_TRUE(TimeZone::named(name)) << name;
    EXPECT_EQ(TimeZone::named(name)->name(), name);
  }
  for (const char* name : {"", "Mars/Olympus", "Europe/", "UTC+", "UTC+99", "+5:3", "+5.3", "berlin"})
    EXPECT_FALSE(TimeZone::named(name)) << name;
}

TEST(TimeZone, A_moment_is_shown_in_local_time) {
  EXPECT_EQ(berlin().to_civil(at(november)), (CivilTime{2026, 11, 23, 21, 54, 0}));
  EXPECT_EQ(TimeZone::utc().to_civil(at(november)), (CivilTime{2026, 11, 23, 20, 54, 0}));
  EXPECT_EQ(TimeZone::named("UTC-3.5")->to_civil(at(november)), (CivilTime{2026, 11, 23, 17, 24, 0}));
  EXPECT_EQ(TimeZone::utc().to_civil(at(-1)), (CivilTime{1969, 12, 31, 23, 59, 59}));
}

TEST(TimeZone, Iso_times_carry_their_offset) {
  EXPECT_EQ(berlin().iso8601(at(november)), "2026-11-23T21:54:00+01:00");
  EXPECT_EQ(TimeZone::named("America/St_Johns")->iso8601(at(november)), "2026-11-23T17:24:00-03:30");
  EXPECT_EQ(TimeZone::utc().iso8601(at(0)), "1970-01-01T00:00:00+00:00");
}

TEST(TimeZone, A_local_time_that_happens_twice_is_the_first_of_the_two) {
  // 2026-10-25 in Berlin: 03:00 summer time becomes 02:00 winter time.
  EXPECT_EQ(berlin().iso8601(berlin().to_time({2026, 10, 25, 2, 30, 0})), "2026-10-25T02:30:00+02:00");
}

TEST(TimeZone, A_local_time_that_is_skipped_is_taken_at_the_offset_before) {
  // 2026-03-29 in Berlin: 02:00 winter time becomes 03:00 summer time.
  EXPECT_EQ(berlin().iso8601(berlin().to_time({2026, 3, 29, 2, 30, 0})), "2026-03-29T03:30:00+02:00");
}

TEST(TimeZone, Local_and_back_is_the_same_on_every_hour_of_a_year) {
  for (const char* name : {"Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "UTC+5:30"}) {
    const TimeZone zone = *TimeZone::named(name);
    int repeated = 0;
    for (std::int64_t hour = 0; hour < 366 * 24; ++hour) {
      const base::Time time = at(1767225600 + hour * 3600);
      const CivilTime local = zone.to_civil(time);
      if (zone.to_time(local) != time) ++repeated;
      EXPECT_EQ(zone.to_civil(zone.to_time(local)), local);
    }
    EXPECT_LE(repeated, 1) << name;
  }
}

TEST(FormatTime, Dates_follow_the_habits_of_the_language) {
  EXPECT_EQ(format_time(at(november), DateStyle::date, berlin(), "en"), "23 November 2026");
  EXPECT_EQ(format_time(at(november), DateStyle::date_time, berlin(), "en"), "23 November 2026, 21:54");
  EXPECT_EQ(format_time(at(november), DateStyle::month, berlin(), "en"), "November 2026");
  EXPECT_EQ(format_time(at(november), DateStyle::masthead, berlin(), "en"), "Monday, 23 November 2026");
  EXPECT_EQ(format_time(at(november), DateStyle::masthead, berlin(), "de"), "Montag, 23. November 2026");
  EXPECT_EQ(format_time(at(november), DateStyle::time, berlin(), "en"), "21:54");
  EXPECT_EQ(format_time(at(november), DateStyle::time, berlin(), "ar"), "٩:٥٤ م");
  EXPECT_EQ(format_time(at(november), DateStyle::date, berlin(), "en-US"), "November 23, 2026");
  EXPECT_NE(format_time(at(november), DateStyle::date, berlin(), "ar").find("نوفمبر"), std::string::npos);
}

TEST(FormatTime, An_unknown_language_is_written_in_English) {
  EXPECT_EQ(format_time(at(november), DateStyle::date, berlin(), "!"), "23 November 2026");
}

TEST(ParseTime, The_usual_ways_to_write_a_moment_are_read) {
  for (const char* text :
       {"2026-11-23 21:54", "2026-11-23 21:54:00", "2026-11-23T21:54", "2026-11-23T20:54:00Z", "2026-11-23T21:54:00+01:00",
        "2026-11-23 21:54:00 +0100", "2026-11-23T20:54:00.000Z", "2026-11-23T15:54-05", "2026-11-24T02:24:00+05:30"}) {
    EXPECT_EQ(parse_time(text, berlin()), at(november)) << text;
  }
  EXPECT_EQ(parse_time("2026-11-23", berlin()), at(november - 21 * 3600 - 54 * 60));
}

TEST(ParseTime, What_is_no_moment_is_refused) {
  for (const char* text :
       {"", "0000-00-00 00:00:00", "2026-02-30", "2026-13-01", "26-11-23", "2026-11-23 24:00", "2026-11-23 21:60", "2026-11-23T",
        "2026-11-23 21", "2026-11-23 21:54x", "2026-11-23T21:54:00+", "2026-11-23T21:54:00+01:0", "tomorrow", "2026/11/23"}) {
    EXPECT_FALSE(parse_time(text, berlin())) << text;
  }
}

}  // namespace
}  // namespace text
