// Quantiles of a list of numbers, between neighbours in proportion.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace banso::engine::lab {

// The value below which `share` (0..1) of them lie; nothing where there are none.
std::optional<double> quantile(std::vector<double> values, double share);
// For several shares, ascending. `values` is not empty and is left in another order.
std::vector<double> quantiles(std::vector<double>& values, std::span<const double> shares);

}  // namespace banso::engine::lab
