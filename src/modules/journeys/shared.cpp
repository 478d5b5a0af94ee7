#include "shared.hpp"

namespace banso::journeys {

namespace map = engine::journeys;

SharedJourney shared_of(const Position& position) {
  const auto& of = position.journey->map;
  const auto& progress = position.progress;
  SharedJourney shared;
  shared.name = of.name;
  for (const auto& stage : of.stages) shared.stages.push_back({stage.key, stage.name, stage.outcome, {}});
  for (const auto& place : map::milestones_of(of)) {
    const auto mark = place.index < progress.marks.size() ? progress.marks[place.index] : map::MilestoneMark{};
    const bool is_reached = mark.state == map::MilestoneState::reached;
    shared.stages[place.stage].milestones.push_back(
        {place.milestone->key, place.milestone->name, place.milestone->is_required,
         place.milestone->is_confirmed_by_customer, is_reached ? mark.reached_on : std::nullopt, mark.confirmed_on});
  }
  shared.current = position.standing.current;
  shared.proven = position.standing.proven;
  shared.confirmed = position.standing.confirmed;
  shared.since = progress.entered_on;
  shared.expected_days = position.pace.expected_days;
  return shared;
}

}  // namespace banso::journeys
