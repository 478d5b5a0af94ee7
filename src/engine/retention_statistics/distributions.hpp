// The few quantiles and tails that the statistics here need, from Boost.Math.
#pragma once

namespace banso::engine::retention_statistics {

// The value below which a standard normal lies with `probability` (0 < probability < 1).
double normal_quantile(double probability);
// The z of a two-sided interval: 0.95 gives 1.959964.
double two_sided_z(double confidence);
// P(X > value) of a chi-square with that many degrees of freedom (at least 1).
double chi_square_tail(double value, double degrees_of_freedom);

struct RateInterval {
  double low = 0;
  double high = 0;
};
// Garwood's exact interval of a rate, from `count` happenings in `exposure` units of time (more than 0).
RateInterval exact_rate_interval(double count, double exposure, double confidence);

}  // namespace banso::engine::retention_statistics
