// A scorecard tried on the panel, column by column. The rules are the engine's (Scoring::judge for the points of a
// value, Scoring::shares for the weights where something is missing); here they are only called less often: points once
// per curve, shares once per combination of items that count. Scores equal those of engine::evaluate_history to the
// last ten-thousandth (rescore_test.cpp).
//
// Roll-ups from children to parents are left out: the lab judges what an account's own measures say.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "panel.hpp"
#include "row_buffer.hpp"
#include "rows.hpp"

namespace banso::engine::lab {

// What one item of a scorecard makes of its measure, per row.
struct ItemPoints {
  std::vector<std::int32_t> points;  // no_points where it does not count
  std::vector<ItemUse> uses;
};
using ItemPointsPtr = std::shared_ptr<const ItemPoints>;

// Which items count, in runs of rows that have the same ones. Runs never cross a block of the panel.
struct CountingRuns {
  struct Run {
    std::uint32_t rows;
    std::uint32_t pattern;
  };
  std::vector<std::vector<Run>> blocks;  // as in the panel
  std::size_t pattern_count = 0;
  std::vector<ItemUse> patterns;  // pattern after pattern, an item each: number where it counts, else left_out
};
using CountingRunsPtr = std::shared_ptr<const CountingRuns>;

struct ScoredPanel {
  std::shared_ptr<const Definitions> definitions;  // with the scorecard as tried
  std::size_t scorecard = 0;                       // index into its scorecards
  std::vector<ItemPointsPtr> items;                // in the scorecard's order
  RowBuffer<std::int32_t> scores;  // per row; no_points where there is none, or another scorecard applies
  RowBuffer<std::int8_t> levels;   // the machine's; no_level where there is no score

  const Scorecard& card() const { return definitions->scorecards[scorecard]; }
};

// Keeps the points of items it has seen, so that a change of weights or levels recomputes none and a change of one
// curve one. Safe to use from several threads; the work is done one call after the other.
class Rescorer {
 public:
  explicit Rescorer(std::shared_ptr<const LabPanel> panel) : panel_(std::move(panel)) {}

  const LabPanel& panel() const { return *panel_; }
  // The definitions must be valid, with the measures of the panel; see unfit().
  ScoredPanel score(const std::shared_ptr<const Definitions>& definitions, std::size_t scorecard,
                    const ParallelFor& parallel_for = serial());
  // Points of an item as it stands in the definitions.
  ItemPointsPtr points(const Definitions& definitions, const ScorecardItem& item, const ParallelFor& parallel_for);
  // Of what is kept besides the panel.
  std::size_t memory_bytes() const;

 private:
  struct KeptPoints {
    ScorecardItem item;  // without its weight
    ItemPointsPtr points;
  };
  struct KeptRuns {
    std::vector<ScorecardItem> items;  // only what says when they count
    CountingRunsPtr runs;
  };
  const std::shared_ptr<const LabPanel> panel_;
  mutable std::mutex mutex_;
  std::list<KeptPoints> points_;  // most recently used first
  std::list<KeptRuns> runs_;
  RowBuffers<std::int32_t> score_buffers_;
  RowBuffers<std::int8_t> level_buffers_;

  ItemPointsPtr points_of(const ItemPlan& item, const Plan& plan, const ParallelFor& parallel_for);
  CountingRunsPtr runs_of(const ScorecardPlan& card, std::span<const ItemPointsPtr> items,
                          const ParallelFor& parallel_for);
};

// Why the scorecard cannot be tried on the panel; empty where it can: it names a measure that the panel has not, or
// lets one decay whose ages were not kept.
std::optional<core::FieldError> unfit(const LabPanel& panel, const Scorecard& scorecard);

}  // namespace banso::engine::lab
