#include "stage_words.hpp"

namespace banso::journeys {

std::string_view word_of(engine::journeys::Basis basis) {
  constexpr std::string_view words[] = {"assumed", "proven", "confirmed"};
  return words[static_cast<std::size_t>(basis)];
}

std::string stage_key(const engine::journeys::Journey& map, std::size_t stage) {
  return stage < map.stages.size() ? map.stages[stage].key : std::string(arrived);
}

core::Text stage_name(const engine::journeys::Journey& map, std::string_view stage) {
  if (stage.empty()) return {};
  if (stage == arrived) return {"Arrived", "到達"};
  const auto index = map.stage_index(stage);
  return index ? map.stages[*index].name : core::Text{std::string(stage), std::string(stage)};
}

}  // namespace banso::journeys
