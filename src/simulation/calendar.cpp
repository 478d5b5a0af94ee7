#include "calendar.hpp"

#include <algorithm>
#include <vector>

#include "core/japanese_holidays.hpp"

namespace banso::simulation {
namespace {

using core::Day;

constexpr int monday = 0;
constexpr int thursday = 3;
constexpr int saturday = 5;
constexpr int sunday = 6;

// 1 for the first such weekday of the month, 2 for the second ...
int occurrence_in_month(core::YearMonthDay date) {
  return (date.day - 1) / 7 + 1;
}

// From 1980 on; asked for every customer and day, so kept.
const std::vector<Day>& japanese_holidays() {
  static const std::vector<Day> days = [] {
    std::vector<Day> all;
    for (int year = 1980; year <= core::last_holiday_year; ++year) {
      for (const auto& holiday : core::japanese_holidays(year)) all.push_back(holiday.day);
    }
    return all;
  }();
  return days;
}

double season_japan(core::YearMonthDay date) {
  if ((date.month == 12 && date.day >= 29) || (date.month == 1 && date.day <= 3)) return 0.04;
  if (date.month == 12 && date.day >= 27) return 0.6;
  if (date.month == 1 && date.day <= 6) return 0.75;
  if (date.month == 8 && date.day >= 13 && date.day <= 16) return 0.3;
  if (date.month == 8 && date.day >= 10 && date.day <= 18) return 0.75;
  if ((date.month == 4 && date.day == 30) || (date.month == 5 && date.day <= 2)) return 0.65;
  if (date.month == 3 && date.day >= 15) return 1.06;  // the fiscal year ends
  if (date.month == 4 && date.day <= 20) return 1.08;  // and begins, with new colleagues
  return 1.0;
}

bool is_holiday_abroad(Day day, core::YearMonthDay date, std::string_view country) {
  if ((date.month == 12 && (date.day == 25 || date.day == 26)) || (date.month == 1 && date.day == 1)) return true;
  const int nth = occurrence_in_month(date);
  const int week_day = core::weekday(day);
  if (country == "US") {
    if (date.month == 7 && date.day == 4) return true;
    if (date.month == 9 && week_day == monday && nth == 1) return true;
    if (date.month == 5 && week_day == monday && date.day >= 25) return true;
    return date.month == 11 &&
           ((week_day == thursday && nth == 4) || (week_day == thursday + 1 && date.day >= 23 && date.day <= 29));
  }
  if (country == "GB")
    return week_day == monday &&
           ((date.month == 5 && (nth == 1 || date.day >= 25)) || (date.month == 8 && date.day >= 25));
  if (country == "DE") return (date.month == 5 && date.day == 1) || (date.month == 10 && date.day == 3);
  if (country == "FR")
    return (date.month == 5 && (date.day == 1 || date.day == 8)) || (date.month == 7 && date.day == 14) ||
           (date.month == 8 && date.day == 15);
  if (country == "SG") return (date.month == 5 && date.day == 1) || (date.month == 8 && date.day == 9);
  if (country == "AU") return (date.month == 1 && date.day == 26) || (date.month == 4 && date.day == 25);
  return false;
}

double season_abroad(core::YearMonthDay date, std::string_view country) {
  if (date.month == 12 && date.day >= 24) return 0.18;
  if (date.month == 12 && date.day >= 20) return 0.7;
  if (date.month == 1 && date.day <= 3) return 0.45;
  const bool is_southern_summer = country == "AU" && date.month == 1;
  if (is_southern_summer) return 0.7;
  if (date.month == 8 && (country == "DE" || country == "FR")) return 0.55;
  if (date.month == 8 && (country == "US" || country == "GB")) return 0.8;
  return 1.0;
}

}  // namespace

bool is_japanese_holiday(Day day) {
  return std::ranges::binary_search(japanese_holidays(), day);
}

double share_at_work(Day day, std::string_view country) {
  const auto date = core::year_month_day(day);
  const int week_day = core::weekday(day);
  double share = week_day == saturday ? 0.06 : week_day == sunday ? 0.03 : week_day == 4 ? 0.95 : 1.0;
  if (country == "JP") {
    if (week_day < saturday && is_japanese_holiday(day)) share = 0.05;
    return share * season_japan(date);
  }
  if (week_day < saturday && is_holiday_abroad(day, date, country)) share = 0.05;
  return share * season_abroad(date, country);
}

Day next_working_day(Day day, std::string_view country) {
  while (share_at_work(day, country) < 0.5) day = day + 1;
  return day;
}

}  // namespace banso::simulation
