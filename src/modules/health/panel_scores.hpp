// Scores, levels and groups' scores of every account in every week of the lab's panel, whichever scorecard is its own.
// Internal to the module.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "definition_set.hpp"
#include "engine/lab/rescore.hpp"

namespace banso::health {

// Rows as in the panel. What is rolled up from children is not in it: see engine/lab.
class PanelScores {
 public:
  std::span<const std::int32_t> scores() const { return scores_; }  // engine::lab::no_points where there is none
  std::span<const std::int8_t> levels() const { return levels_; }   // the machine's
  const std::vector<std::int32_t>* group(std::string_view key) const;
  // The position of a level that a person chose; nothing where the scorecard has none of that key.
  std::optional<std::int8_t> level_by_hand(std::string_view key) const;
  static double value(std::int32_t points);  // not a number where there is none

 private:
  friend PanelScores score_panel(const DefinitionSet& set, const engine::Definitions& panel_definitions,
                                 engine::lab::Rescorer& rescorer, const engine::ParallelFor& parallel_for);
  std::vector<std::int32_t> scores_;
  std::vector<std::int8_t> levels_;
  std::vector<std::pair<std::string, std::vector<std::int32_t>>> groups_;
  std::vector<std::string> level_keys_;
};

// With the scorecards of the set, on the measures of the panel.
PanelScores score_panel(const DefinitionSet& set, const engine::Definitions& panel_definitions,
                        engine::lab::Rescorer& rescorer, const engine::ParallelFor& parallel_for);

}  // namespace banso::health
