#include "difference.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "distributions.hpp"
#include "moments.hpp"

namespace banso::engine::effects {
namespace {

// Welch's degrees of freedom from the two variances of means.
double welch_degrees(double a, std::size_t cases_a, double b, std::size_t cases_b) {
  const double sum = a + b;
  return sum * sum / (a * a / static_cast<double>(cases_a - 1) + b * b / static_cast<double>(cases_b - 1));
}

}  // namespace

Interval wilson(Rate rate, double confidence) {
  if (rate.cases == 0) return {0, 1};
  const auto n = static_cast<double>(rate.cases);
  const double p = static_cast<double>(rate.good) / n;
  const double z = two_sided_z(confidence);
  const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Difference difference_of_means(std::span<const double> treated, std::span<const double> comparison, double confidence) {
  const auto a = moments_of(treated);
  const auto b = moments_of(comparison);
  Difference found;
  found.treated = {a.cases, a.mean};
  found.comparison = {b.cases, b.mean};
  found.difference = a.mean - b.mean;
  if (a.cases < 2 || b.cases < 2) {
    found.cannot_say = CannotSay::too_few;
    return found;
  }
  const double variance = a.variance_of_mean() + b.variance_of_mean();
  if (!(variance > 0)) {
    found.cannot_say = CannotSay::no_variation;
    return found;
  }
  found.standard_error = std::sqrt(variance);
  const double degrees = welch_degrees(a.variance_of_mean(), a.cases, b.variance_of_mean(), b.cases);
  const double half = two_sided_t(confidence, degrees) * found.standard_error;
  found.interval = Interval{found.difference - half, found.difference + half};
  found.p_value = student_two_sided_tail(found.difference / found.standard_error, degrees);
  return found;
}

Difference adjusted_difference_of_means(std::span<const BeforeAfter> treated, std::span<const BeforeAfter> comparison,
                                        double confidence) {
  std::vector<double> a, b;
  for (const auto& each : treated) a.push_back(each.after);
  for (const auto& each : comparison) b.push_back(each.after);
  const auto plain = difference_of_means(a, b, confidence);
  if (!plain.interval) return plain;
  // The slope within the arms: what lies between them is the effect and must not be explained away.
  const auto mean_before = [](std::span<const BeforeAfter> cases) {
    double sum = 0;
    for (const auto& each : cases) sum += each.before;
    return sum / static_cast<double>(cases.size());
  };
  const double before_a = mean_before(treated);
  const double before_b = mean_before(comparison);
  double shared = 0, spread = 0;
  for (const auto& each : treated) {
    shared += (each.before - before_a) * (each.after - plain.treated.value);
    spread += (each.before - before_a) * (each.before - before_a);
  }
  for (const auto& each : comparison) {
    shared += (each.before - before_b) * (each.after - plain.comparison.value);
    spread += (each.before - before_b) * (each.before - before_b);
  }
  if (!(spread > 0)) return plain;
  const double slope = shared / spread;
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= slope * treated[i].before;
  for (std::size_t i = 0; i < b.size(); ++i) b[i] -= slope * comparison[i].before;
  auto adjusted = difference_of_means(a, b, confidence);
  if (!adjusted.interval || adjusted.standard_error >= plain.standard_error) return plain;
  adjusted.treated = plain.treated;  // people are shown the means as they were
  adjusted.comparison = plain.comparison;
  adjusted.is_adjusted = true;
  return adjusted;
}

Difference difference_of_rates(Rate treated, Rate comparison, double confidence) {
  const auto share = [](Rate rate) {
    return rate.cases > 0 ? static_cast<double>(rate.good) / static_cast<double>(rate.cases) : 0;
  };
  Difference found;
  found.treated = {treated.cases, share(treated)};
  found.comparison = {comparison.cases, share(comparison)};
  found.difference = found.treated.value - found.comparison.value;
  if (treated.cases == 0 || comparison.cases == 0) {
    found.cannot_say = CannotSay::too_few;
    return found;
  }
  const auto a = wilson(treated, confidence);
  const auto b = wilson(comparison, confidence);
  const double below = std::hypot(found.treated.value - a.low, b.high - found.comparison.value);
  const double above = std::hypot(a.high - found.treated.value, found.comparison.value - b.low);
  found.interval = Interval{found.difference - below, found.difference + above};
  found.standard_error = (below + above) / 2 / two_sided_z(confidence);
  found.p_value = fisher_two_sided(treated.good, treated.cases, comparison.good, comparison.cases);
  return found;
}

}  // namespace banso::engine::effects
