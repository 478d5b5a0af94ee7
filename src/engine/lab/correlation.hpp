// Rank correlation, for what says the same as something else.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace banso::engine::lab {

// Ranks 1..n, ties share the mean of theirs.
std::vector<double> mid_ranks(std::span<const double> values);
// Spearman's: Pearson's correlation of the mid-ranks. Nothing where one side is constant or fewer than three pairs.
std::optional<double> rank_correlation(std::span<const double> a, std::span<const double> b);

}  // namespace banso::engine::lab
