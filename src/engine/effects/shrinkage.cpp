#include "shrinkage.hpp"

#include <algorithm>
#include <cmath>

#include "distributions.hpp"

namespace banso::engine::effects {
namespace {

// How much groups differ beyond luck, and the mean around which they do.
struct Spread {
  double mean = 0;
  double variance = 0;  // 0: luck explains all of it
  std::size_t groups = 0;
};

double scatter(std::span<const GroupMean> groups, double between, double& mean) {
  double weights = 0, sum = 0;
  for (const auto& group : groups) {
    if (!(group.variance > 0)) continue;
    weights += 1 / (group.variance + between);
    sum += group.mean / (group.variance + between);
  }
  mean = weights > 0 ? sum / weights : 0;
  double chi = 0;
  for (const auto& group : groups) {
    if (group.variance > 0) chi += (group.mean - mean) * (group.mean - mean) / (group.variance + between);
  }
  return chi;
}

// Paule and Mandel: the spread with which the scatter is what it should be.
Spread spread_of(std::span<const GroupMean> groups) {
  Spread found;
  found.groups = static_cast<std::size_t>(
      std::count_if(groups.begin(), groups.end(), [](const auto& group) { return group.variance > 0; }));
  if (found.groups < 2) {
    scatter(groups, 0, found.mean);
    return found;
  }
  const auto expected = static_cast<double>(found.groups - 1);
  if (scatter(groups, 0, found.mean) <= expected) return found;
  double low = 0, high = 1;
  while (scatter(groups, high, found.mean) > expected) high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-15 * high; ++i) {
    const double middle = (low + high) / 2;
    (scatter(groups, middle, found.mean) > expected ? low : high) = middle;
  }
  found.variance = high;
  scatter(groups, found.variance, found.mean);
  return found;
}

// The weight of a group's own figure. Morris' factor allows for the spread itself being an estimate.
double own_weight(const Spread& spread, double variance) {
  if (!(variance > 0)) return 0;
  if (spread.groups < 4) return spread.variance / (spread.variance + variance);
  const double luck = variance / (variance + spread.variance);
  const auto count = static_cast<double>(spread.groups);
  return 1 - luck * (count - 3) / (count - 1);
}

}  // namespace

std::vector<Shrunk> shrink_means(std::span<const GroupMean> groups, double confidence) {
  const auto spread = spread_of(groups);
  const double z = two_sided_z(confidence);
  std::vector<Shrunk> found;
  for (const auto& group : groups) {
    Shrunk each;
    each.weight = own_weight(spread, group.variance);
    each.fair = each.weight * group.mean + (1 - each.weight) * spread.mean;
    const double error = std::sqrt(group.variance > 0 ? each.weight * group.variance : spread.variance);
    each.interval = {each.fair - z * error, each.fair + z * error};
    found.push_back(each);
  }
  return found;
}

std::vector<Shrunk> shrink_shares(std::span<const GroupShare> groups, double confidence) {
  double good = 0, cases = 0;
  for (const auto& group : groups) {
    good += group.good;
    cases += group.cases;
  }
  // One good and one bad case more, so that a share of none or all leaves room for surprise.
  const double all = (good + 1) / (cases + 2);
  std::vector<GroupMean> means;
  for (const auto& group : groups) {
    if (group.cases > 0) {
      means.push_back({group.good / group.cases, all * (1 - all) / group.cases});
    } else {
      means.push_back({});
    }
  }
  const auto spread = spread_of(means);
  const double tail = (1 - confidence) / 2;
  std::vector<Shrunk> found;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    Shrunk each;
    each.weight = own_weight(spread, means[i].variance);
    // As many cases of the share of all as give the group's own ones that weight.
    const double borrowed = each.weight > 0 ? groups[i].cases * (1 - each.weight) / each.weight : cases;
    const double a = groups[i].good + borrowed * all;
    const double b = groups[i].cases - groups[i].good + borrowed * (1 - all);
    each.fair = a / (a + b);
    each.interval = {beta_quantile(tail, std::max(a, 1e-9), std::max(b, 1e-9)),
                     beta_quantile(1 - tail, std::max(a, 1e-9), std::max(b, 1e-9))};
    found.push_back(each);
  }
  return found;
}

double effective_cases(std::span<const double> weights) {
  double sum = 0, squares = 0;
  for (const double weight : weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? sum * sum / squares : 0;
}

}  // namespace banso::engine::effects
