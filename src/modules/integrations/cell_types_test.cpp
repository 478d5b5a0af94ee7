#include "cell_types.hpp"

#include <gtest/gtest.h>

namespace banso::integrations {
namespace {

TEST(Cells, Integers) {
  const std::pair<const char*, std::int64_t> good[]{{"12", 12},
                                                    {" 1,250 ", 1250},
                                                    {"-3", -3},
                                                    {"１２３", 123},
                                                    {"12.0", 12},
                                                    {"1,234,567", 1234567},
                                                    {"▲5", -5},
                                                    {"+7", 7},
                                                    {"\xE3\x80\x80"
                                                     "8\xE3\x80\x80",
                                                     8},
                                                    {"－４", -4}};
  for (const auto& [text, value] : good) EXPECT_EQ(read_integer(text), value) << text;
  for (const char* text :
       {"", " ", "1.5", "abc", "1,2", "12,34", "1 2", "--1", "1,,000", "99999999999999999999", ",123"}) {
    EXPECT_FALSE(read_integer(text)) << text;
  }
}

TEST(Cells, Decimals) {
  EXPECT_DOUBLE_EQ(*read_decimal("1,250.5"), 1250.5);
  EXPECT_DOUBLE_EQ(*read_decimal("12.5%"), 0.125);
  EXPECT_DOUBLE_EQ(*read_decimal("１２．５％"), 0.125);
  EXPECT_DOUBLE_EQ(*read_decimal(".5"), 0.5);
  EXPECT_DOUBLE_EQ(*read_decimal("1e-3"), 0.001);
  for (const char* text : {"", ".", "1.2.3", "nan", "inf", "e5", "1,5", "0x10"})
    EXPECT_FALSE(read_decimal(text)) << text;
}

TEST(Cells, Days) {
  const std::pair<const char*, core::Day> good[]{{"2024-01-31", core::day_from(2024, 1, 31)},
                                                 {"2024/1/31", core::day_from(2024, 1, 31)},
                                                 {"2024年1月31日", core::day_from(2024, 1, 31)},
                                                 {"２０２４／１／３１", core::day_from(2024, 1, 31)},
                                                 {"20240131", core::day_from(2024, 1, 31)},
                                                 {"令和6年1月31日", core::day_from(2024, 1, 31)},
                                                 {"令和元年5月1日", core::day_from(2019, 5, 1)},
                                                 {"R6.1.31", core::day_from(2024, 1, 31)},
                                                 {"H31/4/30", core::day_from(2019, 4, 30)},
                                                 {"昭和64年1月7日", core::day_from(1989, 1, 7)},
                                                 {"31 Jan 2024", core::day_from(2024, 1, 31)},
                                                 {"Jan 31, 2024", core::day_from(2024, 1, 31)},
                                                 {"31-Jan-2024", core::day_from(2024, 1, 31)},
                                                 {"1/31/2024", core::day_from(2024, 1, 31)},
                                                 {"31.1.2024", core::day_from(2024, 1, 31)},
                                                 {"2024/1/31(水)", core::day_from(2024, 1, 31)},
                                                 {"2024-01-31 00:00:00", core::day_from(2024, 1, 31)},
                                                 {"2024.2.29", core::day_from(2024, 2, 29)}};
  for (const auto& [text, day] : good) {
    const auto read = read_day(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(core::to_string(*read), core::to_string(day)) << text;
  }
  for (const char* text : {"", "2023-02-29", "2024-13-01", "2024-1", "1/2/2024", "2024-01-31 10:00", "平成31年6月1日",
                           "令和0年1月1日", "31 Foo 2024", "2024-01/31", "soon", "13/13/2024", "明治元年1月1日"}) {
    EXPECT_FALSE(read_day(text)) << text;
  }
  EXPECT_EQ(read_day("1/2/2024", DateOrder::month_first), core::day_from(2024, 1, 2));
  EXPECT_EQ(read_day("1/2/2024", DateOrder::day_first), core::day_from(2024, 2, 1));
}

TEST(Cells, Instants) {
  const std::pair<const char*, const char*> good[]{{"2024-01-31T10:00:00Z", "2024-01-31T10:00:00.000Z"},
                                                   {"2024-01-31 10:00:00", "2024-01-31T10:00:00.000Z"},
                                                   {"2022-01-13 02:19:29", "2022-01-13T02:19:29.000Z"},
                                                   {"2024-01-31T19:00:00.5+09:00", "2024-01-31T10:00:00.500Z"},
                                                   {"2024/1/31 9:05", "2024-01-31T09:05:00.000Z"},
                                                   {"2024年1月31日 午後3時5分", "2024-01-31T15:05:00.000Z"},
                                                   {"1/31/2024 3:05 PM", "2024-01-31T15:05:00.000Z"},
                                                   {"2024-01-31", "2024-01-31T00:00:00.000Z"},
                                                   {"1706695200", "2024-01-31T10:00:00.000Z"},
                                                   {"1706695200123", "2024-01-31T10:00:00.123Z"},
                                                   {"2024-01-31 10:00:00 UTC", "2024-01-31T10:00:00.000Z"}};
  for (const auto& [text, expected] : good) {
    const auto at = read_instant(text);
    ASSERT_TRUE(at) << text;
    EXPECT_EQ(core::to_string(*at), expected) << text;
  }
  for (const char* text :
       {"", "10:00", "2024-01-31 25:00", "2024-01-31 10:60", "2024-01-31 10:00 Mars", "2024-01-31 13:00 PM"}) {
    EXPECT_FALSE(read_instant(text)) << text;
  }
}

TEST(Cells, InstantsFollowTheClockOfTheirPlace) {
  const auto tokyo = clock_of("Asia/Tokyo");
  EXPECT_EQ(core::to_string(*read_instant("2024-01-31 10:00", {}, *tokyo)), "2024-01-31T01:00:00.000Z");
  EXPECT_EQ(core::to_string(*read_instant("2024-01-31T10:00Z", {}, *tokyo)), "2024-01-31T10:00:00.000Z");
  const auto berlin = clock_of("Europe/Berlin");
  EXPECT_EQ(core::to_string(*read_instant("2024-07-01 12:00", {}, *berlin)), "2024-07-01T10:00:00.000Z");
  EXPECT_EQ(core::to_string(*read_instant("2024-01-01 12:00", {}, *berlin)), "2024-01-01T11:00:00.000Z");
  EXPECT_FALSE(clock_of("Asia/Tokio"));
  const auto ahead = fixed_clock(540);
  EXPECT_EQ(core::to_string(*read_instant("2024-01-31 10:00", {}, *ahead)), "2024-01-31T01:00:00.000Z");
  EXPECT_EQ(core::to_string(*read_instant("2024-01-31T10:00Z", {}, *ahead)), "2024-01-31T10:00:00.000Z");
}

TEST(Cells, YesAndNo) {
  for (const char* text : {"はい", "○", "Yes", "TRUE", "1", "有", "ｙｅｓ", "あり"})
    EXPECT_EQ(read_yes_no(text), true) << text;
  for (const char* text : {"いいえ", "×", "no", "False", "0", "無", "なし"})
    EXPECT_EQ(read_yes_no(text), false) << text;
  for (const char* text : {"", "maybe", "2", "はいはい"}) EXPECT_FALSE(read_yes_no(text)) << text;
}

TEST(Cells, Money) {
  struct Example {
    const char* text;
    const char* amount;
    const char* currency;
  };
  for (const auto& [text, amount, currency] :
       {Example{"¥1,250", "1250", "JPY"}, Example{"1,250円", "1250", "JPY"}, Example{"￥１，２５０", "1250", "JPY"},
        Example{"$12.50", "12.50", "USD"}, Example{"USD 12.50", "12.50", "USD"}, Example{"12.50 EUR", "12.50", "EUR"},
        Example{"-$3", "-3", "USD"}, Example{"$-3", "-3", "USD"}, Example{"(1,250)", "-1250", ""},
        Example{"▲1,250円", "-1250", "JPY"}, Example{"29.85", "29.85", ""}, Example{"\\980", "980", "JPY"}}) {
    const auto money = read_money(text);
    ASSERT_TRUE(money) << text;
    EXPECT_EQ(money->amount, amount) << text;
    EXPECT_EQ(money->currency, currency) << text;
  }
  for (const char* text : {"", "円", "abc", "$1,2", "1.2.3", "--5", "- -5"}) EXPECT_FALSE(read_money(text)) << text;
}

TEST(Cells, EMailAddresses) {
  for (const char* text : {"a@example.com", " taro.yamada+x@example.co.jp "}) EXPECT_TRUE(is_email(text)) << text;
  for (const char* text :
       {"", "a@b", "@example.com", "a@@example.com", "a b@example.com", "a@example..com", "a@.com"}) {
    EXPECT_FALSE(is_email(text)) << text;
  }
}

CellType type_of(const std::vector<const char*>& cells) {
  TypeDetector detector;
  for (const char* cell : cells) detector.add(cell);
  return detector.type();
}

TEST(Columns, SayWhatTheyAre) {
  EXPECT_EQ(type_of({"1", "2", "", "1,000"}), CellType::integer);
  EXPECT_EQ(type_of({"29.85", "1889.5", " "}), CellType::decimal);
  EXPECT_EQ(type_of({"¥1,250", "¥980"}), CellType::money);
  EXPECT_EQ(type_of({"1,250円", "980"}), CellType::money);
  EXPECT_EQ(type_of({"2024-01-31", "2024/2/1"}), CellType::date);
  EXPECT_EQ(type_of({"2024-01-31 10:00", "2024/2/1"}), CellType::date_time);
  EXPECT_EQ(type_of({"Yes", "No", "Yes"}), CellType::yes_no);
  EXPECT_EQ(type_of({"○", "×"}), CellType::yes_no);
  EXPECT_EQ(type_of({"a@example.com", "b@example.com"}), CellType::email);
  EXPECT_EQ(type_of({"東京", "1"}), CellType::text);
  EXPECT_EQ(type_of({"", " ", "\xE3\x80\x80"}), CellType::empty);
  EXPECT_EQ(type_of({"No phone service", "Yes", "No"}), CellType::text);
}

TEST(Columns, ShowHowTheirDaysAreToBeRead) {
  TypeDetector american;
  for (const char* cell : {"1/2/2024", "1/31/2024"}) american.add(cell);
  EXPECT_EQ(american.type(), CellType::date);
  EXPECT_EQ(american.date_order(), DateOrder::month_first);
  TypeDetector european;
  for (const char* cell : {"1/2/2024", "31/1/2024"}) european.add(cell);
  EXPECT_EQ(european.date_order(), DateOrder::day_first);
  TypeDetector open;
  for (const char* cell : {"1/2/2024", "3/4/2024"}) open.add(cell);
  EXPECT_FALSE(open.date_order());
  EXPECT_TRUE(open.has_ambiguous_dates());
  TypeDetector contradictory;
  for (const char* cell : {"13/2/2024", "3/14/2024"}) contradictory.add(cell);
  EXPECT_FALSE(contradictory.date_order());
}

}  // namespace
}  // namespace banso::integrations
