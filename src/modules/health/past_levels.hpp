// The levels that accounts had on earlier days, from the history in the mart: many at once, for whoever learns from the
// past. Internal to the module.
#pragma once

#include "health.hpp"
#include "mart_store.hpp"

namespace banso::health {

// In the order of the questions: the key of the level at the end of the week that is kept for the day (its own, or the
// last one before it), as it was known then; nothing where nothing is kept or no level was known.
std::vector<std::optional<std::string>> past_levels(platform::duckdb::Database& mart, const Evaluation& evaluation,
                                                    std::span<const engine::Level> levels,
                                                    std::span<const AccountDay> questions);

}  // namespace banso::health
