// Two arms compared: the treated ones less the others, with an interval.
//
// Cases are independent of each other; which arm a case is in was drawn by lot (else see matching.hpp). Pure; safe from
// any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace banso::engine::effects {

struct Interval {
  double low = 0;
  double high = 0;
  bool excludes(double value) const { return value < low || high < value; }
};

// Why there is no interval.
enum class CannotSay {
  nothing,       // there is one
  too_few,       // an arm has fewer than two cases (a rate: none)
  no_variation,  // all cases are alike: nothing is known of what could vary
};

struct Arm {
  std::size_t cases = 0;
  double value = 0;  // mean, rate or ratio; 0 without cases
};

struct Difference {
  Arm treated, comparison;
  double difference = 0;      // treated less comparison; adjusted where `is_adjusted`
  double standard_error = 0;  // 0 where there is no interval
  std::optional<Interval> interval;
  double p_value = 1;        // of no difference at all, two-sided
  bool is_adjusted = false;  // made sharper by values from before
  CannotSay cannot_say = CannotSay::nothing;
};

struct Rate {
  std::size_t good = 0;
  std::size_t cases = 0;  // at least `good`
};

// One case with what was measured before it was assigned, and after.
struct BeforeAfter {
  double before = 0;
  double after = 0;
};

// Wilson's score interval of one rate; [0, 1] without cases.
Interval wilson(Rate rate, double confidence);

// Welch: arms may vary differently.
Difference difference_of_means(std::span<const double> treated, std::span<const double> comparison, double confidence);

// Difference of the means of `after`, with what `before` explains taken out (CUPED; Deng et al. 2013): the same
// expectation, less spread. Falls back to the plain one where `before` explains nothing.
Difference adjusted_difference_of_means(std::span<const BeforeAfter> treated, std::span<const BeforeAfter> comparison,
                                        double confidence);

// Newcombe's hybrid score interval (1998, method 10), Fisher's exact p. standard_error is half the interval over z.
Difference difference_of_rates(Rate treated, Rate comparison, double confidence);

// Of means of amounts with long tails: studentised bootstrap, studentised permutation.
Difference difference_of_amounts(std::span<const double> treated, std::span<const double> comparison, double confidence,
                                 std::uint64_t seed);

// Of sum(after) / sum(before) of each arm; studentised bootstrap. `before` is not negative, its sums above 0.
Difference difference_of_ratios(std::span<const BeforeAfter> treated, std::span<const BeforeAfter> comparison,
                                double confidence, std::uint64_t seed);

// One case of a pair against the other; bootstrap over pairs, permutation of signs.
struct Matched {
  double treated = 0;
  double comparison = 0;
};
Difference difference_of_pairs(std::span<const Matched> pairs, double confidence, std::uint64_t seed);

}  // namespace banso::engine::effects
