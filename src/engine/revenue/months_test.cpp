#include "months.hpp"

#include <gtest/gtest.h>

namespace banso::engine::revenue {

namespace {

TEST(Months, HaveFirstAndLastDays) {
  const Month february = month_from(2024, 2);
  EXPECT_EQ(core::to_string(first_day(february)), "2024-02-01");
  EXPECT_EQ(core::to_string(last_day(february)), "2024-02-29");
  EXPECT_EQ(core::to_string(last_day(february + 10)), "2024-12-31");
  EXPECT_EQ(core::to_string(first_day(month_from(1969, 12))), "1969-12-01");
  for (Day day = core::day_from(1999, 1, 1); day < core::day_from(2001, 1, 1); day = day + 1) {
    EXPECT_LE(first_day(month_of(day)), day);
    EXPECT_LE(day, last_day(month_of(day)));
  }
}

TEST(Months, FiscalYearsMayBeginInApril) {
  const MonthRange range = {month_from(2025, 2), month_from(2026, 5)};
  const auto years = periods(range, Grain::fiscal_year, 4);
  ASSERT_EQ(years.size(), 3u);
  EXPECT_EQ(years[0], (MonthRange{month_from(2024, 4), month_from(2025, 3)}));
  EXPECT_EQ(years[2], (MonthRange{month_from(2026, 4), month_from(2027, 3)}));
  const auto calendar = periods(range, Grain::fiscal_year);
  ASSERT_EQ(calendar.size(), 2u);
  EXPECT_EQ(calendar[0].first, month_from(2025, 1));
}

TEST(Months, QuartersFollowTheFiscalYear) {
  const auto quarters = periods({month_from(2025, 2), month_from(2025, 5)}, Grain::quarter, 2);
  ASSERT_EQ(quarters.size(), 2u);
  EXPECT_EQ(quarters[0].first, month_from(2025, 2));
  EXPECT_EQ(periods({month_from(2025, 2), month_from(2025, 5)}, Grain::quarter)[0].first, month_from(2025, 1));
  EXPECT_EQ(periods({month_from(2025, 2), month_from(2025, 5)}, Grain::month).size(), 4u);
  EXPECT_TRUE(periods({month_from(2025, 5), month_from(2025, 4)}, Grain::month).empty());
}

}  // namespace
}  // namespace banso::engine::revenue
