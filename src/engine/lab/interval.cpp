#include "interval.hpp"

#include <algorithm>
#include <cmath>

namespace banso::engine::lab {
namespace {

constexpr double z95 = 1.959963984540054;  // standard normal, 97.5%

}  // namespace

std::optional<Interval> wilson(double hits, double trials) {
  if (trials <= 0) return std::nullopt;
  const double share = hits / trials;
  const double z2 = z95 * z95;
  const double middle = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const double half = z95 / (1 + z2 / trials) * std::sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials));
  // The ends are met exactly where all or none are hits; rounding must not push them past the share itself.
  return Interval{share, std::clamp(middle - half, 0.0, share), std::clamp(middle + half, share, 1.0)};
}

Interval on_log_odds(double value, double variance) {
  if (value <= 0 || value >= 1) return {value, value, value};
  const double odds = std::log(value / (1 - value));
  const double half = z95 * std::sqrt(std::max(variance, 0.0)) / (value * (1 - value));
  const auto share = [](double log_odds) { return 1 / (1 + std::exp(-log_odds)); };
  return {value, share(odds - half), share(odds + half)};
}

void ClusteredShare::add(double hits, double trials) {
  if (trials <= 0) return;
  hits_ += hits;
  trials_ += trials;
  hits_squared_ += hits * hits;
  hits_by_trials_ += hits * trials;
  trials_squared_ += trials * trials;
  ++clusters_;
}

void ClusteredShare::add(const ClusteredShare& other) {
  hits_ += other.hits_;
  trials_ += other.trials_;
  hits_squared_ += other.hits_squared_;
  hits_by_trials_ += other.hits_by_trials_;
  trials_squared_ += other.trials_squared_;
  clusters_ += other.clusters_;
}

std::optional<Interval> ClusteredShare::interval() const {
  if (clusters_ == 0) return std::nullopt;
  const double share = hits_ / trials_;
  const auto clusters = static_cast<double>(clusters_);
  double independent = clusters;
  if (share > 0 && share < 1 && clusters_ > 1) {
    const double residuals = hits_squared_ - 2 * share * hits_by_trials_ + share * share * trials_squared_;
    const double variance = std::max(residuals, 0.0) * clusters / (clusters - 1) / (trials_ * trials_);
    // No variance between clusters says only that each holds as many hits as the others.
    independent = variance > 0 ? std::clamp(share * (1 - share) / variance, 1.0, trials_) : trials_;
  }
  auto interval = wilson(share * independent, independent);
  interval->value = share;
  return interval;
}

}  // namespace banso::engine::lab
