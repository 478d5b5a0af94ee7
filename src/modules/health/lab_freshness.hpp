// Whether a panel still speaks of the published measures. Scorecards may change at any time: they are tried as they are
// now. Measures may not: their values in the panel are those of the old meaning.
#pragma once

#include <set>
#include <string>

#include "engine/definitions.hpp"

namespace banso::health {

// Keys of the measures whose values would come out otherwise today: changed, new, or gone; those made of them included.
// Names and descriptions do not count.
std::set<std::string> changed_measures(const engine::Definitions& built, const engine::Definitions& published);
// Those of them that the scorecard uses.
std::set<std::string> used_by(const engine::Scorecard& scorecard, const std::set<std::string>& measures);

}  // namespace banso::health
