// The table of all figures. Their texts: figure_texts_*.cpp.
#include "figure_definitions.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "figure_texts.hpp"

namespace banso::engine::revenue {

std::string_view key_of(FigureUnit unit) {
  constexpr std::array<std::string_view, 7> keys = {
      "money", "money_per_account", "percent", "ratio", "accounts", "months", "years"};
  return keys[static_cast<std::size_t>(unit)];
}

std::span<const FigureDefinition> figure_definitions() {
  static const std::vector<FigureDefinition> all = [] {
    std::vector<FigureDefinition> texts;
    for (const auto part :
         {revenue_texts(), customer_texts(), retention_texts(), unit_economics_texts(), page_texts()}) {
      texts.insert(texts.end(), part.begin(), part.end());
    }
    return texts;
  }();
  return all;
}

const FigureDefinition* find_figure(std::string_view key) {
  const auto all = figure_definitions();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const FigureDefinition& each) { return each.key == key; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace banso::engine::revenue
