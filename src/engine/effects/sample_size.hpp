// How many cases are needed to see an effect. Both arms of equal size; two-sided.
#pragma once

#include <cstddef>
#include <optional>

namespace banso::engine::effects {

struct Wanted {
  double confidence = 0.9;
  double power = 0.8;  // the chance of seeing an effect that is there
};

// Cases in each arm for means that lie `effect` apart where cases vary by `standard_deviation` (not rounded up).
// Nothing where no number would do (no effect) or more than a billion would be needed.
std::optional<double> cases_for_means(double effect, double standard_deviation, Wanted wanted);
// For two rates (0 to 1).
std::optional<double> cases_for_rates(double rate_a, double rate_b, Wanted wanted);
// Arms as they are now, and how surely they would show the effect: the chance to see it.
double power_of_means(double cases, double effect, double standard_deviation, double confidence);

// Where an estimate has this standard error with so many cases in both arms together: how many more would let an effect
// of that size be seen with the wanted power; spread and shares stay as they are. 0: there are enough. Nothing as
// above.
std::optional<std::size_t> more_cases_needed(double effect, double standard_error, std::size_t cases, Wanted wanted);

}  // namespace banso::engine::effects
