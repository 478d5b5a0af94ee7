#include "day_in_words.hpp"

#include <array>

#include <fmt/format.h>

namespace banso::core {

Text day_in_words(Day day) {
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto date = year_month_day(day);
  return {fmt::format("{} {} {}", date.day, months[static_cast<std::size_t>(date.month - 1)], date.year),
          fmt::format("{}年{}月{}日", date.year, date.month, date.day)};
}

}  // namespace banso::core
