// How accounts would have gone through a journey before it was published: every past week is read with what was known
// in it, by the same steps as today. Internal to the module.
#pragma once

#include <unordered_map>

#include "engine/journeys/position.hpp"
#include "kind.hpp"

namespace banso::journeys {

struct PastStay {
  std::size_t stage = 0;
  engine::journeys::Basis basis = engine::journeys::Basis::assumed;
  core::Day entered;
};

struct PastWay {
  // The account was there in the first week of history already: when it came into its first stage is not known.
  bool began_before = false;
  std::vector<PastStay> stays;  // oldest first; the last one is open
  engine::journeys::Progress progress;
};

struct Past {
  std::unordered_map<core::AccountId, PastWay> ways;
  core::Day first_day, last_day;
  // Milestones whose conditions cannot be read in the past, by key: they count as not reached then.
  std::vector<std::string> without_history;
};

// Refused where the condition of whose journey it is has no past. Takes a second or so for 100,000 accounts and two
// years.
core::Result<Past> read_past(const health::PanelView& panel, const engine::journeys::Journey& journey);

}  // namespace banso::journeys
