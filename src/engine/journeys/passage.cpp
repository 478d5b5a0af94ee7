#include "passage.hpp"

#include <algorithm>

#include "engine/retention_statistics/survival.hpp"

namespace banso::engine::journeys {
namespace {

namespace statistics = retention_statistics;

// Reaching a stage is the "end" that the survival curve waits for. One day is added to every time, since who sets out
// in a stage has reached it after no time at all, and nobody is at risk at zero.
statistics::Lifetime time_to(const Passage& passage, std::size_t stage, core::Day today) {
  const auto reached = stage < passage.reached.size() ? passage.reached[stage] : std::nullopt;
  const auto last = reached ? *reached : std::min(passage.ended.value_or(today), today);
  return {statistics::from_the_begin, std::max(0, last - passage.began) + 1.0, reached.has_value(), 0};
}

std::optional<double> without_first_day(const std::optional<double>& days) {
  if (!days) return std::nullopt;
  return *days - 1;
}

}  // namespace

std::vector<CohortPassage> passages_by_cohort(std::span<const Passage> passages, std::size_t cohorts,
                                              std::size_t stages, core::Day today) {
  std::vector<CohortPassage> result(cohorts);
  std::vector<std::vector<std::vector<statistics::Lifetime>>> times(
      cohorts, std::vector<std::vector<statistics::Lifetime>>(stages + 1));
  for (auto& cohort : result) cohort.stages.resize(stages + 1);
  for (const auto& passage : passages) {
    if (passage.cohort >= cohorts) continue;
    auto& cohort = result[passage.cohort];
    ++cohort.accounts;
    for (std::size_t stage = 0; stage <= stages; ++stage) {
      const auto time = time_to(passage, stage, today);
      if (time.ended) ++cohort.stages[stage].reached;
      times[passage.cohort][stage].push_back(time);
    }
  }
  for (std::size_t cohort = 0; cohort < cohorts; ++cohort) {
    for (std::size_t stage = 0; stage <= stages; ++stage) {
      const auto median = statistics::survival_curve(times[cohort][stage]).median();
      auto& of_stage = result[cohort].stages[stage];
      of_stage.median_days = without_first_day(median.value);
      of_stage.low_days = without_first_day(median.low);
      of_stage.high_days = without_first_day(median.high);
    }
  }
  return result;
}

}  // namespace banso::engine::journeys
