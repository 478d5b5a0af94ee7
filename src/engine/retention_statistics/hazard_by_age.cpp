#include "hazard_by_age.hpp"

#include <algorithm>
#include <cmath>

namespace banso::engine::retention_statistics {

namespace {

std::size_t stretch_of(double age, double width) {
  return age <= 0 ? 0 : static_cast<std::size_t>(std::ceil(age / width)) - 1;
}

}  // namespace

std::vector<AgeHazard> hazard_by_age(std::span<const Lifetime> lifetimes, double width, double confidence) {
  std::vector<AgeHazard> stretches;
  std::vector<double> whole_change;  // of the number of customers that lived through the whole stretch
  for (const Lifetime& life : lifetimes) {
    const double from = std::max(life.entry, 0.0);
    if (!(life.entry < life.exit) || life.exit < 0 || !std::isfinite(life.exit)) continue;
    const std::size_t last = stretch_of(life.exit, width);
    if (last >= stretches.size()) {
      stretches.resize(last + 1);
      whole_change.resize(last + 2);
    }
    const std::size_t first = std::min(last, static_cast<std::size_t>(from / width));
    if (life.ended) ++stretches[last].ended;
    if (first == last) {
      stretches[last].exposure += life.exit - from;
      continue;
    }
    stretches[first].exposure += static_cast<double>(first + 1) * width - from;
    stretches[last].exposure += life.exit - static_cast<double>(last) * width;
    ++whole_change[first + 1];
    --whole_change[last];
  }
  std::vector<AgeHazard> seen;
  double whole = 0;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    AgeHazard& stretch = stretches[i];
    whole += whole_change[i];
    stretch.from_age = static_cast<double>(i) * width;
    stretch.to_age = static_cast<double>(i + 1) * width;
    stretch.exposure += whole * width;
    if (stretch.exposure <= 0) continue;
    const auto ended = static_cast<double>(stretch.ended);
    stretch.rate = ended / stretch.exposure;
    stretch.interval = exact_rate_interval(ended, stretch.exposure, confidence);
    seen.push_back(stretch);
  }
  return seen;
}

}  // namespace banso::engine::retention_statistics
