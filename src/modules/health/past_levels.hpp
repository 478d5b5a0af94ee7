// The scores and levels that accounts had on earlier days, from the history in the mart: many at once, for whoever
// learns from the past. Internal to the module.
#pragma once

#include "health.hpp"
#include "mart_store.hpp"

namespace banso::health {

// In the order of the questions: score and level at the end of the week that is kept for the day (its own, or the last
// one before it), as it was known then; neither where nothing is kept or nothing was known. Nothing at all where the
// evaluation is gone: a newer one has taken its place.
std::optional<std::vector<PastScore>> past_scores(platform::duckdb::Database& mart, const Evaluation& evaluation,
                                                  std::span<const engine::Level> levels,
                                                  std::span<const AccountDay> questions);

}  // namespace banso::health
