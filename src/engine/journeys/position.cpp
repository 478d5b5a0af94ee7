#include "position.hpp"

#include <algorithm>

namespace banso::engine::journeys {
namespace {

// The stage after the last one that is passed, where all before it are passed or have nothing to show.
template <class Counts, class Reached>
std::size_t furthest(const Journey& journey, const Progress& progress, Counts counts, Reached reached) {
  std::size_t position = 0, index = 0;
  for (std::size_t stage = 0; stage < journey.stages.size(); ++stage) {
    bool has_something = false, is_passed = true;
    for (const auto& milestone : journey.stages[stage].milestones) {
      const auto& mark = progress.marks[index++];
      if (!milestone.is_required || !counts(milestone)) continue;
      has_something = true;
      if (!reached(mark)) is_passed = false;
    }
    if (!is_passed) return position;
    if (has_something) position = stage + 1;
  }
  return position;
}

bool counts_as_reached(const MilestoneMark& mark) {
  return mark.state == MilestoneState::reached;
}

// A milestone of a stage that was passed and is lost.
bool has_lapse_before(const Journey& journey, const Progress& progress, std::size_t current) {
  const auto places = milestones_of(journey);
  return std::any_of(places.begin(), places.end(), [&](const auto& place) {
    return place.stage < current && place.milestone->is_required &&
           progress.marks[place.index].state == MilestoneState::lapsed;
  });
}

std::size_t current_of(const Standing& standing, const std::optional<Assumption>& assumption) {
  const auto evidence = std::max(standing.proven, standing.confirmed);
  if (!assumption) return evidence;
  const bool has_news = evidence > assumption->evidence_then;
  return has_news ? std::max(evidence, assumption->stage) : assumption->stage;
}

Basis basis_of(const Standing& standing) {
  if (standing.confirmed >= standing.current && standing.confirmed > 0) return Basis::confirmed;
  if (standing.proven >= standing.current && standing.proven > 0) return Basis::proven;
  return Basis::assumed;
}

void look_at(const Milestone& milestone, bool holds, core::Day today, MilestoneMark& mark) {
  if (holds) {
    mark.failing_since.reset();
    if (mark.state == MilestoneState::reached) return;
    mark.state = MilestoneState::reached;
    mark.reached_on = today;
    mark.lapsed_on.reset();
    return;
  }
  if (mark.state != MilestoneState::reached) return;
  if (!mark.failing_since) mark.failing_since = today;
  if (today - *mark.failing_since < milestone.grace_days) return;
  mark.state = MilestoneState::lapsed;
  mark.lapsed_on = today;
  mark.reached_on.reset();
  mark.failing_since.reset();
}

}  // namespace

Standing standing_of(const Journey& journey, const Progress& progress) {
  Standing standing;
  standing.proven = furthest(
      journey, progress, [](const Milestone& milestone) { return milestone.is_provable(); }, counts_as_reached);
  standing.confirmed = furthest(
      journey, progress, [](const Milestone& milestone) { return milestone.is_confirmed_by_customer; },
      [](const MilestoneMark& mark) { return mark.confirmed_on.has_value(); });
  if (progress.assumption) standing.assumed = progress.assumption->stage;
  standing.current = current_of(standing, progress.assumption);
  standing.basis = basis_of(standing);
  // What is still ahead for one of the three may have been passed by another: a lapse counts up to the furthest stage
  // the account was ever in, which is the one it is in unless it was set back.
  standing.is_regressing = has_lapse_before(journey, progress, std::max(standing.current, progress.stage.value_or(0)));
  return standing;
}

Step advance(const Journey& journey, const Progress& before, const std::vector<bool>& holds, core::Day today) {
  Step step{before, {}};
  auto& progress = step.progress;
  const auto places = milestones_of(journey);
  progress.marks.resize(places.size());
  for (const auto& place : places) {
    if (!place.milestone->is_provable()) continue;
    auto& mark = progress.marks[place.index];
    const auto state = mark.state;
    look_at(*place.milestone, place.index < holds.size() && holds[place.index], today, mark);
    if (mark.state == state) continue;
    const bool is_reached = mark.state == MilestoneState::reached;
    step.events.push_back(
        {is_reached ? EventKind::milestone_reached : EventKind::milestone_lapsed, place.index, std::nullopt, 0});
  }
  const auto current = standing_of(journey, progress).current;
  if (progress.stage == current) return step;
  const bool has_arrived = current == journey.stages.size();
  step.events.push_back({has_arrived ? EventKind::arrived : EventKind::stage_entered, 0, progress.stage, current});
  progress.stage = current;
  progress.entered_on = today;
  return step;
}

Progress assume(const Journey& journey, Progress progress, std::size_t stage, core::Day today) {
  progress.marks.resize(journey.milestone_count());
  const auto standing = standing_of(journey, progress);
  progress.assumption =
      Assumption{std::min(stage, journey.stages.size()), today, std::max(standing.proven, standing.confirmed)};
  return progress;
}

Progress confirm(Progress progress, std::size_t milestone, std::optional<core::Day> on) {
  if (milestone >= progress.marks.size()) progress.marks.resize(milestone + 1);
  progress.marks[milestone].confirmed_on = on;
  return progress;
}

Pace pace_of(const Journey& journey, const Progress& progress, core::Day today) {
  if (!progress.stage) return {};
  Pace pace;
  pace.days_in_stage = std::max(0, today - progress.entered_on);
  if (*progress.stage < journey.stages.size()) pace.expected_days = journey.stages[*progress.stage].expected_days;
  return pace;
}

}  // namespace banso::engine::journeys
