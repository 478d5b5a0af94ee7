// One pass over the judged rows of a scored panel: how many there are, by level, by score and beyond the threshold, how
// many had the outcome, and what revenue hung on them.
#pragma once

#include <vector>

#include "interval.hpp"
#include "panel.hpp"
#include "rescore.hpp"

namespace banso::engine::lab {

inline constexpr std::size_t calibration_bins = 10;  // of ten points each; the last holds 100

struct TalliedLevel {
  ClusteredShare rate;         // rows, and those with the outcome
  std::int64_t arr_minor = 0;  // of the accounts that are in the level in their last judged week
};

struct TalliedBin {
  ClusteredShare rate;
  double score_sum = 0;  // in points
};

// Money counts each account once.
struct Tally {
  std::size_t accounts = 0;
  std::size_t accounts_with = 0;  // with the outcome
  ClusteredShare base;            // all judged rows
  ClusteredShare precision;       // flagged rows, and those of them with the outcome
  ClusteredShare recall;          // rows with the outcome, and those of them flagged
  std::size_t accounts_flagged = 0, accounts_caught = 0, accounts_missed = 0;
  std::int64_t arr_flagged_minor = 0;  // in the last flagged week
  std::int64_t arr_caught_minor = 0;   // in the last week before the outcome; flagged in a week of the lead time
  std::int64_t arr_missed_minor = 0;   // in no week of the lead time
  std::vector<TalliedLevel> levels;    // as in the scorecard
  std::vector<TalliedBin> bins = std::vector<TalliedBin>(calibration_bins);

  void add(const Tally& other);
};

// Flagged are the levels from `first` to `last`, both inclusive.
struct FlaggedLevels {
  std::int8_t first = 0;
  std::int8_t last = 0;
  bool holds(std::int8_t level) const { return first <= level && level <= last; }
};

Tally tally(const LabPanel& panel, const ScoredPanel& scored, std::span<const Label> labels, FlaggedLevels flagged,
            const ParallelFor& parallel_for = serial());

}  // namespace banso::engine::lab
