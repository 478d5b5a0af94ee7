// When do customers leave? The rate of leaving in each stretch of age.
#pragma once

#include <span>
#include <vector>

#include "distributions.hpp"
#include "lifetimes.hpp"

namespace banso::engine::retention_statistics {

struct AgeHazard {
  double from_age = 0, to_age = 0;  // (from, to]; an end at age 0 counts in the first
  double exposure = 0;              // time that customers spent at these ages, seen
  std::int64_t ended = 0;
  double rate = 0;  // ends per unit of time: the slope of the Nelson-Aalen estimate, were it even within the stretch
  RateInterval interval;  // exact
};

// Stretches of `width` from age 0; those in which nobody was seen are left out.
std::vector<AgeHazard> hazard_by_age(std::span<const Lifetime> lifetimes, double width, double confidence = 0.95);

}  // namespace banso::engine::retention_statistics
