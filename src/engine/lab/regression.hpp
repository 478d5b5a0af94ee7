// Logistic regression whose coefficients cannot be negative: a measure may be given no weight, but never the opposite
// of what its curve says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace banso::engine::lab {

struct LogisticModel {
  double intercept = 0;
  std::vector<double> coefficients;  // each at least 0
};

// Examples, example after example, `features` numbers each, about 0..1; is_positive of each example 0 or 1. Minimises
// the mean loss plus penalty/2 times the sum of squared coefficients (the intercept is free): Newton's method on the
// coefficients that are not held at zero. Deterministic.
LogisticModel fit_logistic(std::span<const float> examples, std::size_t features,
                           std::span<const std::uint8_t> is_positive, double penalty);

}  // namespace banso::engine::lab
