#include "ranking.hpp"

#include <algorithm>
#include <numeric>

namespace banso::engine::lab {
namespace {

// Fixed, whatever the number of threads: sums of doubles are then always added in the same order.
constexpr std::size_t slices = 8;
constexpr std::size_t thresholds = 100;

std::size_t slice_begin(std::size_t slice, std::size_t accounts) {
  return accounts * slice / slices;
}

// For each value, the share of the other rows that a row of this value beats, ties as half. `above` beats what is
// larger.
std::vector<float> shares_beaten(const std::vector<std::uint32_t>& others, std::uint64_t total, bool above) {
  std::vector<float> shares(others.size());
  const double scale = 1.0 / static_cast<double>(total);
  std::uint64_t below = 0;
  for (std::size_t value = 0; value < others.size(); ++value) {
    const double lower = static_cast<double>(below) + 0.5 * others[value];
    shares[value] = static_cast<float>((above ? static_cast<double>(total) - lower : lower) * scale);
    below += others[value];
  }
  return shares;
}

// From whole numbers, so that it is exact.
double area(const ValueCounts& counts, Predicts predicts) {
  std::uint64_t without_below = 0;
  double twice = 0;  // of pairs in which the row with the outcome is larger
  for (std::size_t value = 0; value < counts.with.size(); ++value) {
    twice += static_cast<double>(counts.with[value]) *
             (2 * static_cast<double>(without_below) + static_cast<double>(counts.without[value]));
    without_below += counts.without[value];
  }
  const double larger = twice / 2 / (static_cast<double>(counts.rows_with) * static_cast<double>(counts.rows_without));
  return predicts == Predicts::high ? larger : 1 - larger;
}

// Sums over clusters of what the variance needs.
struct ClusterSums {
  double with2 = 0, without2 = 0, both = 0;
  std::size_t clusters = 0, clusters_with = 0, clusters_without = 0;

  void add(const ClusterSums& other) {
    with2 += other.with2;
    without2 += other.without2;
    both += other.both;
    clusters += other.clusters;
    clusters_with += other.clusters_with;
    clusters_without += other.clusters_without;
  }
};

double variance(const ClusterSums& sums, const ValueCounts& counts) {
  const auto with = static_cast<double>(counts.rows_with), without = static_cast<double>(counts.rows_without);
  const auto unbiased = [](std::size_t clusters) {
    return clusters > 1 ? static_cast<double>(clusters) / static_cast<double>(clusters - 1) : 1.0;
  };
  return unbiased(sums.clusters_with) * sums.with2 / (with * with) +
         unbiased(sums.clusters_without) * sums.without2 / (without * without) +
         2 * unbiased(sums.clusters) * sums.both / (with * without);
}

// Rows that a threshold flags: below `value`, or at and above it.
struct Flagged {
  double without = 0, with = 0;
};

template <class Visit>
void each_threshold(const ValueCounts& counts, Predicts predicts, Visit visit) {
  const std::size_t most = counts.with.size() - 1;
  Flagged below;
  std::size_t value = 0;
  std::vector<std::pair<std::size_t, Flagged>> steps;
  for (std::size_t step = 0; step <= thresholds; ++step) {
    const std::size_t end = step == thresholds ? most + 1 : most * step / thresholds;
    for (; value < end; ++value) {
      below.without += counts.without[value];
      below.with += counts.with[value];
    }
    steps.emplace_back(step, below);
  }
  if (predicts == Predicts::low) {
    for (const auto& [step, flagged] : steps) visit(step, flagged);
    return;
  }
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    visit(step->first, Flagged{static_cast<double>(counts.rows_without) - step->second.without,
                               static_cast<double>(counts.rows_with) - step->second.with});
  }
}

}  // namespace

std::optional<double> ValueCounts::quantile_without(double share) const {
  if (rows_without == 0) return std::nullopt;
  const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(rows_without - 1));
  std::uint64_t before = 0;
  for (std::size_t value = 0; value < without.size(); ++value) {
    before += without[value];
    if (before > wanted) return static_cast<double>(value);
  }
  return static_cast<double>(without.size() - 1);
}

ValueCounts count_values(const RankedRows& rows, const ParallelFor& parallel_for) {
  const auto size = static_cast<std::size_t>(rows.most) + 1;
  ValueCounts counts;
  counts.without.assign(size, 0);
  counts.with.assign(size, 0);
  std::vector<std::vector<std::uint32_t>> without(slices);
  std::vector<std::vector<std::int32_t>> with(slices);  // few: listed instead of counted
  parallel_for(slices, [&](std::size_t slice) {
    auto& mine = without[slice];
    mine.assign(size, 0);
    const std::size_t end = slice_begin(slice + 1, rows.accounts()) * rows.weeks;
    for (std::size_t row = slice_begin(slice, rows.accounts()) * rows.weeks; row < end; ++row) {
      if (!rows.takes_part(row)) continue;
      if (rows.labels[row] == Label::with) {
        with[slice].push_back(rows.values[row]);
      } else {
        ++mine[static_cast<std::size_t>(rows.values[row])];
      }
    }
  });
  parallel_for(slices, [&](std::size_t part) {
    const std::size_t end = size * (part + 1) / slices;
    for (const auto& slice : without) {
      for (std::size_t value = size * part / slices; value < end; ++value) counts.without[value] += slice[value];
    }
  });
  for (const auto& slice : with) {
    counts.rows_with += slice.size();
    for (const auto value : slice) ++counts.with[static_cast<std::size_t>(value)];
  }
  counts.rows_without = std::accumulate(counts.without.begin(), counts.without.end(), std::uint64_t{0});
  return counts;
}

std::optional<Interval> clustered_auc(const RankedRows& rows, const ValueCounts& counts, Predicts predicts,
                                      const ParallelFor& parallel_for) {
  if (counts.rows_with == 0 || counts.rows_without == 0) return std::nullopt;
  const bool high = predicts == Predicts::high;
  const double auc = area(counts, predicts);
  const auto beaten_by_with = shares_beaten(counts.without, counts.rows_without, !high);
  const auto beating_without = shares_beaten(counts.with, counts.rows_with, high);
  std::vector<ClusterSums> sums(slices);
  parallel_for(slices, [&](std::size_t slice) {
    auto& mine = sums[slice];
    const std::size_t end = slice_begin(slice + 1, rows.accounts());
    for (std::size_t account = slice_begin(slice, rows.accounts()); account < end; ++account) {
      double with = 0, without = 0;
      std::size_t rows_with = 0, rows_without = 0;
      for (std::size_t row = account * rows.weeks; row < (account + 1) * rows.weeks; ++row) {
        if (!rows.takes_part(row)) continue;
        const auto value = static_cast<std::size_t>(rows.values[row]);
        if (rows.labels[row] == Label::with) {
          with += static_cast<double>(beaten_by_with[value]) - auc;
          ++rows_with;
        } else {
          without += static_cast<double>(beating_without[value]) - auc;
          ++rows_without;
        }
      }
      mine.with2 += with * with;
      mine.without2 += without * without;
      mine.both += with * without;
      mine.clusters += rows_with + rows_without > 0;
      mine.clusters_with += rows_with > 0;
      mine.clusters_without += rows_without > 0;
    }
  });
  ClusterSums all;
  for (const auto& slice : sums) all.add(slice);
  return on_log_odds(auc, variance(all, counts));
}

std::vector<RocPoint> roc_curve(const ValueCounts& counts, Predicts predicts) {
  std::vector<RocPoint> curve;
  if (counts.rows_with == 0 || counts.rows_without == 0) return curve;
  each_threshold(counts, predicts, [&](std::size_t, const Flagged& flagged) {
    curve.push_back({flagged.without / static_cast<double>(counts.rows_without),
                     flagged.with / static_cast<double>(counts.rows_with)});
  });
  return curve;
}

std::vector<PrecisionPoint> precision_recall_curve(const ValueCounts& counts, Predicts predicts) {
  std::vector<PrecisionPoint> curve;
  if (counts.rows_with == 0) return curve;
  const auto with = static_cast<double>(counts.rows_with);
  const double rows = with + static_cast<double>(counts.rows_without);
  const double base_rate = with / rows;
  const double step_size = static_cast<double>(counts.with.size() - 1) / Points::scale / thresholds;
  each_threshold(counts, predicts, [&](std::size_t step, const Flagged& flagged) {
    const double all = flagged.with + flagged.without;
    if (all == 0) return;
    curve.push_back({static_cast<double>(step) * step_size, flagged.with / all, flagged.with / with, all / rows,
                     flagged.with / all / base_rate});
  });
  return curve;
}

}  // namespace banso::engine::lab
