#include "shifted_beta_geometric.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "distributions.hpp"
#include "shifted_beta_geometric_profile.hpp"

namespace banso::engine::retention_statistics {

namespace {

// Without a discount there is a horizon; with one, terms below this share of the sum no longer count.
constexpr double negligible = 1e-13;

struct Derivatives {
  double mean = 0, spread = 0;  // first, by log odds of the mean and logarithm of the spread
};

// Of log S(t).
Derivatives log_survival_derivatives(const ShiftedBetaGeometric& model, int periods) {
  const double m = model.mean(), s = model.spread();
  Derivatives sum;
  for (int i = 0; i < periods; ++i) {
    sum.mean -= m * (1 - m) / (1 + s * i - m);
    sum.spread += s * i * (1 / (1 + s * i - m) - 1 / (1 + s * i));
  }
  return sum;
}

core::Error endless() {
  return core::Error::invalid_field(
      "horizon_periods",
      {"With an alpha of 1 or less the expected lifetime has no end: give a horizon or a discount rate.",
       "alphaが1以下の場合、期待される継続期間は無限大になります。計算する期間の上限か割引率を指定してください。"});
}

// The sum of S(t)/S(age)/(1+d)^(t-age) for t = age..age+periods-1, or without end.
core::Result<double> discounted_sum(const ShiftedBetaGeometric& model, int age, const Valuation& valuation) {
  if (valuation.discount_rate < 0)
    return core::Error::invalid_field(
        "discount_rate", {"The discount rate must not be negative.", "割引率には0以上の値を指定してください。"});
  const double discount = 1 / (1 + valuation.discount_rate);
  if (!valuation.horizon_periods && valuation.discount_rate == 0) {
    if (model.mean() <= model.spread()) return endless();
    // By the martingale of the beta mean: (alpha + beta + age - 1) / (alpha - 1).
    return (1 + model.spread() * (age - 1)) / (model.mean() - model.spread());
  }
  double sum = 0, term = 1;
  for (int t = 0; !valuation.horizon_periods || t < *valuation.horizon_periods; ++t) {
    sum += term;
    // What is left is at most what it would be if nobody left any more.
    if (valuation.discount_rate > 0 && term <= negligible * sum * valuation.discount_rate) break;
    term *= model.retention_rate(age + t + 1) * discount;
  }
  return sum;
}

}  // namespace

ShiftedBetaGeometric ShiftedBetaGeometric::from_alpha_beta(double alpha, double beta) {
  return {alpha / (alpha + beta), 1 / (alpha + beta)};
}

double ShiftedBetaGeometric::survival(int period) const {
  double survival = 1;
  for (int t = 1; t <= period; ++t) survival *= retention_rate(t);
  return survival;
}

std::vector<double> ShiftedBetaGeometric::survivals(int periods) const {
  std::vector<double> survivals{1};
  survivals.reserve(static_cast<std::size_t>(periods) + 1);
  for (int t = 1; t <= periods; ++t) survivals.push_back(survivals.back() * retention_rate(t));
  return survivals;
}

double log_likelihood(const ShiftedBetaGeometric& model, std::span<const PeriodCount> periods) {
  double sum = 0;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const double loss = model.loss_rate(static_cast<int>(i) + 1);
    const auto ended = static_cast<double>(periods[i].ended);
    const double stayed = static_cast<double>(periods[i].at_risk) - ended;
    if (ended > 0) sum += ended * std::log(loss);
    if (stayed > 0) sum += stayed * std::log1p(-loss);
  }
  return sum;
}

Fit fit_shifted_beta_geometric(std::span<const PeriodCount> periods) {
  Fit fit;
  const FitTotals totals = totals_of(periods);
  if (totals.at_risk == 0) return fit;
  if (totals.ended == 0) return fit.state = FitState::no_loss, fit;
  if (totals.ended == totals.at_risk) return fit.state = FitState::all_lost, fit;
  if (totals.periods_at_risk < 2) return fit.state = FitState::too_few_periods, fit;

  const double spread = most_likely_spread(periods);
  fit.model.emplace(most_likely_mean(periods, spread), spread);
  fit.state = fit.model->is_constant_rate() ? FitState::constant_rate : FitState::fitted;
  fit.log_likelihood = log_likelihood(*fit.model, periods);

  const Information information = observed_information(*fit.model, periods);
  if (fit.state == FitState::constant_rate) {
    fit.variance_mean = 1 / information.mean;
    return fit;
  }
  const double determinant = information.mean * information.spread - information.both * information.both;
  fit.variance_mean = information.spread / determinant;
  fit.variance_spread = information.mean / determinant;
  fit.covariance = -information.both / determinant;
  return fit;
}

core::Result<std::vector<PeriodCount>> periods_of_survivors(std::span<const std::int64_t> survivors) {
  std::vector<PeriodCount> periods;
  for (std::size_t t = 1; t < survivors.size(); ++t) {
    if (survivors[t] < 0 || survivors[t] > survivors[t - 1])
      return core::Error::invalid_field("survivors[" + std::to_string(t) + "]",
                                        {"The survivors of a closed cohort cannot become more, or fewer than none.",
                                         "閉じたコホートの残存数は増えることがなく、0未満にもなりません。"});
    periods.push_back({survivors[t - 1], survivors[t - 1] - survivors[t]});
  }
  return periods;
}

std::vector<PeriodCount> add_periods(std::span<const std::vector<PeriodCount>> cohorts) {
  std::vector<PeriodCount> sum;
  for (const auto& cohort : cohorts) {
    if (cohort.size() > sum.size()) sum.resize(cohort.size());
    for (std::size_t i = 0; i < cohort.size(); ++i) {
      sum[i].at_risk += cohort[i].at_risk;
      sum[i].ended += cohort[i].ended;
    }
  }
  return sum;
}

std::vector<ProjectedSurvival> project(const Fit& fit, int periods, double confidence) {
  const double z = two_sided_z(confidence);
  const std::vector<double> survivals = fit.model->survivals(periods);
  std::vector<ProjectedSurvival> projected{{}};
  for (int t = 1; t <= periods; ++t) {
    ProjectedSurvival point;
    point.period = t;
    point.survival = survivals[static_cast<std::size_t>(t)];
    point.retention_rate = fit.model->retention_rate(t);
    const Derivatives d = log_survival_derivatives(*fit.model, t);
    const double variance = d.mean * d.mean * fit.variance_mean + d.spread * d.spread * fit.variance_spread +
                            2 * d.mean * d.spread * fit.covariance;
    const double log_survival = std::log(point.survival);
    const double half = z * std::sqrt(std::max(variance, 0.0)) / -log_survival;
    point.low = std::exp(log_survival * std::exp(half));
    point.high = std::exp(log_survival * std::exp(-half));
    projected.push_back(point);
  }
  return projected;
}

core::Result<double> expected_lifetime(const ShiftedBetaGeometric& model, const Valuation& valuation) {
  return discounted_sum(model, 0, valuation);
}

core::Result<double> residual_lifetime(const ShiftedBetaGeometric& model, int age, const Valuation& valuation) {
  Valuation with_running_period = valuation;
  if (with_running_period.horizon_periods) ++*with_running_period.horizon_periods;
  BANSO_TRY_ASSIGN(const double sum, discounted_sum(model, age, with_running_period));
  return (sum - 1) * (1 + valuation.discount_rate);
}

}  // namespace banso::engine::retention_statistics
