#include "shifted_beta_geometric.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include <boost/math/special_functions/hypergeometric_pFq.hpp>

namespace banso::engine::retention_statistics {
namespace {

// Fader and Hardie 2007: survivors of 1,000 by year.
constexpr std::int64_t high_end[] = {1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394};
constexpr std::int64_t regular[] = {1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173};

std::vector<PeriodCount> first_seven(const std::int64_t (&survivors)[13]) {
  return *periods_of_survivors(std::span(survivors).first(8));
}

TEST(ShiftedBetaGeometric, GivesThePublishedFitOfTheHighEnd) {
  const auto periods = first_seven(high_end);
  const Fit fit = fit_shifted_beta_geometric(periods);
  ASSERT_EQ(fit.state, FitState::fitted);
  EXPECT_NEAR(fit.model->alpha(), 0.668, 5e-4);
  EXPECT_NEAR(fit.model->beta(), 3.806, 5e-4);
  EXPECT_NEAR(fit.log_likelihood, -1611.2, 0.05);
  EXPECT_NEAR(fit.model->survival(12), 0.3780, 5e-5);
  EXPECT_NEAR(fit.model->survivals(12).back(), fit.model->survival(12), 1e-15);
}

TEST(ShiftedBetaGeometric, GivesThePublishedFitOfTheRegular) {
  const Fit fit = fit_shifted_beta_geometric(first_seven(regular));
  ASSERT_EQ(fit.state, FitState::fitted);
  EXPECT_NEAR(fit.model->alpha(), 0.704, 5e-4);
  EXPECT_NEAR(fit.model->beta(), 1.182, 5e-4);
  EXPECT_NEAR(fit.model->survival(12), 0.1700, 5e-5);
}

TEST(ShiftedBetaGeometric, MaximumIsOne) {
  for (const auto* survivors : {&high_end, &regular}) {
    const auto periods = first_seven(*survivors);
    const Fit fit = fit_shifted_beta_geometric(periods);
    for (const double by : {0.99, 1.01}) {
      const double alpha = fit.model->alpha(), beta = fit.model->beta();
      EXPECT_LT(log_likelihood(ShiftedBetaGeometric::from_alpha_beta(alpha * by, beta), periods), fit.log_likelihood);
      EXPECT_LT(log_likelihood(ShiftedBetaGeometric::from_alpha_beta(alpha, beta * by), periods), fit.log_likelihood);
    }
    // The gradient vanishes.
    const double step = 1e-5;
    const auto at = [&](double a, double b) {
      return log_likelihood(ShiftedBetaGeometric::from_alpha_beta(fit.model->alpha() + a, fit.model->beta() + b),
                            periods);
    };
    EXPECT_NEAR((at(step, 0) - at(-step, 0)) / (2 * step), 0, 1e-3);
    EXPECT_NEAR((at(0, step) - at(0, -step)) / (2 * step), 0, 1e-3);
  }
}

TEST(ShiftedBetaGeometric, VariancesAreThoseOfTheCurvature) {
  const auto periods = first_seven(high_end);
  const Fit fit = fit_shifted_beta_geometric(periods);
  const double logit = std::log(fit.model->mean() / (1 - fit.model->mean())),
               log_spread = std::log(fit.model->spread());
  const auto at = [&](double a, double b) {
    return log_likelihood({1 / (1 + std::exp(-(logit + a))), std::exp(log_spread + b)}, periods);
  };
  const double h = 1e-3;
  const double mm = -(at(h, 0) - 2 * at(0, 0) + at(-h, 0)) / (h * h);
  const double ss = -(at(0, h) - 2 * at(0, 0) + at(0, -h)) / (h * h);
  const double ms = -(at(h, h) - at(h, -h) - at(-h, h) + at(-h, -h)) / (4 * h * h);
  const double determinant = mm * ss - ms * ms;
  EXPECT_NEAR(fit.variance_mean, ss / determinant, 1e-5);
  EXPECT_NEAR(fit.variance_spread, mm / determinant, 1e-4);
  EXPECT_NEAR(fit.covariance, -ms / determinant, 1e-4);
}

TEST(ShiftedBetaGeometric, ProjectsWithABandThatHoldsWhatHappened) {
  const Fit fit = fit_shifted_beta_geometric(first_seven(high_end));
  const auto projected = project(fit, 12);
  ASSERT_EQ(projected.size(), 13u);
  double before = 1;
  for (const ProjectedSurvival& point : projected) {
    EXPECT_LE(point.low, point.survival);
    EXPECT_GE(point.high, point.survival);
    EXPECT_LE(point.survival, before);
    before = point.survival;
  }
  EXPECT_LT(projected[12].low, 0.394);
  EXPECT_GT(projected[12].high, 0.378);
  EXPECT_GT(projected[12].low, 0.30);
}

TEST(ShiftedBetaGeometric, ProfileIntervalsEndWhereTheLikelihoodSays) {
  const auto periods = first_seven(high_end);
  const Fit fit = fit_shifted_beta_geometric(periods);
  const auto intervals = profile_intervals(fit, periods);
  ASSERT_TRUE(intervals);
  EXPECT_LT(intervals->alpha.low, fit.model->alpha());
  EXPECT_GT(intervals->alpha.high, fit.model->alpha());
  // At the bound, the best beta is exactly 1.92 less likely: looked for here by brute force.
  for (const double alpha : {intervals->alpha.low, intervals->alpha.high}) {
    double best = -1e300;
    for (double beta = 0.5; beta < 20; beta *= 1.0005)
      best = std::max(best, log_likelihood(ShiftedBetaGeometric::from_alpha_beta(alpha, beta), periods));
    EXPECT_NEAR(fit.log_likelihood - best, 1.920729, 1e-4);
  }
  EXPECT_LT(intervals->beta.low, fit.model->beta());
  EXPECT_GT(intervals->beta.high, fit.model->beta());
}

TEST(ShiftedBetaGeometric, FindsTheModelBehindManyCohortsAndLateEntries) {
  // Exact expectations of a known model, cohorts of different length, one seen only from its third period on.
  const auto truth = ShiftedBetaGeometric::from_alpha_beta(1.2, 5.5);
  std::vector<std::vector<PeriodCount>> cohorts;
  const std::int64_t many = 1'000'000'000;
  for (const int length : {4, 7, 10}) {
    std::vector<PeriodCount> cohort;
    for (int t = 1; t <= length; ++t) {
      const double at_risk = static_cast<double>(many) * truth.survival(t - 1);
      cohort.push_back({std::llround(at_risk), std::llround(at_risk * truth.loss_rate(t))});
    }
    if (length == 10) cohort[0] = cohort[1] = {};
    cohorts.push_back(std::move(cohort));
  }
  const Fit fit = fit_shifted_beta_geometric(add_periods(cohorts));
  EXPECT_NEAR(fit.model->alpha(), 1.2, 1e-5);
  EXPECT_NEAR(fit.model->beta(), 5.5, 1e-4);
}

TEST(ShiftedBetaGeometric, SaysWhenItCannotBeFitted) {
  const auto state = [](std::vector<PeriodCount> periods) { return fit_shifted_beta_geometric(periods).state; };
  EXPECT_EQ(state({}), FitState::no_customers);
  EXPECT_EQ(state({{10, 0}, {10, 0}}), FitState::no_loss);
  EXPECT_EQ(state({{10, 10}}), FitState::all_lost);
  EXPECT_EQ(state({{10, 2}}), FitState::too_few_periods);
  // Leaving more and more: no mixture does that, so that all alike fits best.
  const Fit rising = fit_shifted_beta_geometric(std::vector<PeriodCount>{{100, 1}, {99, 10}, {89, 30}});
  EXPECT_EQ(rising.state, FitState::constant_rate);
  EXPECT_NEAR(rising.model->mean(), 41.0 / 288, 1e-9);
  EXPECT_NEAR(rising.model->survival(5), std::pow(1 - 41.0 / 288, 5), 1e-9);
  EXPECT_FALSE(periods_of_survivors(std::vector<std::int64_t>{10, 11}).has_value());
}

TEST(ShiftedBetaGeometric, AsksWhereTheLifetimeHasNoEnd) {
  const Fit fit = fit_shifted_beta_geometric(first_seven(high_end));
  ASSERT_LT(fit.model->alpha(), 1);
  const auto endless = expected_lifetime(*fit.model, {});
  ASSERT_FALSE(endless.has_value());
  EXPECT_EQ(endless.error().fields.front().field, "horizon_periods");
  EXPECT_FALSE(residual_lifetime(*fit.model, 3, {}).has_value());
  EXPECT_TRUE(expected_lifetime(*fit.model, {20, 0}).has_value());
  EXPECT_TRUE(expected_lifetime(*fit.model, {{}, 0.1}).has_value());
  EXPECT_FALSE(expected_lifetime(*fit.model, {{}, -0.1}).has_value());
}

TEST(ShiftedBetaGeometric, SumsLifetimes) {
  const auto model = ShiftedBetaGeometric::from_alpha_beta(2.5, 4);
  EXPECT_NEAR(*expected_lifetime(model, {}), (2.5 + 4 - 1) / 1.5, 1e-12);
  // The mean of the survivors' residual life from the closed form, against a long sum.
  EXPECT_NEAR(*residual_lifetime(model, 3, {}), *residual_lifetime(model, 3, {4'000'000, 0}), 1e-3);
  EXPECT_NEAR(*expected_lifetime(model, {3, 0}), 1 + model.survival(1) + model.survival(2), 1e-12);
  EXPECT_NEAR(*expected_lifetime({0.2, 0}, {}), 5, 1e-12);
}

TEST(ShiftedBetaGeometric, GivesThePublishedFormulaOfTheResidualLifetime) {
  // Fader and Hardie 2010: DERL after n - 1 renewals = (b+n-1)/(a+b+n-1) 2F1(1, b+n; a+b+n; 1/(1+d)).
  const Fit fit = fit_shifted_beta_geometric(first_seven(regular));
  const double a = fit.model->alpha(), b = fit.model->beta(), discount = 0.1;
  for (const int n : {1, 2, 5, 10}) {
    const double series = boost::math::hypergeometric_pFq({1.0, b + n}, {a + b + n}, 1 / (1 + discount));
    EXPECT_NEAR(*residual_lifetime(*fit.model, n - 1, {{}, discount}), (b + n - 1) / (a + b + n - 1) * series, 1e-8);
  }
}

}  // namespace
}  // namespace banso::engine::retention_statistics
