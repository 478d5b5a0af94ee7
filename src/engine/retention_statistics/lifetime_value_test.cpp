#include "lifetime_value.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace banso::engine::retention_statistics {
namespace {

// 1,000 customers of the published "high end" cohort, seen for seven periods.
std::vector<Lifetime> high_end() {
  constexpr int survivors[] = {1000, 869, 743, 653, 593, 551, 517, 491};
  std::vector<Lifetime> lifetimes;
  for (int t = 1; t <= 7; ++t)
    for (int i = survivors[t]; i < survivors[t - 1]; ++i) lifetimes.push_back({from_the_begin, double(t), true, 0});
  for (int i = 0; i < 491; ++i) lifetimes.push_back({from_the_begin, 7, false, 0});
  return lifetimes;
}

TEST(LifetimeValue, DividesByChurn) {
  const ChurnCount churn{20, 1000, 100};
  EXPECT_NEAR(monthly_churn(churn)->value, 0.02, 1e-12);
  EXPECT_NEAR(simple_lifetime_value({10'000, 0.8}, churn)->value, 500'000, 1e-6);
  const Estimate margin = *margin_lifetime_value({10'000, 0.8}, churn);
  EXPECT_NEAR(margin.value, 400'000, 1e-6);
  EXPECT_LT(*margin.low, margin.value);
  EXPECT_GT(*margin.high, margin.value);
  // Garwood for 20 happenings: 12.2165 to 30.8884.
  EXPECT_NEAR(*margin.low, 8000 / 0.0308884, 3);
}

TEST(LifetimeValue, SaysWhatCannotBeSaid) {
  EXPECT_EQ(monthly_churn({0, 0, 0}).error(), CannotSay::no_customers);
  EXPECT_EQ(monthly_churn({0, 500, 100}).error(), CannotSay::no_churn_yet);
  EXPECT_EQ(monthly_churn({2, 500, 100}).error(), CannotSay::too_few_losses);
  EXPECT_EQ(monthly_churn({2, 20, 4}).error(), CannotSay::too_few_customers);
  EXPECT_EQ(margin_lifetime_value({0, 0.8}, {20, 1000, 100}).error(), CannotSay::no_margin);
  EXPECT_EQ(acquisition_cost(0, 3).error(), CannotSay::no_costs);
  EXPECT_EQ(acquisition_cost(100, 0).error(), CannotSay::no_new_customers);
  EXPECT_EQ(payback_months(100, {0, 1}).error(), CannotSay::no_margin);
  EXPECT_EQ(survival_lifetime_value({1, 1}, {}).error(), CannotSay::no_customers);
  const std::vector<Lifetime> all_there(50, Lifetime{from_the_begin, 12, false, 0});
  EXPECT_EQ(survival_lifetime_value({1, 1}, all_there).error(), CannotSay::no_churn_yet);
  for (int i = 0; i <= static_cast<int>(CannotSay::not_paid_back); ++i) {
    EXPECT_FALSE(explain(static_cast<CannotSay>(i)).ja.empty());
    EXPECT_FALSE(name_of(static_cast<CannotSay>(i)).empty());
  }
}

TEST(LifetimeValue, AddsUpTheCurveAsFarAsItWasSeen) {
  LifetimeValueOptions options;
  options.horizon_months = 7;
  const auto value = survival_lifetime_value({1000, 0.5}, high_end(), options);
  ASSERT_TRUE(value.has_value());
  EXPECT_NEAR(value->lifetime_months.value, 1 + .869 + .743 + .653 + .593 + .551 + .517, 1e-12);
  EXPECT_NEAR(value->value_minor.value, 500 * value->lifetime_months.value, 1e-9);
  EXPECT_NEAR(value->seen_share, 1, 1e-12);
  EXPECT_FALSE(value->curve.model.has_value());
}

TEST(LifetimeValue, GoesOnWithTheProjection) {
  LifetimeValueOptions options;
  options.horizon_months = 13;
  const auto value = survival_lifetime_value({1, 1}, high_end(), options);
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value->curve.seen_months, 7);
  ASSERT_TRUE(value->curve.model.has_value());
  EXPECT_NEAR(value->curve.model->alpha(), 0.668, 5e-4);
  // What then happened: 468, 445, 427, 409, 394 of 1,000.
  const double happened = 1 + .869 + .743 + .653 + .593 + .551 + .517 + .491 + .468 + .445 + .427 + .409 + .394;
  EXPECT_NEAR(value->lifetime_months.value, happened, 0.06);
  EXPECT_LT(*value->lifetime_months.low, happened);
  EXPECT_GT(*value->lifetime_months.high, happened);
  EXPECT_LT(value->seen_share, 1);
  // The bootstrap is about as wide as Greenwood's variance says for the part that was seen (0.158 in seven periods).
  EXPECT_NEAR(*value->lifetime_months.high - *value->lifetime_months.low, 0.62, 0.12);
}

TEST(LifetimeValue, IsTheSameEachTimeAndLessWithDiscount) {
  LifetimeValueOptions options;
  options.horizon_months = 36;
  const auto once = survival_lifetime_value({1, 1}, high_end(), options);
  const auto again = survival_lifetime_value({1, 1}, high_end(), options);
  EXPECT_EQ(once->value_minor.low, again->value_minor.low);
  options.yearly_discount_rate = 0.1;
  const auto discounted = survival_lifetime_value({1, 1}, high_end(), options);
  EXPECT_LT(discounted->value_minor.value, once->value_minor.value);
  EXPECT_EQ(discounted->lifetime_months.value, once->lifetime_months.value);
}

TEST(LifetimeValue, PaysBack) {
  EXPECT_NEAR(*acquisition_cost(1'000'000, 8), 125'000, 1e-9);
  EXPECT_NEAR(*payback_months(125'000, {12'500, 0.8}), 12.5, 1e-12);
  const ValuedCurve curve{{1, 0.5, 0.25, 0.125}, 3, std::nullopt};
  EXPECT_EQ(*survival_payback_months(140, {100, 1}, curve), 2);
  EXPECT_EQ(survival_payback_months(200, {100, 1}, curve).error(), CannotSay::not_paid_back);
}

}  // namespace
}  // namespace banso::engine::retention_statistics
