#include "associations.hpp"

#include <algorithm>
#include <numeric>

namespace banso::engine::effects {

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p_values[a] > p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double least = 1;
  auto rank = p_values.size();
  for (const auto place : order) {  // from the largest on: none may be clearer than a smaller one
    least = std::min(least, p_values[place] * static_cast<double>(p_values.size()) / static_cast<double>(rank));
    adjusted[place] = least;
    --rank;
  }
  return adjusted;
}

std::vector<Association> associate(std::span<const Practice> practices, double confidence) {
  std::vector<Association> found;
  std::vector<double> p_values;
  std::vector<std::size_t> places;  // those of which something can be said; the others were not looked at
  for (const auto& practice : practices) {
    found.push_back({difference_of_rates(practice.with, practice.without, confidence), 1});
    if (!found.back().difference.interval) continue;
    places.push_back(found.size() - 1);
    p_values.push_back(found.back().difference.p_value);
  }
  const auto adjusted = benjamini_hochberg(p_values);
  for (std::size_t i = 0; i < places.size(); ++i) found[places[i]].q_value = adjusted[i];
  return found;
}

}  // namespace banso::engine::effects
