#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/business_days.hpp"
#include "core/japanese_holidays.hpp"

namespace banso::core {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> holidays_of(int year) {
  std::vector<std::string> days;
  for (const auto& holiday : japanese_holidays(year)) days.push_back(to_string(holiday.day).substr(5));
  return days;
}

std::string name_on(int year, int month, int day) {
  const auto name = japanese_holiday(day_from(year, month, day));
  return name ? name->ja : "";
}

// As the Cabinet Office lists them.
TEST(JapaneseHolidays, OfKnownYears) {
  EXPECT_THAT(holidays_of(1955),
              ElementsAre("01-01", "01-15", "03-21", "04-29", "05-03", "05-05", "09-24", "11-03", "11-23"));
  EXPECT_THAT(holidays_of(1973), ElementsAre("01-01", "01-15", "02-11", "03-21", "04-29", "04-30", "05-03", "05-05",
                                             "09-15", "09-23", "09-24", "10-10", "11-03", "11-23"));
  EXPECT_THAT(holidays_of(2009),
              ElementsAre("01-01", "01-12", "02-11", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-20",
                          "09-21", "09-22", "09-23", "10-12", "11-03", "11-23", "12-23"));
  EXPECT_THAT(holidays_of(2018),
              ElementsAre("01-01", "01-08", "02-11", "02-12", "03-21", "04-29", "04-30", "05-03", "05-04", "05-05",
                          "07-16", "08-11", "09-17", "09-23", "09-24", "10-08", "11-03", "11-23", "12-23", "12-24"));
  EXPECT_THAT(holidays_of(2019), ElementsAre("01-01", "01-14", "02-11", "03-21", "04-29", "04-30", "05-01", "05-02",
                                             "05-03", "05-04", "05-05", "05-06", "07-15", "08-11", "08-12", "09-16",
                                             "09-23", "10-14", "10-22", "11-03", "11-04", "11-23"));
  EXPECT_THAT(holidays_of(2020),
              ElementsAre("01-01", "01-13", "02-11", "02-23", "02-24", "03-20", "04-29", "05-03", "05-04", "05-05",
                          "05-06", "07-23", "07-24", "08-10", "09-21", "09-22", "11-03", "11-23"));
  EXPECT_THAT(holidays_of(2021),
              ElementsAre("01-01", "01-11", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "07-22",
                          "07-23", "08-08", "08-09", "09-20", "09-23", "11-03", "11-23"));
  EXPECT_THAT(holidays_of(2024), ElementsAre("01-01", "01-08", "02-11", "02-12", "02-23", "03-20", "04-29", "05-03",
                                             "05-04", "05-05", "05-06", "07-15", "08-11", "08-12", "09-16", "09-22",
                                             "09-23", "10-14", "11-03", "11-04", "11-23"));
  EXPECT_THAT(holidays_of(2026),
              ElementsAre("01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06",
                          "07-20", "08-11", "09-21", "09-22", "09-23", "10-12", "11-03", "11-23"));
  EXPECT_TRUE(japanese_holidays(first_holiday_year - 1).empty());
  EXPECT_TRUE(japanese_holidays(last_holiday_year + 1).empty());
}

TEST(JapaneseHolidays, BearTheirNames) {
  EXPECT_EQ(name_on(1959, 4, 10), "皇太子・明仁親王の結婚の儀");
  EXPECT_EQ(name_on(1988, 5, 4), "国民の休日");
  EXPECT_EQ(name_on(1989, 2, 24), "昭和天皇の大喪の礼");
  EXPECT_EQ(name_on(1997, 5, 4), "");  // a Sunday between two holidays was none
  EXPECT_EQ(name_on(2006, 4, 29), "みどりの日");
  EXPECT_EQ(name_on(2007, 4, 29), "昭和の日");
  EXPECT_EQ(name_on(2009, 9, 22), "国民の休日");
  EXPECT_EQ(name_on(2019, 4, 30), "国民の休日");
  EXPECT_EQ(name_on(2019, 5, 1), "天皇の即位の日");
  EXPECT_EQ(name_on(2019, 12, 23), "");
  EXPECT_EQ(name_on(2020, 7, 24), "スポーツの日");
  EXPECT_EQ(name_on(2020, 10, 12), "");
  EXPECT_EQ(name_on(2032, 9, 21), "国民の休日");
}

// Astronomical dates of the equinoxes in Japan, as the almanac gives them.
TEST(JapaneseHolidays, FollowTheEquinoxes) {
  for (const auto& [year, day] : {std::pair(1960, 20),
                                  {1979, 21},
                                  {1980, 20},
                                  {1992, 20},
                                  {2000, 20},
                                  {2011, 21},
                                  {2024, 20},
                                  {2027, 21},
                                  {2030, 20},
                                  {2092, 19}}) {
    EXPECT_EQ(name_on(year, 3, day), "春分の日") << year;
  }
  for (const auto& [year, day] : {std::pair(1955, 24),
                                  {1979, 24},
                                  {1980, 23},
                                  {2008, 23},
                                  {2011, 23},
                                  {2012, 22},
                                  {2016, 22},
                                  {2024, 22},
                                  {2026, 23},
                                  {2045, 22}}) {
    EXPECT_EQ(name_on(year, 9, day), "秋分の日") << year;
  }
}

TEST(JapaneseHolidays, EveryYearIsPlausible) {
  for (int year = first_holiday_year; year <= last_holiday_year; ++year) {
    const auto holidays = japanese_holidays(year);
    EXPECT_GE(holidays.size(), 9u) << year;
    EXPECT_LE(holidays.size(), 22u) << year;
    for (std::size_t i = 0; i < holidays.size(); ++i) {
      EXPECT_EQ(year_month_day(holidays[i].day).year, year);
      EXPECT_TRUE(i == 0 || holidays[i - 1].day < holidays[i].day);
      EXPECT_FALSE(holidays[i].name.en.empty() || holidays[i].name.ja.empty());
      // Since 2007 no holiday on a Sunday goes unreplaced.
      if (year < 2007 || weekday(holidays[i].day) != 6) continue;
      Day next = holidays[i].day + 1;
      while (japanese_holiday(next) && japanese_holiday(next)->ja != "振替休日") next = next + 1;
      EXPECT_TRUE(japanese_holiday(next)) << to_string(holidays[i].day);
    }
  }
}

TEST(BusinessDays, SkipWeekendsHolidaysAndDaysOff) {
  const Day company_holiday = day_from(2026, 12, 30);
  const BusinessCalendar japan(HolidayCalendar::japan, {&company_holiday, 1});
  const BusinessCalendar weekends(HolidayCalendar::weekends_only);
  const Day thanksgiving = day_from(2026, 11, 23);  // a Monday
  EXPECT_FALSE(japan.is_business_day(thanksgiving));
  EXPECT_TRUE(weekends.is_business_day(thanksgiving));
  EXPECT_EQ(japan.on_or_before(thanksgiving), day_from(2026, 11, 20));
  EXPECT_EQ(japan.on_or_after(day_from(2026, 11, 21)), day_from(2026, 11, 24));
  EXPECT_EQ(weekends.on_or_after(day_from(2026, 11, 21)), thanksgiving);
  EXPECT_FALSE(japan.is_business_day(company_holiday));
  EXPECT_EQ(japan.plus(day_from(2026, 12, 29), 1), day_from(2026, 12, 31));
  EXPECT_EQ(japan.plus(thanksgiving, -1), day_from(2026, 11, 20));
  EXPECT_EQ(japan.plus(thanksgiving, 0), thanksgiving);
  EXPECT_EQ(japan.between(day_from(2026, 11, 20), day_from(2026, 11, 25)), 2);
  EXPECT_EQ(japan.between(day_from(2026, 11, 25), day_from(2026, 11, 20)), -2);
  EXPECT_EQ(holiday_calendar_from(word_of(HolidayCalendar::weekends_only)), HolidayCalendar::weekends_only);
  EXPECT_FALSE(holiday_calendar_from("mars"));
}

// Stepping and counting are each other's inverse from any business day.
TEST(BusinessDays, CountWhatTheyStep) {
  std::mt19937 random(7);
  const BusinessCalendar calendar;
  for (int i = 0; i < 500; ++i) {
    const Day from = calendar.on_or_after(day_from(1990, 1, 1) + static_cast<int>(random() % 20'000));
    const int count = static_cast<int>(random() % 60);
    EXPECT_EQ(calendar.between(from, calendar.plus(from, count)), count);
    EXPECT_EQ(calendar.plus(calendar.plus(from, count), -count), from);
  }
}

}  // namespace
}  // namespace banso::core
