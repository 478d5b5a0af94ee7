#include "past.hpp"

#include <fmt/format.h>

namespace banso::journeys {
namespace {

namespace map = engine::journeys;

// Conditions in the order in which they are run: whose, then one for each milestone that has a past.
struct Questions {
  std::vector<engine::Condition> conditions;
  std::vector<std::optional<std::size_t>> of_milestone;  // index into conditions
  std::vector<std::string> without_history;
};

core::Result<Questions> questions_of(const engine::FieldCatalogue& fields, const map::Journey& journey) {
  Questions questions;
  if (journey.condition_json.empty()) {
    questions.conditions.emplace_back();
  } else {
    auto whose = engine::compile_condition(journey.condition_json, fields);
    if (!whose) {
      return core::Error::conflict(
          {"Whose journey it is rests on a field whose past is not kept, so the past cannot be read.",
           "対象の条件に、過去の値を保持していない項目が含まれるため、過去を再現できません。"});
    }
    questions.conditions.push_back(std::move(*whose));
  }
  for (const auto& place : map::milestones_of(journey)) {
    auto& index = questions.of_milestone.emplace_back();
    if (!place.milestone->is_provable()) continue;
    auto compiled = engine::compile_condition(place.milestone->condition_json, fields);
    if (compiled) {
      index = questions.conditions.size();
      questions.conditions.push_back(std::move(*compiled));
    } else {
      questions.without_history.push_back(place.milestone->key);
    }
  }
  return questions;
}

// One account in one week.
void step(const map::Journey& journey, const std::vector<bool>& holds, core::Day day, bool is_first_week,
          PastWay& way) {
  if (!way.progress.stage) way.began_before = is_first_week;
  auto moved = map::advance(journey, way.progress, holds, day);
  const bool has_new_stage = moved.progress.stage != way.progress.stage;
  way.progress = std::move(moved.progress);
  if (!has_new_stage) return;
  const auto standing = map::standing_of(journey, way.progress);
  way.stays.push_back({standing.current, standing.basis, day});
}

}  // namespace

core::Result<Past> read_past(const health::PanelView& panel, const map::Journey& journey) {
  BANSO_TRY_ASSIGN(auto questions, questions_of(panel.fields(), journey));
  Past past;
  past.without_history = std::move(questions.without_history);
  const auto days = panel.days();
  if (days.empty()) return past;
  past.first_day = days.front();
  past.last_day = days.back();
  for (std::size_t block = 0; block < panel.blocks(); ++block) {
    const auto [first, count] = panel.block(block);
    std::vector<PastWay> ways(count);
    panel.run(questions.conditions, block,
              [&](std::size_t week, const engine::Selection& exists, std::span<const engine::Selection> holds) {
                for (std::size_t i = 0; i < ways.size(); ++i) {
                  if (!exists.test(i) || !holds[0].test(i)) continue;
                  std::vector<bool> bits(questions.of_milestone.size(), false);
                  for (std::size_t milestone = 0; milestone < bits.size(); ++milestone) {
                    const auto& index = questions.of_milestone[milestone];
                    bits[milestone] = index && holds[*index].test(i);
                  }
                  step(journey, bits, days[week], week == 0, ways[i]);
                }
              });
    for (std::size_t i = 0; i < count; ++i) {
      if (!ways[i].stays.empty()) past.ways.emplace(panel.id(first + i), std::move(ways[i]));
    }
  }
  return past;
}

}  // namespace banso::journeys
