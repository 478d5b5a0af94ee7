// The likelihood of the shifted beta-geometric model along its two parameters; internal to the fit.
//
// With m the mean chance of leaving and s the spread, the chance of leaving in period i (counted from 0) is
// m / (1 + s i), so the likelihood is that of independent binomials with these chances.
#pragma once

#include "shifted_beta_geometric.hpp"

namespace banso::engine::retention_statistics {

struct FitTotals {
  std::int64_t at_risk = 0, ended = 0;
  int periods_at_risk = 0;
};
FitTotals totals_of(std::span<const PeriodCount> periods);

// The best mean for a given spread; there is exactly one.
double most_likely_mean(std::span<const PeriodCount> periods, double spread);
// The best spread, with the mean at its best for each; 0 where that is a constant rate.
double most_likely_spread(std::span<const PeriodCount> periods);

// Minus the second derivatives of the log-likelihood by log odds of the mean and logarithm of the spread.
struct Information {
  double mean = 0, spread = 0, both = 0;
};
Information observed_information(const ShiftedBetaGeometric& model, std::span<const PeriodCount> periods);

}  // namespace banso::engine::retention_statistics
