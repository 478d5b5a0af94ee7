#include "calendar.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace banso::simulation {
namespace {

std::vector<std::string> holidays_of(int year) {
  std::vector<std::string> days;
  const core::Day end = core::day_from(year + 1, 1, 1);
  for (core::Day day = core::day_from(year, 1, 1); day < end; day = day + 1) {
    if (is_japanese_holiday(day)) days.push_back(core::to_string(day).substr(5));
  }
  return days;
}

TEST(Calendar, JapaneseHolidaysAsPublishedByTheCabinetOffice) {
  EXPECT_EQ(holidays_of(2025), (std::vector<std::string>{"01-01", "01-13", "02-11", "02-23", "02-24", "03-20", "04-29",
                                                         "05-03", "05-04", "05-05", "05-06", "07-21", "08-11", "09-15",
                                                         "09-23", "10-13", "11-03", "11-23", "11-24"}));
  // 22 September 2026 lies between two holidays and becomes one itself.
  EXPECT_EQ(holidays_of(2026), (std::vector<std::string>{"01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03",
                                                         "05-04", "05-05", "05-06", "07-20", "08-11", "09-21", "09-22",
                                                         "09-23", "10-12", "11-03", "11-23"}));
}

TEST(Calendar, QuietDaysDifferByCountry) {
  const core::Day obon = core::day_from(2025, 8, 14);  // a Thursday
  EXPECT_LT(share_at_work(obon, "JP"), 0.5);
  EXPECT_GT(share_at_work(obon, "SG"), 0.9);
  EXPECT_LT(share_at_work(obon, "FR"), 0.7);
  EXPECT_GT(share_at_work(core::day_from(2025, 12, 24), "JP"), 0.9);
  EXPECT_LT(share_at_work(core::day_from(2025, 12, 24), "US"), 0.3);
  EXPECT_LT(share_at_work(core::day_from(2025, 6, 1), "DE"), 0.1);  // a Sunday
  EXPECT_EQ(next_working_day(core::day_from(2025, 5, 3), "JP"), core::day_from(2025, 5, 7));
}

}  // namespace
}  // namespace banso::simulation
