#include "money_in_words.hpp"

#include <gtest/gtest.h>

namespace banso::core {
namespace {

TEST(MoneyInWords, AreRoundedAsPeopleSayThem) {
  EXPECT_EQ(money_in_words({3'100'000, "JPY"}), (Text{"3.1 million yen", "310万円"}));
  EXPECT_EQ(money_in_words({12'340'000'000, "JPY"}), (Text{"12.3 billion yen", "123億円"}));
  EXPECT_EQ(money_in_words({123'456'789, "JPY"}), (Text{"123 million yen", "1.2億円"}));
  EXPECT_EQ(money_in_words({12'340, "JPY"}), (Text{"12,300 yen", "1.2万円"}));
  EXPECT_EQ(money_in_words({980, "JPY"}), (Text{"980 yen", "980円"}));
  EXPECT_EQ(money_in_words({3'123'456, "USD"}), (Text{"$31,200", "3.1万ドル"}));
  EXPECT_EQ(money_in_words({-3'000'000'00, "EUR"}), (Text{"-€3 million", "-300万ユーロ"}));
  EXPECT_EQ(money_in_words({1'000'00, "CHF"}), (Text{"CHF 1,000", "1,000 CHF"}));
  EXPECT_EQ(money_in_words({999'999, "JPY"}), (Text{"1 million yen", "100万円"}));
  EXPECT_EQ(money_in_words({0, "JPY"}), (Text{"0 yen", "0円"}));
}

}  // namespace
TEST(WithCommas, PartsThousands) {
  EXPECT_EQ(with_commas(0), "0");
  EXPECT_EQ(with_commas(999), "999");
  EXPECT_EQ(with_commas(1000), "1,000");
  EXPECT_EQ(with_commas(1234567), "1,234,567");
}

}  // namespace banso::core
