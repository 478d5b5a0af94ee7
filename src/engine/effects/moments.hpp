// Mean and spread of a sample. Internal to the library.
#pragma once

#include <cstddef>
#include <span>

namespace banso::engine::effects {

struct Moments {
  std::size_t cases = 0;
  double mean = 0;
  double variance = 0;  // with n - 1; 0 below two cases
  double variance_of_mean() const { return cases > 0 ? variance / static_cast<double>(cases) : 0; }
};

// In two passes, so that large amounts with small differences keep their digits.
inline Moments moments_of(std::span<const double> values) {
  Moments found;
  found.cases = values.size();
  if (values.empty()) return found;
  double sum = 0;
  for (const double value : values) sum += value;
  found.mean = sum / static_cast<double>(values.size());
  if (values.size() < 2) return found;
  double squares = 0;
  for (const double value : values) squares += (value - found.mean) * (value - found.mean);
  found.variance = squares / static_cast<double>(values.size() - 1);
  return found;
}

}  // namespace banso::engine::effects
