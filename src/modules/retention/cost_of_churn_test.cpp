#include "cost_of_churn.hpp"

#include <gtest/gtest.h>

#include "money_in_words.hpp"

namespace banso::retention {
namespace {

TEST(MoneyInWords, SpeaksAsPeopleDo) {
  EXPECT_EQ(money_in_words({3'100'000, "JPY"}), (core::Text{"3.1 million yen", "310万円"}));
  EXPECT_EQ(money_in_words({12'340'000'000, "JPY"}), (core::Text{"12.3 billion yen", "123億円"}));
  EXPECT_EQ(money_in_words({123'456'789, "JPY"}), (core::Text{"123 million yen", "1.2億円"}));
  EXPECT_EQ(money_in_words({12'340, "JPY"}), (core::Text{"12,300 yen", "1.2万円"}));
  EXPECT_EQ(money_in_words({980, "JPY"}), (core::Text{"980 yen", "980円"}));
  EXPECT_EQ(money_in_words({3'123'456, "USD"}), (core::Text{"$31,200", "3.1万ドル"}));
  EXPECT_EQ(money_in_words({-3'000'000'00, "EUR"}), (core::Text{"-€3 million", "-300万ユーロ"}));
  EXPECT_EQ(money_in_words({1'000'00, "CHF"}), (core::Text{"CHF 1,000", "1,000 CHF"}));
  EXPECT_EQ(money_in_words({999'999, "JPY"}), (core::Text{"1 million yen", "100万円"}));
  EXPECT_EQ(money_in_words({0, "JPY"}), (core::Text{"0 yen", "0円"}));
}

TEST(CostOfChurn, SaysWhatLeaksAndWhatAPointIsWorth) {
  const CostOfChurn cost = cost_of_churn(37'200'000, 12, 310'000'000, "JPY");
  EXPECT_EQ(cost.per_month_minor, 3'100'000);
  EXPECT_EQ(cost.point_of_grr_minor, 37'200'000);
  EXPECT_EQ(cost.text.en,
            "The bucket leaks 3.1 million yen of monthly revenue every month. One point more of GRR keeps 37.2 million "
            "yen a year.");
  EXPECT_EQ(cost.text.ja,
            "月次経常収益が毎月310万円ずつ漏れています。GRRが1ポイント上がると、年間3,720万円を守れます。");
}

TEST(CostOfChurn, SaysWhereThereIsNothingToSay) {
  EXPECT_EQ(cost_of_churn(0, 0, 0, "JPY").text.en, "There was no recurring revenue to lose yet.");
  EXPECT_TRUE(cost_of_churn(0, 12, 100'000, "JPY").text.en.starts_with("The bucket does not leak"));
}

}  // namespace
}  // namespace banso::retention
