// The shifted beta-geometric model (Fader and Hardie 2007, "How to Project Customer Retention"): every customer has an
// own chance of leaving at the end of each period, these chances are beta distributed, and so retention rises with age
// because those likely to leave leave first. Projects retention beyond the data.
//
// Pure functions; safe to call from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "lifetimes.hpp"

namespace banso::engine::retention_statistics {

// Retention rate of period t = 1, 2, ...: r(t) = (beta + t - 1) / (alpha + beta + t - 1). Kept as the mean chance of
// leaving and how different customers are, which also holds the limit of customers all alike (a constant rate).
class ShiftedBetaGeometric {
 public:
  static ShiftedBetaGeometric from_alpha_beta(double alpha, double beta);
  // mean = alpha / (alpha + beta), spread = 1 / (alpha + beta); 0 < mean < 1, spread >= 0.
  ShiftedBetaGeometric(double mean, double spread) : mean_(mean), spread_(spread) {}

  double mean() const { return mean_; }
  double spread() const { return spread_; }
  bool is_constant_rate() const { return spread_ == 0; }
  double alpha() const { return mean_ / spread_; }  // infinite for a constant rate
  double beta() const { return (1 - mean_) / spread_; }

  double loss_rate(int period) const { return mean_ / (1 + spread_ * (period - 1)); }
  double retention_rate(int period) const { return 1 - loss_rate(period); }
  double survival(int period) const;                 // S(0) = 1
  std::vector<double> survivals(int periods) const;  // S(0)..S(periods)

 private:
  double mean_, spread_;
};

double log_likelihood(const ShiftedBetaGeometric& model, std::span<const PeriodCount> periods);

enum class FitState {
  fitted,
  constant_rate,    // retention does not rise with age: the best model has customers all alike
  no_customers,     // nobody was seen through a period
  no_loss,          // nobody left: nothing to project from
  too_few_periods,  // seen through one period only: one number cannot give two
  all_lost,         // all who were seen left in the first period
};

struct ParameterInterval {
  double low = 0;
  double high = 0;  // may be infinite: the data do not exclude customers all alike
};

struct Fit {
  FitState state = FitState::no_customers;
  std::optional<ShiftedBetaGeometric> model;
  double log_likelihood = 0;
  // Of log odds of the mean and the logarithm of the spread: inverse of the observed information. For a constant rate
  // only the first is there.
  double variance_mean = 0, variance_spread = 0, covariance = 0;
};

// Maximum likelihood, from any mixture of cohorts and late entries: all that counts is how many were at risk in each
// period of age and how many left in it.
Fit fit_shifted_beta_geometric(std::span<const PeriodCount> periods);
// Counts of a closed cohort: survivors[0] began, survivors[t] were there after period t. Fields: survivors must not
// rise.
core::Result<std::vector<PeriodCount>> periods_of_survivors(std::span<const std::int64_t> survivors);
// Several cohorts (or groups) together.
std::vector<PeriodCount> add_periods(std::span<const std::vector<PeriodCount>> cohorts);

// Profile-likelihood interval of alpha and of beta: all values that, with the other at its best, are no less likely
// than the maximum by more than chance allows. Nothing unless fitted.
struct ParameterIntervals {
  ParameterInterval alpha, beta;
};
std::optional<ParameterIntervals> profile_intervals(const Fit& fit, std::span<const PeriodCount> periods,
                                                    double confidence = 0.95);

struct ProjectedSurvival {
  int period = 0;
  double survival = 1;
  double retention_rate = 1;  // of this period
  double low = 1, high = 1;   // of survival, by the delta method on log(-log)
};
// Periods 0..periods. The fit must have a model.
std::vector<ProjectedSurvival> project(const Fit& fit, int periods, double confidence = 0.95);

// How far and at what worth the future counts. Without either, only lifetimes that have an end can be computed.
struct Valuation {
  std::optional<int> horizon_periods;
  double discount_rate = 0;  // per period
};
// Mean number of periods paid by a new customer: the sum of S(t)/(1+d)^t from t = 0 (paid in advance). Refused where
// alpha is 1 or less, and neither horizon nor discount is given: the sum has no end.
core::Result<double> expected_lifetime(const ShiftedBetaGeometric& model, const Valuation& valuation);
// Mean number of periods that a customer who has paid `age` renewals will still pay, seen just before the next renewal
// decision (Fader and Hardie 2010's discounted expected residual lifetime): the sum of S(t)/S(age)/(1+d)^(t-age-1) from
// t = age + 1. The horizon counts from now. Refused as above.
core::Result<double> residual_lifetime(const ShiftedBetaGeometric& model, int age, const Valuation& valuation);

}  // namespace banso::engine::retention_statistics
