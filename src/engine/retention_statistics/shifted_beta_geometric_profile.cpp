#include "shifted_beta_geometric_profile.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include <boost/math/tools/toms748_solve.hpp>

#include "distributions.hpp"

namespace banso::engine::retention_statistics {

namespace {

// Beyond these, customers are alike, or each either leaves at once or never, as far as any data could tell.
constexpr double least_spread = 1e-9;
constexpr double most_spread = 1e6;

// The root of a function between two arguments at which it has different signs.
double root(const std::function<double(double)>& function, double low, double high) {
  const double at_low = function(low), at_high = function(high);
  if (at_low == 0) return low;
  if (at_high == 0) return high;
  std::uintmax_t iterations = 200;
  const auto bracket = boost::math::tools::toms748_solve(function, low, high, at_low, at_high,
                                                         boost::math::tools::eps_tolerance<double>(50), iterations);
  return (bracket.first + bracket.second) / 2;
}

// First derivative of the log-likelihood by the spread itself.
double slope_by_spread(std::span<const PeriodCount> periods, double mean, double spread) {
  double slope = 0;
  for (std::size_t i = 1; i < periods.size(); ++i) {
    const auto age = static_cast<double>(i);
    const auto at_risk = static_cast<double>(periods[i].at_risk);
    const double stayed = at_risk - static_cast<double>(periods[i].ended);
    slope += stayed * age / (1 + spread * age - mean) - at_risk * age / (1 + spread * age);
  }
  return slope;
}

double profile_slope(std::span<const PeriodCount> periods, double spread) {
  return slope_by_spread(periods, most_likely_mean(periods, spread), spread);
}

// log-likelihood with alpha (or beta) held, at the best value of the other.
enum class Held { alpha, beta };

ShiftedBetaGeometric with_held(Held held, double value, double log_other) {
  const double other = std::exp(log_other);
  return held == Held::alpha ? ShiftedBetaGeometric::from_alpha_beta(value, other)
                             : ShiftedBetaGeometric::from_alpha_beta(other, value);
}

double slope_by_other(std::span<const PeriodCount> periods, Held held, double value, double log_other) {
  const double alpha = held == Held::alpha ? value : std::exp(log_other);
  const double beta = held == Held::alpha ? std::exp(log_other) : value;
  double slope = 0;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const auto at_risk = static_cast<double>(periods[i].at_risk), ended = static_cast<double>(periods[i].ended);
    const double age = static_cast<double>(i);
    slope -= at_risk / (alpha + beta + age);
    slope += held == Held::alpha ? (at_risk - ended) / (beta + age) : ended / alpha;
  }
  return slope;
}

double held_likelihood(std::span<const PeriodCount> periods, Held held, double value) {
  const auto slope = [&](double log_other) { return slope_by_other(periods, held, value, log_other); };
  const double low = -30, high = 30;
  const double best = slope(low) <= 0 ? low : slope(high) >= 0 ? high : root(slope, low, high);
  return log_likelihood(with_held(held, value, best), periods);
}

ParameterInterval held_interval(std::span<const PeriodCount> periods, Held held, double best, double threshold) {
  constexpr double step = 1;  // on the logarithm
  constexpr int most_steps = 14;
  const auto excess = [&](double log_value) { return held_likelihood(periods, held, std::exp(log_value)) - threshold; };
  const auto bound = [&](double direction, double none) {
    double inside = std::log(best);
    for (int i = 0; i < most_steps; ++i) {
      const double outside = inside + direction * step;
      if (excess(outside) < 0) return std::exp(root(excess, std::min(inside, outside), std::max(inside, outside)));
      inside = outside;
    }
    return none;
  };
  return {bound(-1, 0), bound(1, std::numeric_limits<double>::infinity())};
}

}  // namespace

FitTotals totals_of(std::span<const PeriodCount> periods) {
  FitTotals totals;
  for (const PeriodCount& period : periods) {
    totals.at_risk += period.at_risk;
    totals.ended += period.ended;
    totals.periods_at_risk += period.at_risk > 0;
  }
  return totals;
}

double most_likely_mean(std::span<const PeriodCount> periods, double spread) {
  const FitTotals totals = totals_of(periods);
  // The derivative times the mean; it falls from the number of ends on, so that there is one root. Nobody stays in a
  // first period whose chance of leaving is 1, hence the limit where nobody stayed in it.
  const auto slope = [&](double mean) {
    double sum = static_cast<double>(totals.ended);
    for (std::size_t i = 0; i < periods.size(); ++i) {
      const auto stayed = static_cast<double>(periods[i].at_risk - periods[i].ended);
      if (stayed > 0) sum -= stayed * mean / (1 + spread * static_cast<double>(i) - mean);
    }
    return sum;
  };
  const double most = 1 - 1e-15;
  return slope(most) >= 0 ? most : root(slope, 0, most);
}

double most_likely_spread(std::span<const PeriodCount> periods) {
  if (profile_slope(periods, 0) <= 0) return 0;
  const auto slope = [&](double log_spread) { return profile_slope(periods, std::exp(log_spread)); };
  const double low = std::log(least_spread), high = std::log(most_spread);
  if (slope(low) <= 0) return 0;
  if (slope(high) >= 0) return most_spread;
  return std::exp(root(slope, low, high));
}

Information observed_information(const ShiftedBetaGeometric& model, std::span<const PeriodCount> periods) {
  const double m = model.mean(), s = model.spread();
  // Derivatives by m and s first; the chain rule to log odds and logarithm at the end. At the maximum the first
  // derivatives vanish, but they are carried so that the result holds anywhere.
  double by_m = 0, by_s = 0, by_mm = 0, by_ss = 0, by_ms = 0;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const auto age = static_cast<double>(i);
    const auto at_risk = static_cast<double>(periods[i].at_risk), ended = static_cast<double>(periods[i].ended);
    const double stayed = at_risk - ended, stay = 1 + s * age - m, all = 1 + s * age;
    by_m += ended / m;
    by_mm -= ended / (m * m);
    by_s -= at_risk * age / all;
    by_ss += at_risk * age * age / (all * all);
    if (stayed == 0) continue;
    by_m -= stayed / stay;
    by_mm -= stayed / (stay * stay);
    by_s += stayed * age / stay;
    by_ss -= stayed * age * age / (stay * stay);
    by_ms += stayed * age / (stay * stay);
  }
  const double slope_m = m * (1 - m);
  return {-(slope_m * slope_m * by_mm + slope_m * (1 - 2 * m) * by_m), -(s * s * by_ss + s * by_s),
          -slope_m * s * by_ms};
}

std::optional<ParameterIntervals> profile_intervals(const Fit& fit, std::span<const PeriodCount> periods,
                                                    double confidence) {
  if (fit.state != FitState::fitted) return std::nullopt;
  const double z = two_sided_z(confidence);
  const double threshold = fit.log_likelihood - z * z / 2;
  return ParameterIntervals{held_interval(periods, Held::alpha, fit.model->alpha(), threshold),
                            held_interval(periods, Held::beta, fit.model->beta(), threshold)};
}

}  // namespace banso::engine::retention_statistics
