// Kaplan-Meier curves: the share of customers that is still there at each age, with its uncertainty, from customers of
// whom many are still there. Follows R's survival::survfit to the last digits (r_comparison_test.cpp), with times taken
// as they are (no rounding of nearly equal ones).
//
// Pure functions; safe to call from any thread. A million lifetimes take one sort and one pass.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "lifetimes.hpp"

namespace banso::engine::retention_statistics {

// On which scale the band is symmetrical; R's conf.type of the same names.
enum class BandScale { plain, log, log_log };

struct Band {
  double low = 0;
  double high = 1;
};

struct SurvivalPoint {
  double time = 0;
  std::int64_t at_risk = 0;
  std::int64_t ended = 0;
  std::int64_t censored = 0;
  double survival = 1;
  double log_standard_error = 0;  // Greenwood's, of log(survival); infinite where survival is 0
  std::optional<Band> band;       // nothing where the scale has none: log at 0, log-log at 0 and 1, plain at 0
  double cumulative_hazard = 0;   // Nelson-Aalen
  double hazard_standard_error = 0;
};

struct SurvivalOptions {
  BandScale scale = BandScale::log;
  double confidence = 0.95;
};

struct Quantile {
  std::optional<double> value;  // nothing where the curve does not fall so far
  std::optional<double> low, high;
};

struct RestrictedMean {
  double value = 0;
  double standard_error = 0;
  double until = 0;
};

class SurvivalCurve {
 public:
  // One point at each time at which a customer ended or was last seen, ascending.
  const std::vector<SurvivalPoint>& points() const { return points_; }
  std::size_t customers() const { return customers_; }
  std::size_t ended() const { return ended_; }
  // Lifetimes that could not be used: entered at or after their exit, or not numbers.
  std::size_t left_out() const { return left_out_; }

  // The point that holds at `time`; nothing before the first point (all are there) and after the last.
  const SurvivalPoint* at(double time) const;
  // Share still there after `time`. Nothing after the last time seen, unless none is left.
  std::optional<double> survival_at(double time) const;
  // The time by which `share` have ended; the middle where the curve rests exactly there.
  Quantile quantile(double share) const;
  Quantile median() const { return quantile(0.5); }
  // The mean time within 0..until: the area below the curve. `until` beyond the last time seen carries the last share
  // on.
  RestrictedMean restricted_mean(double until) const;

 private:
  friend SurvivalCurve survival_curve(std::span<const Lifetime>, const SurvivalOptions&);
  std::vector<SurvivalPoint> points_;
  std::size_t customers_ = 0, ended_ = 0, left_out_ = 0;
};

SurvivalCurve survival_curve(std::span<const Lifetime> lifetimes, const SurvivalOptions& options = {});
// One curve for each group 0..groups-1.
std::vector<SurvivalCurve> survival_curves(std::span<const Lifetime> lifetimes, std::size_t groups,
                                           const SurvivalOptions& options = {});

}  // namespace banso::engine::retention_statistics
