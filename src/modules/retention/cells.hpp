// A period's figures as the API and exports show them. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::retention {

json::object render_cell(const ledger::Figures& figures, const Period& period);
// One line of a table of figures, and its headings.
std::vector<core::Text> cell_headings();
std::vector<std::string> cell_texts(const ledger::Figures& figures, const Period& period, const std::string& currency);

std::optional<double> nrr_of(const ledger::Figures& figures, int months);
std::optional<double> grr_of(const ledger::Figures& figures, int months);

// A cell of a delimited file, quoted where needed; texts that a spreadsheet would take for a formula are defused.
std::string csv_cell(std::string_view text);
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace banso::retention
