#include "passages.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace banso::journeys {
namespace {

namespace journey_engine = engine::journeys;

// Stages that are gone from the map count as their neighbours do not: they are left out.
std::optional<std::size_t> index_of(const journey_engine::Journey& map, const std::string& stage) {
  return stage == arrived ? std::optional(map.stages.size()) : map.stage_index(stage);
}

void reach(journey_engine::Passage& passage, std::size_t stage, core::Day day) {
  for (std::size_t i = 0; i <= stage && i < passage.reached.size(); ++i) {
    if (!passage.reached[i]) passage.reached[i] = day;
  }
}

core::Day quarter_of(core::Day day) {
  const auto date = core::year_month_day(day);
  return core::day_from(date.year, (date.month - 1) / 3 * 3 + 1, 1);
}

std::string key_of(core::Day quarter) {
  const auto date = core::year_month_day(quarter);
  return fmt::format("{}-Q{}", date.year, (date.month - 1) / 3 + 1);
}

}  // namespace

Passages passages_of(Store& store, const CompiledJourney& journey, core::Day today) {
  const auto stages = journey.map.stages.size();
  std::map<core::AccountId, journey_engine::Passage> passages;
  std::map<core::AccountId, bool> unseen;
  store.each_stay(journey.key, [&](const Stay& stay) {
    auto [found, is_new] = passages.try_emplace(stay.account);
    auto& passage = found->second;
    if (is_new) {
      passage.began = stay.entered;
      passage.reached.resize(stages + 1);
      unseen[stay.account] = stay.is_first_look;
    }
    passage.ended = stay.left;  // of the last stay: those before ended where the next began
    if (const auto index = index_of(journey.map, stay.stage)) reach(passage, *index, stay.entered);
  });
  Passages result;
  std::vector<journey_engine::Passage> seen;
  std::map<core::Day, std::uint32_t> quarters;
  for (const auto& [account, passage] : passages) {
    if (unseen[account]) {
      ++result.unseen;
      continue;
    }
    seen.push_back(passage);
    quarters.try_emplace(quarter_of(passage.began), 0);
  }
  for (std::uint32_t number = 0; auto& [quarter, cohort] : quarters) {
    cohort = number++;
    result.cohorts.push_back({key_of(quarter), quarter, {}});
  }
  result.all = journey_engine::passages_by_cohort(seen, 1, stages, today).front();
  for (auto& passage : seen) passage.cohort = quarters.at(quarter_of(passage.began));
  auto by_cohort = journey_engine::passages_by_cohort(seen, result.cohorts.size(), stages, today);
  for (std::size_t i = 0; i < by_cohort.size(); ++i) result.cohorts[i].passage = std::move(by_cohort[i]);
  return result;
}

}  // namespace banso::journeys
