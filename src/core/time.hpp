// Two kinds of time. A Day is a calendar day (what contracts, measures and history speak of); an Instant is a moment in
// UTC (what events and changes carry). Neither knows a time zone: converting between them asks for an offset.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banso::core {

// Days since 1970-01-01, proleptic Gregorian.
struct Day {
  std::int32_t days = 0;

  auto operator<=>(const Day&) const = default;
  Day operator+(int count) const { return {days + count}; }
  Day operator-(int count) const { return {days - count}; }
  int operator-(Day other) const { return days - other.days; }
};

struct YearMonthDay {
  int year;
  int month;  // 1..12
  int day;    // 1..31
};

Day day_from(int year, int month, int day);
YearMonthDay year_month_day(Day day);
int weekday(Day day);                                 // 0 = Monday .. 6 = Sunday
Day add_months(Day day, int count);                   // clamps to the month's last day: 31 Jan + 1 month = 28 or 29 Feb
std::optional<Day> parse_day(std::string_view text);  // "2026-11-22" only
std::string to_string(Day day);                       // "2026-11-22"

// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t microseconds = 0;

  auto operator<=>(const Instant&) const = default;
};

inline constexpr std::int64_t microseconds_per_second = 1'000'000;
inline constexpr std::int64_t microseconds_per_day = 86'400 * microseconds_per_second;

Instant now();
// ISO 8601: "2026-11-22T09:30:00.123Z", "+09:00" offsets, "2026-11-22 09:30:00" (taken as UTC), or a bare day.
std::optional<Instant> parse_instant(std::string_view text);
std::string to_string(Instant instant);  // "2026-11-22T09:30:00.123Z"

// The calendar day of an instant for a clock that runs offset_minutes ahead of UTC (Tokyo: 540).
Day day_of(Instant instant, int offset_minutes = 0);
Instant start_of(Day day, int offset_minutes = 0);

}  // namespace banso::core
