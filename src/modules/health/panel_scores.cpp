#include "panel_scores.hpp"

#include <algorithm>
#include <cmath>

namespace banso::health {
namespace {

namespace lab = engine::lab;

template <class Rows, class Merged>
void merge(const Rows& rows, Merged& merged, typename Merged::value_type none) {
  for (std::size_t row = 0; row < merged.size(); ++row) {
    if (rows[row] != none) merged[row] = rows[row];
  }
}

// The scorecard reduced to one of its groups: its score is the group's.
engine::Scorecard only_group(const engine::Scorecard& scorecard, const engine::ScorecardGroup& group) {
  auto alone = scorecard;
  alone.groups = {group};
  alone.groups.front().weight = 1;
  alone.forced.clear();
  return alone;
}

}  // namespace

const std::vector<std::int32_t>* PanelScores::group(std::string_view key) const {
  const auto found =
      std::find_if(groups_.begin(), groups_.end(), [&](const auto& group) { return group.first == key; });
  return found == groups_.end() ? nullptr : &found->second;
}

std::optional<std::int8_t> PanelScores::level_by_hand(std::string_view key) const {
  const auto found = std::find(level_keys_.begin(), level_keys_.end(), key);
  if (found == level_keys_.end()) return std::nullopt;
  return static_cast<std::int8_t>(found - level_keys_.begin());
}

double PanelScores::value(std::int32_t points) {
  return points == lab::no_points ? std::nan("") : static_cast<double>(points) / engine::Points::scale;
}

PanelScores score_panel(const DefinitionSet& set, const engine::Definitions& panel_definitions, lab::Rescorer& rescorer,
                        const engine::ParallelFor& parallel_for) {
  const auto rows = rescorer.panel().rows();
  PanelScores scores;
  scores.scores_.assign(rows, lab::no_points);
  scores.levels_.assign(rows, engine::no_level);
  if (!set.scorecard()) return scores;
  for (const auto& level : set.scorecard()->levels) scores.level_keys_.push_back(level.key);
  for (const auto* group : set.groups()) {
    scores.groups_.emplace_back(group->key, std::vector<std::int32_t>(rows, lab::no_points));
  }
  auto base = std::make_shared<engine::Definitions>(set.definitions);
  base->measures = panel_definitions.measures;
  for (std::size_t index = 0; index < base->scorecards.size(); ++index) {
    if (lab::unfit(rescorer.panel(), base->scorecards[index])) continue;
    const auto scored = rescorer.score(base, index, parallel_for);
    merge(scored.scores, scores.scores_, lab::no_points);
    merge(scored.levels, scores.levels_, engine::no_level);
    for (const auto& flat : engine::flatten(base->scorecards[index]).groups) {
      const auto common = std::find_if(scores.groups_.begin(), scores.groups_.end(),
                                       [&](const auto& group) { return group.first == flat.definition->key; });
      if (common == scores.groups_.end()) continue;
      auto alone = std::make_shared<engine::Definitions>(*base);
      alone->scorecards[index] = only_group(base->scorecards[index], *flat.definition);
      merge(rescorer.score(alone, index, parallel_for).scores, common->second, lab::no_points);
    }
  }
  return scores;
}

}  // namespace banso::health
