#include "log_rank.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

#include "distributions.hpp"

namespace banso::engine::retention_statistics {

namespace {

struct Moment {
  double time;
  std::uint32_t group;
  bool ended;
};

struct Sorted {
  std::vector<Moment> exits;
  std::vector<Moment> entries;  // only of those who entered late
  std::vector<double> at_risk;  // per group, before the first moment
};

Sorted sort_moments(std::span<const Lifetime> lifetimes, LogRank& result) {
  Sorted sorted;
  sorted.at_risk.resize(result.groups.size());
  sorted.exits.reserve(lifetimes.size());
  for (const Lifetime& life : lifetimes) {
    if (!(life.entry < life.exit) || !std::isfinite(life.exit) || life.group >= result.groups.size()) continue;
    ++result.groups[life.group].customers;
    sorted.exits.push_back({life.exit, life.group, life.ended});
    if (life.entry == from_the_begin)
      ++sorted.at_risk[life.group];
    else
      sorted.entries.push_back({life.entry, life.group, false});
  }
  std::ranges::sort(sorted.exits, {}, &Moment::time);
  std::ranges::sort(sorted.entries, {}, &Moment::time);
  return sorted;
}

// Adds what is expected at each time with an end, and its covariance (hypergeometric, so that ties count as they are).
void add_expected(Sorted& sorted, LogRank& result, Eigen::MatrixXd& covariance) {
  const std::size_t groups = result.groups.size();
  std::vector<double> gone(groups);
  std::size_t entered = 0;
  for (std::size_t i = 0; i < sorted.exits.size();) {
    const double time = sorted.exits[i].time;
    for (; entered < sorted.entries.size() && sorted.entries[entered].time < time; ++entered)
      ++sorted.at_risk[sorted.entries[entered].group];
    double ended = 0;
    std::ranges::fill(gone, 0);
    for (; i < sorted.exits.size() && sorted.exits[i].time == time; ++i) {
      ++gone[sorted.exits[i].group];
      if (!sorted.exits[i].ended) continue;
      ++ended;
      ++result.groups[sorted.exits[i].group].observed;
    }
    if (ended > 0) {
      double all = 0;
      for (const double n : sorted.at_risk) all += n;
      const double spread = all > 1 ? ended * (all - ended) / (all - 1) : 0;
      for (std::size_t g = 0; g < groups; ++g) {
        const double share = sorted.at_risk[g] / all;
        result.groups[g].expected += ended * share;
        if (spread == 0) continue;
        covariance(g, g) += spread * share;
        for (std::size_t h = 0; h < groups; ++h) covariance(g, h) -= spread * share * sorted.at_risk[h] / all;
      }
    }
    for (std::size_t g = 0; g < groups; ++g) sorted.at_risk[g] -= gone[g];
  }
}

}  // namespace

LogRank log_rank(std::span<const Lifetime> lifetimes, std::size_t groups) {
  LogRank result;
  result.groups.resize(groups);
  Sorted sorted = sort_moments(lifetimes, result);
  const auto size = static_cast<Eigen::Index>(groups);
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(size, size);
  add_expected(sorted, result, covariance);

  std::vector<Eigen::Index> compared;
  for (std::size_t g = 0; g < groups; ++g)
    if (result.groups[g].expected > 0) compared.push_back(static_cast<Eigen::Index>(g));
  if (compared.size() < 2) return result;
  // The differences add up to nothing, so that one of them is left out.
  compared.pop_back();
  Eigen::VectorXd difference(compared.size());
  for (std::size_t i = 0; i < compared.size(); ++i) {
    const LogRankGroup& group = result.groups[static_cast<std::size_t>(compared[i])];
    difference(static_cast<Eigen::Index>(i)) = static_cast<double>(group.observed) - group.expected;
  }
  const Eigen::MatrixXd reduced = covariance(compared, compared);
  const Eigen::FullPivLU<Eigen::MatrixXd> solver(reduced);
  if (!solver.isInvertible()) return result;  // everybody at risk ended at once: no chance to measure
  result.chi_square = difference.dot(solver.solve(difference));
  result.degrees_of_freedom = static_cast<int>(compared.size());
  result.p_value = chi_square_tail(result.chi_square, result.degrees_of_freedom);
  return result;
}

}  // namespace banso::engine::retention_statistics
