#include "journey.hpp"

#include <algorithm>

namespace banso::engine::journeys {

std::size_t Journey::milestone_count() const {
  std::size_t count = 0;
  for (const auto& stage : stages) count += stage.milestones.size();
  return count;
}

std::optional<std::size_t> Journey::stage_index(std::string_view key) const {
  const auto found = std::find_if(stages.begin(), stages.end(), [&](const auto& stage) { return stage.key == key; });
  if (found == stages.end()) return std::nullopt;
  return static_cast<std::size_t>(found - stages.begin());
}

std::vector<MilestonePlace> milestones_of(const Journey& journey) {
  std::vector<MilestonePlace> places;
  for (std::size_t stage = 0; stage < journey.stages.size(); ++stage) {
    for (const auto& milestone : journey.stages[stage].milestones) places.push_back({stage, places.size(), &milestone});
  }
  return places;
}

bool is_handover(const Journey& journey, std::size_t from, std::size_t to) {
  if (from >= journey.stages.size() || to >= journey.stages.size()) return false;
  return journey.stages[from].our_role != journey.stages[to].our_role;
}

}  // namespace banso::engine::journeys
