#include "core/business_days.hpp"

#include <algorithm>

#include "core/japanese_holidays.hpp"

namespace banso::core {
namespace {

constexpr int friday = 4;

// Every holiday that the law gives, ascending: some three thousand days.
const std::vector<Day>& all_japanese_holidays() {
  static const std::vector<Day> all = [] {
    std::vector<Day> days;
    for (int year = first_holiday_year; year <= last_holiday_year; ++year) {
      for (const auto& holiday : japanese_holidays(year)) days.push_back(holiday.day);
    }
    return days;
  }();
  return all;
}

bool has(const std::vector<Day>& ascending, Day day) {
  return std::binary_search(ascending.begin(), ascending.end(), day);
}

}  // namespace

std::string_view word_of(HolidayCalendar calendar) {
  return calendar == HolidayCalendar::japan ? "japan" : "weekends_only";
}

std::optional<HolidayCalendar> holiday_calendar_from(std::string_view word) {
  if (word == "japan") return HolidayCalendar::japan;
  if (word == "weekends_only") return HolidayCalendar::weekends_only;
  return std::nullopt;
}

BusinessCalendar::BusinessCalendar(HolidayCalendar holidays, std::span<const Day> days_off)
    : holidays_(holidays), days_off_(days_off.begin(), days_off.end()) {
  std::sort(days_off_.begin(), days_off_.end());
  days_off_.erase(std::unique(days_off_.begin(), days_off_.end()), days_off_.end());
}

bool BusinessCalendar::is_holiday(Day day) const {
  return (holidays_ == HolidayCalendar::japan && has(all_japanese_holidays(), day)) || has(days_off_, day);
}

bool BusinessCalendar::is_business_day(Day day) const {
  return weekday(day) <= friday && !is_holiday(day);
}

Day BusinessCalendar::on_or_before(Day day) const {
  while (!is_business_day(day)) day = day - 1;
  return day;
}

Day BusinessCalendar::on_or_after(Day day) const {
  while (!is_business_day(day)) day = day + 1;
  return day;
}

Day BusinessCalendar::plus(Day day, int count) const {
  const int step = count < 0 ? -1 : 1;
  for (int left = count; left != 0; left -= step) {
    do day = day + step;
    while (!is_business_day(day));
  }
  return day;
}

int BusinessCalendar::between(Day from, Day to) const {
  if (to < from) return -between(to, from);
  int count = 0;
  for (Day day = from + 1; day <= to; day = day + 1) count += is_business_day(day) ? 1 : 0;
  return count;
}

}  // namespace banso::core
