#include "lab_freshness.hpp"

#include <algorithm>

namespace banso::health {
namespace {

// What its values depend on.
engine::MeasureDefinition meaning_of(engine::MeasureDefinition measure) {
  measure.name = {};
  measure.description = {};
  return measure;
}

}  // namespace

std::set<std::string> changed_measures(const engine::Definitions& built, const engine::Definitions& published) {
  std::set<std::string> changed;
  for (const auto& measure : built.measures) {
    if (!published.measure_index(measure.key)) changed.insert(measure.key);
  }
  for (const auto& measure : published.measures) {
    const auto before = built.measure_index(measure.key);
    if (!before || meaning_of(built.measures[*before]) != meaning_of(measure)) changed.insert(measure.key);
  }
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (const auto& measure : published.measures) {
      const auto operands = engine::operands_of(measure);
      const bool is_touched =
          std::any_of(operands.begin(), operands.end(), [&](const auto& operand) { return changed.contains(operand); });
      if (is_touched && changed.insert(measure.key).second) has_grown = true;
    }
  }
  return changed;
}

std::set<std::string> used_by(const engine::Scorecard& scorecard, const std::set<std::string>& measures) {
  std::set<std::string> used;
  for (const auto& item : engine::flatten(scorecard).items) {
    if (measures.contains(item.definition->measure)) used.insert(item.definition->measure);
  }
  return used;
}

}  // namespace banso::health
