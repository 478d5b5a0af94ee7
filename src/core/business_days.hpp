// Counting in business days: weekends, Japan's national holidays where wanted, and the days on which a company rests.
// Pure; a BusinessCalendar is a value.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace banso::core {

enum class HolidayCalendar { japan, weekends_only };
std::string_view word_of(HolidayCalendar calendar);  // "japan", "weekends_only"
std::optional<HolidayCalendar> holiday_calendar_from(std::string_view word);

class BusinessCalendar {
 public:
  explicit BusinessCalendar(HolidayCalendar holidays = HolidayCalendar::japan, std::span<const Day> days_off = {});

  bool is_business_day(Day day) const;
  // The day itself where it is a business day, else the last one before it, or the first one after it.
  Day on_or_before(Day day) const;
  Day on_or_after(Day day) const;
  // `count` business days later (earlier where negative); 0 leaves the day as it is. From a day that is none, the first
  // step leads to the nearest business day in that direction.
  Day plus(Day day, int count) const;
  // Business days after `from`, up to and including `to`; negative where `to` lies before. between(d, d) is 0.
  int between(Day from, Day to) const;

  HolidayCalendar holidays() const { return holidays_; }
  const std::vector<Day>& days_off() const { return days_off_; }

 private:
  bool is_holiday(Day day) const;

  HolidayCalendar holidays_;
  std::vector<Day> days_off_;  // ascending
};

}  // namespace banso::core
