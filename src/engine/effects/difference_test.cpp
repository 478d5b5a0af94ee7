// Against published figures.
#include "difference.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace banso::engine::effects {
namespace {

// Student's sleep data; R: t.test(extra ~ group) gives t = -1.8608, df = 17.776, p = 0.07939, [-3.3654832, 0.2054832].
const std::vector<double> drug_1 = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
const std::vector<double> drug_2 = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

TEST(DifferenceOfMeans, IsWelchs) {
  const auto found = difference_of_means(drug_1, drug_2, 0.95);
  ASSERT_TRUE(found.interval);
  EXPECT_NEAR(found.difference, -1.58, 1e-12);
  EXPECT_NEAR(found.interval->low, -3.3654832, 1e-6);
  EXPECT_NEAR(found.interval->high, 0.2054832, 1e-6);
  EXPECT_NEAR(found.p_value, 0.07939, 5e-6);
}

TEST(DifferenceOfMeans, SaysWhyItCannotSay) {
  const std::vector<double> one = {1}, same = {2, 2, 2}, others = {3, 3};
  EXPECT_EQ(difference_of_means(one, drug_1, 0.9).cannot_say, CannotSay::too_few);
  EXPECT_EQ(difference_of_means(same, others, 0.9).cannot_say, CannotSay::no_variation);
  EXPECT_EQ(difference_of_amounts(same, others, 0.9, 1).cannot_say, CannotSay::no_variation);
  EXPECT_EQ(difference_of_amounts({}, others, 0.9, 1).cannot_say, CannotSay::too_few);
  EXPECT_EQ(difference_of_rates({0, 0}, {1, 2}, 0.9).cannot_say, CannotSay::too_few);
}

// The same ten people took both: R's paired t gives t = -4.0621, p = 0.00283. Of 1,024 patterns of signs, those as far
// from 0 are few; the bootstrap's interval lies near Student's [-2.4598858, -0.7001142].
TEST(DifferenceOfPairs, SeesWhatArmsHide) {
  std::vector<Matched> pairs;
  for (std::size_t i = 0; i < drug_1.size(); ++i) pairs.push_back({drug_1[i], drug_2[i]});
  const auto found = difference_of_pairs(pairs, 0.95, 7);
  ASSERT_TRUE(found.interval);
  EXPECT_NEAR(found.difference, -1.58, 1e-12);
  EXPECT_LT(found.interval->high, 0);
  EXPECT_GT(found.interval->low, -3.6);
  EXPECT_LT(found.p_value, 0.01);
}

// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
TEST(Wilson, IsAsPublished) {
  const struct {
    Rate rate;
    double low, high;
  } published[] = {
      {{81, 263}, 0.2553, 0.3662}, {{15, 148}, 0.0624, 0.1605}, {{0, 20}, 0.0000, 0.1611}, {{1, 29}, 0.0061, 0.1718}};
  for (const auto& each : published) {
    const auto found = wilson(each.rate, 0.95);
    EXPECT_NEAR(found.low, each.low, 6e-5);
    EXPECT_NEAR(found.high, each.high, 6e-5);
  }
}

// Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
TEST(DifferenceOfRates, IsNewcombes) {
  const struct {
    Rate a, b;
    double low, high;
  } published[] = {{{56, 70}, {48, 80}, 0.0524, 0.3339}, {{9, 10}, {3, 10}, 0.1705, 0.8090},
                   {{6, 7}, {2, 7}, 0.0582, 0.8062},     {{5, 56}, {0, 29}, -0.0381, 0.1926},
                   {{0, 10}, {0, 20}, -0.1611, 0.2775},  {{10, 10}, {0, 10}, 0.6075, 1.0000}};
  for (const auto& each : published) {
    const auto found = difference_of_rates(each.a, each.b, 0.95);
    ASSERT_TRUE(found.interval);
    EXPECT_NEAR(found.interval->low, each.low, 6e-5);
    EXPECT_NEAR(found.interval->high, each.high, 6e-5);
  }
}

// The lady tasting tea: 0.4857; R's fisher.test of Convictions (10/13 against 2/17): 0.0005367.
TEST(DifferenceOfRates, HasFishersP) {
  EXPECT_NEAR(difference_of_rates({3, 4}, {1, 4}, 0.9).p_value, 0.4857143, 1e-6);
  EXPECT_NEAR(difference_of_rates({10, 13}, {2, 17}, 0.9).p_value, 0.0005367, 5e-8);
  EXPECT_DOUBLE_EQ(difference_of_rates({4, 4}, {9, 9}, 0.9).p_value, 1);
}

TEST(DifferenceOfAmounts, IsTheSameForTheSameSeed) {
  const auto first = difference_of_amounts(drug_1, drug_2, 0.9, 42);
  const auto second = difference_of_amounts(drug_1, drug_2, 0.9, 42);
  ASSERT_TRUE(first.interval);
  EXPECT_EQ(first.interval->low, second.interval->low);
  EXPECT_EQ(first.p_value, second.p_value);
  // Near Welch's where tails are short: [-3.05, -0.11] and p = 0.079.
  EXPECT_NEAR(first.interval->low, -3.05, 0.25);
  EXPECT_NEAR(first.interval->high, -0.11, 0.25);
  EXPECT_NEAR(first.p_value, 0.079, 0.03);
}

TEST(AdjustedDifference, TakesOutWhatWasThereBefore) {
  // after = before + 10, and 2 more where treated; a little rest.
  std::vector<BeforeAfter> treated, comparison;
  for (int i = 0; i < 40; ++i) {
    const double rest = (i % 5 - 2) * 0.1;
    treated.push_back({i * 2.5, i * 2.5 + 12 + rest});
    comparison.push_back({(39 - i) * 2.5, (39 - i) * 2.5 + 10 + rest});
  }
  const auto found = adjusted_difference_of_means(treated, comparison, 0.9);
  ASSERT_TRUE(found.interval);
  EXPECT_TRUE(found.is_adjusted);
  EXPECT_NEAR(found.difference, 2, 0.01);
  EXPECT_LT(found.standard_error, 0.05);
  EXPECT_NEAR(found.treated.value, 60.75, 1e-9);  // shown as measured
}

TEST(AdjustedDifference, StaysPlainWhereBeforeSaysNothing) {
  std::vector<BeforeAfter> treated, comparison;
  for (int i = 0; i < 20; ++i) {
    treated.push_back({5, i % 4 + 1.0});
    comparison.push_back({5, i % 3 + 0.0});
  }
  EXPECT_FALSE(adjusted_difference_of_means(treated, comparison, 0.9).is_adjusted);
}

TEST(DifferenceOfRatios, ComparesSums) {
  std::vector<BeforeAfter> treated, comparison;
  for (int i = 1; i <= 60; ++i) {
    treated.push_back({100.0 * i, 100.0 * i * (1.05 + 0.02 * (i % 3 - 1))});
    comparison.push_back({100.0 * i, 100.0 * i * (0.95 + 0.02 * (i % 5 - 2))});
  }
  const auto found = difference_of_ratios(treated, comparison, 0.9, 3);
  ASSERT_TRUE(found.interval);
  EXPECT_NEAR(found.difference, 0.10, 0.01);
  EXPECT_TRUE(found.interval->excludes(0));
  EXPECT_LT(found.p_value, 0.01);
}

}  // namespace
}  // namespace banso::engine::effects
