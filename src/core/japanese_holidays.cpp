#include "core/japanese_holidays.hpp"

#include <algorithm>
#include <map>

namespace banso::core {
namespace {

using Days = std::map<Day, Text>;

constexpr int sunday = 6;

Day nth_monday(int year, int month, int nth) {
  const Day first = day_from(year, month, 1);
  return first + (7 - weekday(first)) % 7 + 7 * (nth - 1);
}

// Day of the month of an equinox: the usual approximation of the Japanese almanac. The state announces the day in the
// February of the year before; from 1955 to today every announcement agrees with it.
int equinox_day(int year, double in_1980, double before_1980) {
  const double base = year < 1980 ? before_1980 : in_1980;
  const int leap_origin = year < 1980 ? 1983 : 1980;
  const int leap_days = (year - leap_origin) / 4;  // truncated, as the approximation is defined
  return static_cast<int>(base + 0.242194 * (year - 1980)) - leap_days;
}

Day vernal_equinox(int year) {
  return day_from(year, 3, equinox_day(year, 20.8431, 20.8357));
}

Day autumnal_equinox(int year) {
  return day_from(year, 9, equinox_day(year, 23.2488, 23.2588));
}

void add_winter_and_spring(int year, Days& days) {
  days[day_from(year, 1, 1)] = {"New Year's Day", "元日"};
  days[year < 2000 ? day_from(year, 1, 15) : nth_monday(year, 1, 2)] = {"Coming of Age Day", "成人の日"};
  if (year >= 1967) days[day_from(year, 2, 11)] = {"National Foundation Day", "建国記念の日"};
  if (year >= 2020) days[day_from(year, 2, 23)] = {"Emperor's Birthday", "天皇誕生日"};
  days[vernal_equinox(year)] = {"Vernal Equinox Day", "春分の日"};
  days[day_from(year, 4, 29)] = year < 1989   ? Text{"Emperor's Birthday", "天皇誕生日"}
                                : year < 2007 ? Text{"Greenery Day", "みどりの日"}
                                              : Text{"Showa Day", "昭和の日"};
  days[day_from(year, 5, 3)] = {"Constitution Memorial Day", "憲法記念日"};
  if (year >= 2007) days[day_from(year, 5, 4)] = {"Greenery Day", "みどりの日"};
  days[day_from(year, 5, 5)] = {"Children's Day", "こどもの日"};
}

// Moved in 2020 and 2021 by the acts for the Olympic and Paralympic Games.
Day marine_day(int year) {
  if (year == 2020) return day_from(2020, 7, 23);
  if (year == 2021) return day_from(2021, 7, 22);
  return year < 2003 ? day_from(year, 7, 20) : nth_monday(year, 7, 3);
}

Day mountain_day(int year) {
  if (year == 2020) return day_from(2020, 8, 10);
  if (year == 2021) return day_from(2021, 8, 8);
  return day_from(year, 8, 11);
}

Day sports_day(int year) {
  if (year == 2020) return day_from(2020, 7, 24);
  if (year == 2021) return day_from(2021, 7, 23);
  return year < 2000 ? day_from(year, 10, 10) : nth_monday(year, 10, 2);
}

void add_summer_to_winter(int year, Days& days) {
  if (year >= 1996) days[marine_day(year)] = {"Marine Day", "海の日"};
  if (year >= 2016) days[mountain_day(year)] = {"Mountain Day", "山の日"};
  if (year >= 1966) {
    days[year < 2003 ? day_from(year, 9, 15) : nth_monday(year, 9, 3)] = {"Respect for the Aged Day", "敬老の日"};
    days[sports_day(year)] =
        year < 2020 ? Text{"Health and Sports Day", "体育の日"} : Text{"Sports Day", "スポーツの日"};
  }
  days[autumnal_equinox(year)] = {"Autumnal Equinox Day", "秋分の日"};
  days[day_from(year, 11, 3)] = {"Culture Day", "文化の日"};
  days[day_from(year, 11, 23)] = {"Labour Thanksgiving Day", "勤労感謝の日"};
  if (year >= 1989 && year <= 2018) days[day_from(year, 12, 23)] = {"Emperor's Birthday", "天皇誕生日"};
}

// Days on which single acts of parliament gave the nation a holiday.
void add_ceremonies(int year, Days& days) {
  const auto add = [&](int month, int day, Text name) { days[day_from(year, month, day)] = std::move(name); };
  if (year == 1959) add(4, 10, {"Wedding of the Crown Prince", "皇太子・明仁親王の結婚の儀"});
  if (year == 1989) add(2, 24, {"Funeral of Emperor Showa", "昭和天皇の大喪の礼"});
  if (year == 1990) add(11, 12, {"Enthronement Ceremony", "即位礼正殿の儀"});
  if (year == 1993) add(6, 9, {"Wedding of the Crown Prince", "皇太子・徳仁親王の結婚の儀"});
  if (year == 2019) {
    add(5, 1, {"Accession of the Emperor", "天皇の即位の日"});
    add(10, 22, {"Enthronement Ceremony", "即位礼正殿の儀"});
  }
}

// A holiday on a Sunday is made up for: since 12 April 1973 on the Monday, since 2007 on the next day that is none.
void add_substitutes(int year, Days& days) {
  static const Day since = day_from(1973, 4, 12);
  const Days by_law = days;
  for (const auto& [day, name] : by_law) {
    if (weekday(day) != sunday || day < since) continue;
    Day substitute = day + 1;
    if (year >= 2007) {
      while (by_law.contains(substitute)) substitute = substitute + 1;
    }
    days.try_emplace(substitute, Text{"Substitute Holiday", "振替休日"});
  }
}

// A day between two holidays is one: since 27 December 1985, unless it is a Sunday; until 2006 not a Monday after a
// holiday on Sunday either, which is a substitute holiday.
void add_days_between(const Days& by_law, Days& days) {
  static const Day since = day_from(1985, 12, 27);
  for (const auto& [day, name] : by_law) {
    const Day between = day + 1;
    if (day < since || by_law.contains(between) || !by_law.contains(between + 1)) continue;
    if (weekday(between) == sunday) continue;
    days.try_emplace(between, Text{"Citizens' Holiday", "国民の休日"});
  }
}

}  // namespace

std::vector<Holiday> japanese_holidays(int year) {
  if (year < first_holiday_year || year > last_holiday_year) return {};
  Days days;
  add_winter_and_spring(year, days);
  add_summer_to_winter(year, days);
  add_ceremonies(year, days);
  const Days by_law = days;
  add_substitutes(year, days);
  add_days_between(by_law, days);
  std::vector<Holiday> holidays;
  for (auto& [day, name] : days) holidays.push_back({day, std::move(name)});
  return holidays;
}

std::optional<Text> japanese_holiday(Day day) {
  for (auto& holiday : japanese_holidays(year_month_day(day).year)) {
    if (holiday.day == day) return std::move(holiday.name);
  }
  return std::nullopt;
}

}  // namespace banso::core
