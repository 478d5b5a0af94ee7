#include "survival.hpp"

#include <algorithm>
#include <cmath>

#include "distributions.hpp"

namespace banso::engine::retention_statistics {

namespace {

// Curves that fall to a share up to rounding count as having reached it, as in R.
constexpr double rounding = 1.4901161193847656e-08;

struct Exit {
  double time;
  bool ended;
};

std::optional<Band> band_of(double survival, double log_error, double z, BandScale scale) {
  if (survival <= 0) return std::nullopt;
  switch (scale) {
    case BandScale::plain: {
      const double half = z * log_error * survival;
      return Band{std::max(survival - half, 0.0), std::min(survival + half, 1.0)};
    }
    case BandScale::log:
      return Band{std::exp(std::log(survival) - z * log_error),
                  std::min(std::exp(std::log(survival) + z * log_error), 1.0)};
    case BandScale::log_log: {
      if (survival >= 1) return std::nullopt;
      const double log_survival = std::log(survival);
      const double half = z * log_error / log_survival;  // negative
      const double middle = std::log(-log_survival);
      return Band{std::exp(-std::exp(middle - half)), std::exp(-std::exp(middle + half))};
    }
  }
  return std::nullopt;
}

// The first time at which `level(point)` has fallen to `target`; the middle of the rest where it lies exactly on it.
template <class Level>
std::optional<double> time_of(const std::vector<SurvivalPoint>& points, double target, Level level) {
  std::optional<double> reached;
  double reached_level = 0;
  for (const SurvivalPoint& point : points) {
    const std::optional<double> here = level(point);
    if (!here || *here >= target + rounding) continue;
    if (!reached) {
      reached = point.time;
      reached_level = *here;
      if (std::abs(reached_level - target) >= rounding) return reached;
    } else if (*here < reached_level) {
      return (*reached + point.time) / 2;
    }
  }
  return reached;
}

}  // namespace

SurvivalCurve survival_curve(std::span<const Lifetime> lifetimes, const SurvivalOptions& options) {
  SurvivalCurve curve;
  std::vector<Exit> exits;
  std::vector<double> entries;  // only of those who entered late
  exits.reserve(lifetimes.size());
  for (const Lifetime& life : lifetimes) {
    if (!(life.entry < life.exit) || !std::isfinite(life.exit)) {
      ++curve.left_out_;
      continue;
    }
    exits.push_back({life.exit, life.ended});
    if (life.entry != from_the_begin) entries.push_back(life.entry);
  }
  std::ranges::sort(exits, {}, &Exit::time);
  std::ranges::sort(entries);
  curve.customers_ = exits.size();

  const double z = two_sided_z(options.confidence);
  std::int64_t at_risk = static_cast<std::int64_t>(exits.size() - entries.size());
  std::size_t entered = 0;
  double survival = 1, greenwood = 0, hazard = 0, hazard_variance = 0;
  for (std::size_t i = 0; i < exits.size();) {
    SurvivalPoint point;
    point.time = exits[i].time;
    for (; i < exits.size() && exits[i].time == point.time; ++i) ++(exits[i].ended ? point.ended : point.censored);
    // Who enters at this very time is at risk only after it.
    for (; entered < entries.size() && entries[entered] < point.time; ++entered) ++at_risk;
    point.at_risk = at_risk;
    at_risk -= point.ended + point.censored;
    curve.ended_ += static_cast<std::size_t>(point.ended);
    if (point.ended > 0) {
      const auto n = static_cast<double>(point.at_risk), d = static_cast<double>(point.ended);
      survival *= (n - d) / n;
      greenwood += d / (n * (n - d));
      hazard += d / n;
      hazard_variance += d / (n * n);
    }
    point.survival = survival;
    point.log_standard_error = std::sqrt(greenwood);
    point.band = band_of(survival, point.log_standard_error, z, options.scale);
    point.cumulative_hazard = hazard;
    point.hazard_standard_error = std::sqrt(hazard_variance);
    curve.points_.push_back(point);
  }
  return curve;
}

std::vector<SurvivalCurve> survival_curves(std::span<const Lifetime> lifetimes, std::size_t groups,
                                           const SurvivalOptions& options) {
  std::vector<std::vector<Lifetime>> parts(groups);
  for (const Lifetime& life : lifetimes)
    if (life.group < groups) parts[life.group].push_back(life);
  std::vector<SurvivalCurve> curves;
  curves.reserve(groups);
  for (const auto& part : parts) curves.push_back(survival_curve(part, options));
  return curves;
}

const SurvivalPoint* SurvivalCurve::at(double time) const {
  if (points_.empty() || time > points_.back().time) return nullptr;
  const auto after = std::ranges::upper_bound(points_, time, {}, &SurvivalPoint::time);
  return after == points_.begin() ? nullptr : &*(after - 1);
}

std::optional<double> SurvivalCurve::survival_at(double time) const {
  if (points_.empty()) return std::nullopt;
  if (time < points_.front().time) return 1;
  if (const SurvivalPoint* point = at(time)) return point->survival;
  return points_.back().survival == 0 ? std::optional<double>(0) : std::nullopt;
}

Quantile SurvivalCurve::quantile(double share) const {
  const double target = 1 - share;
  return {time_of(points_, target, [](const SurvivalPoint& p) { return std::optional(p.survival); }),
          time_of(points_, target,
                  [](const SurvivalPoint& p) { return p.band ? std::optional(p.band->low) : std::nullopt; }),
          time_of(points_, target,
                  [](const SurvivalPoint& p) { return p.band ? std::optional(p.band->high) : std::nullopt; })};
}

RestrictedMean SurvivalCurve::restricted_mean(double until) const {
  // From the last point back, so that the area to the right of each is known when its share of the variance is added.
  double right_area = 0, variance = 0, right = until;
  for (auto point = points_.rbegin(); point != points_.rend(); ++point) {
    if (point->time >= until) continue;
    right_area += (right - point->time) * point->survival;
    right = point->time;
    if (point->ended > 0 && point->at_risk > point->ended) {
      const auto n = static_cast<double>(point->at_risk), d = static_cast<double>(point->ended);
      variance += right_area * right_area * d / (n * (n - d));
    }
  }
  return {right_area + std::max(right, 0.0), std::sqrt(variance), until};
}

}  // namespace banso::engine::retention_statistics
