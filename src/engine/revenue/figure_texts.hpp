// The texts of all figures, in the order in which docs/metrics.md has them. Internal.
#pragma once

#include <span>

#include "figure_definitions.hpp"

namespace banso::engine::revenue {

std::span<const FigureDefinition> revenue_texts();         // what is earned, and why it changed
std::span<const FigureDefinition> customer_texts();        // how many pay, and how much each
std::span<const FigureDefinition> retention_texts();       // what stays
std::span<const FigureDefinition> unit_economics_texts();  // what a customer costs and brings
std::span<const FigureDefinition> page_texts();            // what pages put together from these

}  // namespace banso::engine::revenue
