// Every figure in words: the one table behind the info icons, docs/metrics.md and the figures' keys in the API.
#pragma once

#include <span>
#include <string_view>

#include "core/text.hpp"

namespace banso::engine::revenue {

enum class FigureUnit { money, money_per_account, percent, ratio, accounts, months, years };
std::string_view key_of(FigureUnit unit);

struct FigureDefinition {
  std::string_view key;  // as in the API
  FigureUnit unit = FigureUnit::money;
  core::Text name;
  core::Text definition;  // what it says, in one or two sentences
  core::Text formula;
  core::Text source;  // what it is computed from, and whom it follows
};

std::span<const FigureDefinition> figure_definitions();
const FigureDefinition* find_figure(std::string_view key);  // null where there is none

}  // namespace banso::engine::revenue
