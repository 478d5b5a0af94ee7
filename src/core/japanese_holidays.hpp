// Japan's national holidays as the law makes them (国民の祝日に関する法律, in force since 20 July 1948, and the single
// acts of parliament beside it): fixed days, Mondays, equinoxes, substitute holidays, days between two holidays, and
// the days moved for the Olympic Games. Pure, without tables of years except where a law names one.
#pragma once

#include <optional>
#include <vector>

#include "core/text.hpp"
#include "core/time.hpp"

namespace banso::core {

// Equinoxes are given by an approximation that is right for these years. Outside of them nothing is a holiday.
inline constexpr int first_holiday_year = 1955;
inline constexpr int last_holiday_year = 2099;

struct Holiday {
  Day day;
  Text name;
};

// Ascending by day; each day once. Future years by the law as it stands in 2026.
std::vector<Holiday> japanese_holidays(int year);
// Nothing where the day is no national holiday (Sundays and Saturdays as such are none).
std::optional<Text> japanese_holiday(Day day);

}  // namespace banso::core
