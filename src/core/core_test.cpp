#include <gtest/gtest.h>

#include "core/currency.hpp"
#include "core/money.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace banso::core {
namespace {

TEST(Day, ReadsAndWritesIsoAndRefusesTheRest) {
  EXPECT_EQ(to_string(*parse_day("2024-02-29")), "2024-02-29");
  for (const char* text : {"2023-02-29", "2023-13-01", "2023-1-1", "", "2023-01-01x", "20230101"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Day, RoundTripsOverFourCenturies) {
  for (int days = -60'000; days < 90'000; ++days) {
    const YearMonthDay date = year_month_day({days});
    ASSERT_EQ(day_from(date.year, date.month, date.day).days, days);
  }
}

TEST(Day, KnowsWeekdaysAndMonthEnds) {
  EXPECT_EQ(weekday(day_from(2026, 11, 22)), 6);
  EXPECT_EQ(weekday(day_from(1969, 12, 29)), 0);
  EXPECT_EQ(add_months(day_from(2024, 1, 31), 1), day_from(2024, 2, 29));
  EXPECT_EQ(add_months(day_from(2024, 3, 31), -13), day_from(2023, 2, 28));
}

TEST(Instant, ReadsOffsetsAndFractions) {
  EXPECT_EQ(to_string(*parse_instant("2026-11-22T09:30:00.123456+09:00")), "2026-11-22T00:30:00.123Z");
  EXPECT_EQ(to_string(*parse_instant("2022-01-13 02:19:29")), "2022-01-13T02:19:29.000Z");
  EXPECT_EQ(parse_instant("2022-01-13"), start_of(day_from(2022, 1, 13)));
  for (const char* text :
       {"2022-01-13T25:00:00Z", "2022-01-13T10:61:00Z", "2022-01-13Tx", "2022-01-13T10:00:00+25:00"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(Instant, FallsOnTheDayOfTheClockAsked) {
  const Instant late_evening_utc = *parse_instant("2026-11-22T20:00:00Z");
  EXPECT_EQ(day_of(late_evening_utc), day_from(2026, 11, 22));
  EXPECT_EQ(day_of(late_evening_utc, 540), day_from(2026, 11, 23));
  EXPECT_EQ(day_of({-1}), day_from(1969, 12, 31));
}

TEST(Currency, IsOneThatExistsOrOnceExisted) {
  EXPECT_EQ(currency_code("JPY"), "JPY");
  EXPECT_EQ(currency_code("usd"), "USD");
  EXPECT_EQ(currency_code("DEM"), "DEM");
  for (const char* none : {"", "YEN", "ZZZ", "US", "USDX", "¥", "円", "U$D"})
    EXPECT_EQ(currency_code(none), std::nullopt) << none;
}

TEST(Money, ReadsPeoplesNotationExactly) {
  EXPECT_EQ(parse_money("¥1,250", "JPY"), (Money{1250, "JPY"}));
  EXPECT_EQ(parse_money("1,250円", "JPY"), (Money{1250, "JPY"}));
  EXPECT_EQ(parse_money("12.5", "USD"), (Money{1250, "USD"}));
  EXPECT_EQ(parse_money("-$0.05", "USD"), (Money{-5, "USD"}));
  EXPECT_EQ(parse_money("100.00", "JPY"), (Money{100, "JPY"}));
  for (const char* text : {"", "abc", "1.234", "--1", "99999999999999999999"}) {
    EXPECT_FALSE(parse_money(text, "USD")) << text;
  }
  EXPECT_FALSE(parse_money("1.5", "JPY"));
}

TEST(Money, WritesWhatItReads) {
  for (const std::int64_t amount : {0L, 5L, -5L, 123456L, -100L}) {
    const Money money{amount, "USD"};
    EXPECT_EQ(parse_money(decimal_string(money), "USD"), money);
  }
}

Result<int> half(int number) {
  if (number % 2 != 0) return Error::invalid({"odd", "奇数です"});
  return number / 2;
}

Result<int> quarter(int number) {
  BANSO_TRY_ASSIGN(const int once, half(number));
  return half(once);
}

TEST(Result, CarriesTheFirstErrorOut) {
  EXPECT_EQ(*quarter(12), 3);
  EXPECT_EQ(quarter(6).error().message.ja, "奇数です");
}

}  // namespace
}  // namespace banso::core
