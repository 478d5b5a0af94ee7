// Fair figures for small groups. What a group shows is partly luck, the more the smaller it is: its figure is drawn
// towards that of all groups by as much as luck alone explains how they differ (empirical Bayes).
#pragma once

#include <span>
#include <vector>

#include "difference.hpp"

namespace banso::engine::effects {

struct GroupShare {
  double good = 0;   // may be a sum of weights
  double cases = 0;  // effective cases; at least `good`
};
struct GroupMean {
  double mean = 0;
  double variance = 0;  // of that mean; 0: the group has no cases
};

struct Shrunk {
  double fair = 0;
  Interval interval;
  double weight = 0;  // of the group's own figure, 0 to 1
};

// In the order given. Groups without cases get the figure of all.
std::vector<Shrunk> shrink_shares(std::span<const GroupShare> groups, double confidence);
// Normal means; with equal variances these are the estimates of James and Stein as Efron and Morris (1975) use them.
std::vector<Shrunk> shrink_means(std::span<const GroupMean> groups, double confidence);

// Cases that weigh differently are worth as many equal ones (Kish): (sum of weights)^2 / sum of squared weights.
double effective_cases(std::span<const double> weights);

}  // namespace banso::engine::effects
