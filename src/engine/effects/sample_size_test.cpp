// Against the examples of R's manual: power.t.test and power.prop.test.
#include "sample_size.hpp"

#include <gtest/gtest.h>

namespace banso::engine::effects {
namespace {

TEST(SampleSize, OfMeansIsAsInRsManual) {
  EXPECT_NEAR(power_of_means(20, 1, 1, 0.95), 0.8689528, 1e-6);
  EXPECT_NEAR(*cases_for_means(1, 1, {0.95, 0.90}), 22.02110, 2e-5);
  EXPECT_FALSE(cases_for_means(0, 1, {}));
}

TEST(SampleSize, OfRatesIsAsInRsManual) {
  EXPECT_NEAR(*cases_for_rates(0.50, 0.75, {0.95, 0.90}), 76.70693, 2e-5);
  EXPECT_FALSE(cases_for_rates(0.5, 0.5, {}));
}

TEST(SampleSize, SaysHowManyMore) {
  // Twice the error that is good enough: four times the cases.
  const Wanted wanted{0.9, 0.8};
  const double enough = 1 / (1.64485363 + 0.84162124);
  EXPECT_NEAR(static_cast<double>(*more_cases_needed(1, 2 * enough, 100, wanted)), 300, 1);
  EXPECT_EQ(*more_cases_needed(1, 0.9 * enough, 100, wanted), 0u);
  EXPECT_FALSE(more_cases_needed(0, 1, 100, wanted));
}

}  // namespace
}  // namespace banso::engine::effects
