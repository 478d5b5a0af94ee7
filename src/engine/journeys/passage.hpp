// How a whole book passes through a journey: how many reach each stage, and how long it takes them. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/time.hpp"

namespace banso::engine::journeys {

// One account's way so far: the first day on which it was in a stage or beyond it, stage by stage; `reached.back()` is
// the arrival. Nothing: not yet.
struct Passage {
  core::Day began;                                // when it set out
  std::optional<core::Day> ended;                 // it left the journey (churned, another journey) without arriving
  std::vector<std::optional<core::Day>> reached;  // one more than stages
  std::uint32_t cohort = 0;
};

struct StagePassage {
  std::int64_t reached = 0;
  // Days from setting out until half of all had reached it, those on their way counted as far as they were seen
  // (Kaplan-Meier); nothing where half did not reach it. Who left the journey counts as seen until then.
  std::optional<double> median_days;
  std::optional<double> low_days, high_days;  // 95% interval of the median
};

struct CohortPassage {
  std::int64_t accounts = 0;
  std::vector<StagePassage> stages;  // one more than stages
};

// One for each cohort 0..cohorts-1, as seen on `today`.
std::vector<CohortPassage> passages_by_cohort(std::span<const Passage> passages, std::size_t cohorts,
                                              std::size_t stages, core::Day today);

}  // namespace banso::engine::journeys
