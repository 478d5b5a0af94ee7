#include "months.hpp"

namespace banso::engine::revenue {

namespace {
constexpr int months_a_year = 12;
constexpr int months_a_quarter = 3;

int floor_to(int value, int step) {
  const int rest = value % step;
  return value - (rest < 0 ? rest + step : rest);
}
}  // namespace

Month month_of(Day day) {
  const auto [year, month, ignored] = core::year_month_day(day);
  return month_from(year, month);
}

Month month_from(int year, int month) {
  return {year * months_a_year + month - 1};
}

Day first_day(Month month) {
  const int january = floor_to(month.index, months_a_year);
  return core::day_from(january / months_a_year, month.index - january + 1, 1);
}

Day last_day(Month month) {
  return first_day(month + 1) - 1;
}

std::vector<MonthRange> periods(MonthRange months, Grain grain, int fiscal_year_start_month) {
  const int size = grain == Grain::month ? 1 : grain == Grain::quarter ? months_a_quarter : months_a_year;
  const int offset = fiscal_year_start_month - 1;
  std::vector<MonthRange> all;
  if (months.size() == 0) return all;
  for (Month first{floor_to(months.first.index - offset, size) + offset}; first <= months.last; first = first + size) {
    all.push_back({first, first + (size - 1)});
  }
  return all;
}

}  // namespace banso::engine::revenue
