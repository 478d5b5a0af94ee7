#include "sample_size.hpp"

#include <cmath>

#include "distributions.hpp"

namespace banso::engine::effects {
namespace {

constexpr double most_cases = 1e9;

}  // namespace

double power_of_means(double cases, double effect, double standard_deviation, double confidence) {
  const double degrees = 2 * (cases - 1);
  const double shift = std::sqrt(cases / 2) * std::abs(effect) / standard_deviation;
  return noncentral_student_beyond(two_sided_t(confidence, degrees), degrees, shift);
}

std::optional<double> cases_for_means(double effect, double standard_deviation, Wanted wanted) {
  if (effect == 0 || !(standard_deviation > 0)) return std::nullopt;
  const double z = two_sided_z(wanted.confidence) + normal_quantile(wanted.power);
  const double scaled = effect / standard_deviation;
  const double about = 2 * z * z / (scaled * scaled);
  if (about > most_cases) return std::nullopt;
  if (about > 1e4) return about;  // there, Student's t and the normal are one
  double low = 2, high = about + 10;
  if (power_of_means(low, effect, standard_deviation, wanted.confidence) >= wanted.power) return low;
  while (high - low > 1e-6) {
    const double middle = (low + high) / 2;
    (power_of_means(middle, effect, standard_deviation, wanted.confidence) < wanted.power ? low : high) = middle;
  }
  return high;
}

std::optional<double> cases_for_rates(double rate_a, double rate_b, Wanted wanted) {
  const double apart = rate_a - rate_b;
  if (apart == 0) return std::nullopt;
  const double mean = (rate_a + rate_b) / 2;
  const double root = two_sided_z(wanted.confidence) * std::sqrt(2 * mean * (1 - mean)) +
                      normal_quantile(wanted.power) * std::sqrt(rate_a * (1 - rate_a) + rate_b * (1 - rate_b));
  const double cases = root * root / (apart * apart);
  return cases > most_cases ? std::nullopt : std::optional(cases);
}

std::optional<std::size_t> more_cases_needed(double effect, double standard_error, std::size_t cases, Wanted wanted) {
  if (effect == 0 || !(standard_error > 0) || cases == 0) return std::nullopt;
  const double z = two_sided_z(wanted.confidence) + normal_quantile(wanted.power);
  const double needed_error = std::abs(effect) / z;
  const double factor = standard_error * standard_error / (needed_error * needed_error);
  const double all = factor * static_cast<double>(cases);
  if (all > most_cases) return std::nullopt;
  return factor <= 1 ? 0 : static_cast<std::size_t>(std::ceil(all - static_cast<double>(cases)));
}

}  // namespace banso::engine::effects
