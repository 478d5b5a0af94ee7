// How the book passed through a journey, from the recorded stays. Internal to the module.
#pragma once

#include "engine/journeys/passage.hpp"
#include "kind.hpp"
#include "store.hpp"

namespace banso::journeys {

struct Cohort {
  std::string key;  // "2026-Q2": when its accounts set out
  core::Day first_day;
  engine::journeys::CohortPassage passage;
};

// By calendar quarter of setting out, oldest first. Accounts that the journey's first look found on their way are left
// out, because nobody saw them set out; their number is told.
struct Passages {
  std::vector<Cohort> cohorts;
  engine::journeys::CohortPassage all;
  std::int64_t unseen = 0;
};
Passages passages_of(Store& store, const CompiledJourney& journey, core::Day today);

}  // namespace banso::journeys
