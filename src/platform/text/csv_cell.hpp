// One cell of a CSV file for spreadsheets.
#pragma once

#include <string>
#include <string_view>

namespace banso::platform::text {

// Quoted, and with a ' before what a spreadsheet would run as a formula.
std::string csv_cell(std::string_view text);

}  // namespace banso::platform::text
