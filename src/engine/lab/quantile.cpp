#include "quantile.hpp"

#include <algorithm>

namespace banso::engine::lab {

std::vector<double> quantiles(std::vector<double>& values, std::span<const double> shares) {
  std::vector<double> found;
  auto settled = values.begin();  // what lies before it is smaller than all behind
  for (const double share : shares) {
    const double at = share * static_cast<double>(values.size() - 1);
    const auto index = static_cast<std::size_t>(at);
    const auto lower = values.begin() + static_cast<std::ptrdiff_t>(index);
    std::nth_element(settled, lower, values.end());
    settled = lower;
    const double upper = lower + 1 == values.end() ? *lower : *std::min_element(lower + 1, values.end());
    found.push_back(*lower + (at - static_cast<double>(index)) * (upper - *lower));
  }
  return found;
}

std::optional<double> quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::nullopt;
  return quantiles(values, {&share, 1}).front();
}

}  // namespace banso::engine::lab
