#include "ranking.hpp"

#include <algorithm>
#include <numeric>

#include "wide.hpp"

namespace banso::engine::lab {
namespace {

// Fixed, whatever the number of threads: sums of doubles are then always added in the same order.
constexpr std::size_t slices = 8;
constexpr std::size_t thresholds = 100;

std::size_t slice_begin(std::size_t slice, std::size_t accounts) {
  return accounts * slice / slices;
}

// For each value, twice the number of the other rows that lie below it, ties as half; 0 behind the last value, for rows
// without one.
RowBuffer<std::uint32_t> twice_below(const RowBuffer<std::uint32_t>& others, RankingBuffers& buffers) {
  auto twice = buffers.lend(others.size() + 1);
  std::uint32_t below = 0;
  for (std::size_t value = 0; value < others.size(); ++value) {
    twice[value] = 2 * below + others[value];
    below += others[value];
  }
  twice[others.size()] = 0;
  return twice;
}

// What the values of some rows add up to in a table, and how many have a value.
struct TableSum {
  std::uint64_t sum = 0;
  std::uint64_t rows = 0;
};

BANSO_WIDE void add_from_table(const std::int32_t* values, std::size_t rows, const std::uint32_t* table,
                               std::int32_t none, TableSum& into) {
  std::uint64_t sum = 0, with_value = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::int32_t value = values[row];
    sum += table[value < 0 ? none : value];
    with_value += value >= 0 ? 1 : 0;
  }
  into.sum += sum;
  into.rows += with_value;
}

// From whole numbers, so that it is exact.
double area(const ValueCounts& counts, const RowBuffer<std::uint32_t>& twice_without, Predicts predicts) {
  std::uint64_t twice = 0;  // of pairs in which the row with the outcome is larger
  for (std::size_t value = 0; value < counts.with.size(); ++value) {
    twice += std::uint64_t{counts.with[value]} * twice_without[value];
  }
  const double larger = static_cast<double>(twice) / 2 /
                        (static_cast<double>(counts.rows_with) * static_cast<double>(counts.rows_without));
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

ValueCounts count_values(const RankedRows& rows, const ParallelFor& parallel_for, RankingBuffers* lent) {
  RankingBuffers own;
  RankingBuffers& buffers = lent ? *lent : own;
  const auto size = static_cast<std::size_t>(rows.most) + 1;
  ValueCounts counts;
  counts.without = buffers.lend(size);
  counts.with = buffers.lend(size);
  std::vector<RowBuffer<std::uint32_t>> without;  // one more: rows without a value
  for (std::size_t slice = 0; slice < slices; ++slice) without.push_back(buffers.lend(size + 1));
  std::vector<std::vector<std::int32_t>> with(slices);  // few: listed instead of counted
  parallel_for(slices, [&](std::size_t slice) {
    std::uint32_t* mine = without[slice].data();
    std::fill_n(mine, size + 1, 0);
    const std::size_t begin = slice_begin(slice, rows.accounts()) * rows.weeks;
    const std::size_t end = slice_begin(slice + 1, rows.accounts()) * rows.weeks;
    each_label_run(rows.labels, begin, end, [&](const LabelRun& run) {
      for (std::size_t row = run.begin; row < run.end; ++row) {
        const auto value = rows.values[row];
        if (run.label == Label::without) {
          ++mine[value < 0 ? size : static_cast<std::size_t>(value)];
        } else if (value >= 0) {
          with[slice].push_back(value);
        }
      }
    });
  });
  std::vector<std::uint64_t> rows_without(slices);
  parallel_for(slices, [&](std::size_t part) {
    const std::size_t begin = size * part / slices, end = size * (part + 1) / slices;
    std::uint32_t* into = counts.without.data();
    std::copy(without[0].data() + begin, without[0].data() + end, into + begin);
    for (std::size_t slice = 1; slice < slices; ++slice) {
      const std::uint32_t* from = without[slice].data();
      for (std::size_t value = begin; value < end; ++value) into[value] += from[value];
    }
    rows_without[part] = std::accumulate(into + begin, into + end, std::uint64_t{0});
    std::fill(counts.with.data() + begin, counts.with.data() + end, 0);
  });
  counts.rows_without = std::accumulate(rows_without.begin(), rows_without.end(), std::uint64_t{0});
  for (const auto& slice : with) {
    counts.rows_with += slice.size();
    for (const auto value : slice) ++counts.with[static_cast<std::size_t>(value)];
  }
  return counts;
}

std::optional<Interval> clustered_auc(const RankedRows& rows, const ValueCounts& counts, Predicts predicts,
                                      const ParallelFor& parallel_for, RankingBuffers* lent) {
  if (counts.rows_with == 0 || counts.rows_without == 0) return std::nullopt;
  RankingBuffers own;
  RankingBuffers& buffers = lent ? *lent : own;
  const bool high = predicts == Predicts::high;
  RowBuffer<std::uint32_t> below_without, below_with;
  parallel_for(2, [&](std::size_t which) {
    (which == 0 ? below_without : below_with) = twice_below(which == 0 ? counts.without : counts.with, buffers);
  });
  const double auc = area(counts, below_without, predicts);
  const auto none = static_cast<std::int32_t>(rows.most) + 1;
  // How much of the other kind's rows an account's rows beat, beyond what is to be expected.
  const auto surplus = [auc](const TableSum& own_rows, std::uint64_t others, bool beats_above) {
    const auto count = static_cast<double>(own_rows.rows);
    const double below = static_cast<double>(own_rows.sum) / (2 * static_cast<double>(others));
    return (beats_above ? count - below : below) - auc * count;
  };
  std::vector<ClusterSums> sums(slices);
  parallel_for(slices, [&](std::size_t slice) {
    auto& mine = sums[slice];
    const std::size_t end = slice_begin(slice + 1, rows.accounts());
    for (std::size_t account = slice_begin(slice, rows.accounts()); account < end; ++account) {
      TableSum of_with, of_without;
      each_label_run(rows.labels, account * rows.weeks, (account + 1) * rows.weeks, [&](const LabelRun& run) {
        const bool is_with = run.label == Label::with;
        add_from_table(rows.values.data() + run.begin, run.end - run.begin,
                       (is_with ? below_without : below_with).data(), none, is_with ? of_with : of_without);
      });
      const double with = surplus(of_with, counts.rows_without, !high);
      const double without = surplus(of_without, counts.rows_with, high);
      mine.with2 += with * with;
      mine.without2 += without * without;
      mine.both += with * without;
      mine.clusters += of_with.rows + of_without.rows > 0;
      mine.clusters_with += of_with.rows > 0;
      mine.clusters_without += of_without.rows > 0;
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
