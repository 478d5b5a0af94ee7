// How well a ranking tells rows with the outcome from rows without it: the area under the ROC curve with an interval
// that respects accounts, and the points of the ROC and precision-recall curves. All counts are exact: values are whole
// numbers, counted one by one, ties as half.
#pragma once

#include <optional>
#include <vector>

#include "engine/evaluate.hpp"
#include "interval.hpp"
#include "row_buffer.hpp"
#include "rows.hpp"

namespace banso::engine::lab {

// Lend the tables over all values, which take megabytes, to one ranking after the other.
using RankingBuffers = RowBuffers<std::uint32_t>;

// Rows per value, with and without the outcome.
struct ValueCounts {
  RowBuffer<std::uint32_t> without;  // 0..most
  RowBuffer<std::uint32_t> with;
  std::uint64_t rows_without = 0;
  std::uint64_t rows_with = 0;

  // The value below which `share` of the rows without the outcome lie; nothing where there are none.
  std::optional<double> quantile_without(double share) const;
};
ValueCounts count_values(const RankedRows& rows, const ParallelFor& parallel_for = serial(),
                         RankingBuffers* buffers = nullptr);

// The chance that a row with the outcome ranks nearer the predicting end than one without, ties counted half. Interval:
// DeLong's variance with accounts as clusters (Obuchowski 1997), on log odds. Nothing where all rows have the outcome
// or none has.
std::optional<Interval> clustered_auc(const RankedRows& rows, const ValueCounts& counts, Predicts predicts,
                                      const ParallelFor& parallel_for = serial(), RankingBuffers* buffers = nullptr);

// Flagging every row beyond a threshold.
struct RocPoint {
  double false_rate;  // share of the rows without the outcome that are flagged
  double true_rate;
};
struct PrecisionPoint {
  double score;  // flagged: below it (Predicts::high: at or above it)
  double precision;
  double recall;
  double flagged_share;
  double lift;  // precision over the base rate
};
// At the 101 thresholds 0, 1, ... 100 hundredths of `most`; the first flags none, the last all.
std::vector<RocPoint> roc_curve(const ValueCounts& counts, Predicts predicts);
// The same without thresholds that flag nothing; empty where no row has the outcome.
std::vector<PrecisionPoint> precision_recall_curve(const ValueCounts& counts, Predicts predicts);

}  // namespace banso::engine::lab
