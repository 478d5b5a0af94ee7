// Calendar months as numbers, and the periods that figures are shown by.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/time.hpp"

namespace banso::engine::revenue {

using core::Day;

inline constexpr Day forever{std::numeric_limits<std::int32_t>::max()};

// Months since January of year 0, so that months can be subtracted.
struct Month {
  std::int32_t index = 0;

  auto operator<=>(const Month&) const = default;
  Month operator+(int count) const { return {index + count}; }
  Month operator-(int count) const { return {index - count}; }
  int operator-(Month other) const { return index - other.index; }
};

Month month_of(Day day);
Month month_from(int year, int month);  // month 1..12
Day first_day(Month month);
Day last_day(Month month);

// Months from first to last, both inclusive; empty where last < first.
struct MonthRange {
  Month first, last;

  int size() const { return last < first ? 0 : last - first + 1; }
  bool contains(Month month) const { return first <= month && month <= last; }
  bool operator==(const MonthRange&) const = default;
};

enum class Grain { month, quarter, fiscal_year };

// The whole periods that touch `months`, oldest first; the first and last may reach beyond `months`. Quarters and years
// are counted from the first month of the fiscal year (1..12; Japan mostly 4).
std::vector<MonthRange> periods(MonthRange months, Grain grain, int fiscal_year_start_month = 1);

}  // namespace banso::engine::revenue
