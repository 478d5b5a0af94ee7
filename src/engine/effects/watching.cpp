#include "watching.hpp"

#include <algorithm>
#include <cmath>

namespace banso::engine::effects {

Interval always_valid(double estimate, double standard_error, std::size_t cases, std::size_t planned_cases,
                      double confidence) {
  const double alpha = 1 - confidence;
  const double spread = (-2 * std::log(alpha) + std::log(-2 * std::log(alpha)) + 1) /
                        static_cast<double>(std::max<std::size_t>(planned_cases, 1));
  const double scaled = static_cast<double>(cases) * spread;
  const double half = standard_error * std::sqrt(2 * (scaled + 1) / scaled * std::log(std::sqrt(scaled + 1) / alpha));
  return {estimate - half, estimate + half};
}

}  // namespace banso::engine::effects
