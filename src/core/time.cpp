#include "core/time.hpp"

#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace banso::core {
namespace {

// Reads exactly `width` digits at `position` and moves on; nothing on anything else.
std::optional<int> take_digits(std::string_view text, std::size_t& position, std::size_t width) {
  if (text.size() < position + width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const char c = text[position + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  position += width;
  return value;
}

bool take(std::string_view text, std::size_t& position, char expected) {
  if (position >= text.size() || text[position] != expected) return false;
  ++position;
  return true;
}

std::optional<Day> take_day(std::string_view text, std::size_t& position) {
  const auto year = take_digits(text, position, 4);
  if (!year || !take(text, position, '-')) return std::nullopt;
  const auto month = take_digits(text, position, 2);
  if (!month || !take(text, position, '-')) return std::nullopt;
  const auto day = take_digits(text, position, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return day_from(*year, *month, *day);
}

std::optional<int> take_offset_minutes(std::string_view text, std::size_t& position) {
  if (position == text.size()) return 0;
  if (text[position] == 'Z' || text[position] == 'z') {
    ++position;
    return 0;
  }
  const int sign = text[position] == '-' ? -1 : text[position] == '+' ? 1 : 0;
  if (sign == 0) return std::nullopt;
  ++position;
  const auto hours = take_digits(text, position, 2);
  if (!hours) return std::nullopt;
  (void)take(text, position, ':');
  const auto minutes = take_digits(text, position, 2);
  if (!minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

Day day_from(int year, int month, int day) {
  const std::chrono::sys_days days =
      std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                  std::chrono::day{static_cast<unsigned>(day)}};
  return {static_cast<std::int32_t>(days.time_since_epoch().count())};
}

YearMonthDay year_month_day(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day.days}}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

int weekday(Day day) {
  const int shifted = (day.days + 3) % 7;  // 1970-01-01 was a Thursday
  return shifted < 0 ? shifted + 7 : shifted;
}

Day add_months(Day day, int count) {
  const YearMonthDay from = year_month_day(day);
  const auto target =
      std::chrono::year{from.year} / std::chrono::month{static_cast<unsigned>(from.month)} + std::chrono::months{count};
  const auto last = std::chrono::year_month_day_last{target.year(), std::chrono::month_day_last{target.month()}};
  const int last_day = static_cast<int>(static_cast<unsigned>(last.day()));
  return day_from(static_cast<int>(target.year()), static_cast<int>(static_cast<unsigned>(target.month())),
                  from.day < last_day ? from.day : last_day);
}

std::optional<Day> parse_day(std::string_view text) {
  std::size_t position = 0;
  const auto day = take_day(text, position);
  return position == text.size() ? day : std::nullopt;
}

std::string to_string(Day day) {
  const YearMonthDay date = year_month_day(day);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

Instant now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

std::optional<Instant> parse_instant(std::string_view text) {
  std::size_t position = 0;
  const auto day = take_day(text, position);
  if (!day) return std::nullopt;
  if (position == text.size()) return start_of(*day);
  if (!take(text, position, 'T') && !take(text, position, ' ') && !take(text, position, 't')) return std::nullopt;
  const auto hour = take_digits(text, position, 2);
  if (!hour || *hour > 23 || !take(text, position, ':')) return std::nullopt;
  const auto minute = take_digits(text, position, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  std::int64_t fraction_microseconds = 0;
  if (take(text, position, ':')) {
    const auto seconds = take_digits(text, position, 2);
    if (!seconds || *seconds > 60) return std::nullopt;
    second = *seconds;
    if (take(text, position, '.')) {
      std::int64_t unit = 100'000;
      const std::size_t first_digit = position;
      while (position < text.size() && text[position] >= '0' && text[position] <= '9') {
        fraction_microseconds += (text[position] - '0') * unit;
        unit /= 10;
        ++position;
      }
      if (position == first_digit) return std::nullopt;
    }
  }
  const auto offset_minutes = take_offset_minutes(text, position);
  if (!offset_minutes || position != text.size()) return std::nullopt;
  const std::int64_t seconds = *hour * 3600 + (*minute - *offset_minutes) * 60 + second;
  return Instant{start_of(*day).microseconds + seconds * microseconds_per_second + fraction_microseconds};
}

std::string to_string(Instant instant) {
  const Day day = day_of(instant);
  const std::int64_t in_day = instant.microseconds - start_of(day).microseconds;
  const std::int64_t seconds = in_day / microseconds_per_second;
  const std::int64_t milliseconds = in_day % microseconds_per_second / 1000;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_string(day), seconds / 3600, seconds / 60 % 60, seconds % 60,
                     milliseconds);
}

Day day_of(Instant instant, int offset_minutes) {
  const std::int64_t local = instant.microseconds + offset_minutes * 60 * microseconds_per_second;
  std::int64_t days = local / microseconds_per_day;
  if (local % microseconds_per_day < 0) --days;
  return {static_cast<std::int32_t>(days)};
}

Instant start_of(Day day, int offset_minutes) {
  return {day.days * microseconds_per_day - offset_minutes * 60 * microseconds_per_second};
}

}  // namespace banso::core
