#include "cost_of_churn.hpp"

#include <gtest/gtest.h>

namespace banso::retention {
namespace {

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
