// The weights of a scorecard as shares of the whole score, per item in the order of reading.
#pragma once

#include <span>
#include <vector>

#include "engine/definitions.hpp"

namespace banso::engine::lab {

// Each item's share where all count; they add up to 1.
std::vector<double> nominal_shares(const Scorecard& scorecard);
// The scorecard with weights such that each item has this share.
Scorecard with_shares(Scorecard scorecard, std::span<const double> shares);
// The scorecard without weight on the item.
Scorecard without_item(Scorecard scorecard, std::size_t index);

}  // namespace banso::engine::lab
