// Goals of a quarter beside what was reached. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::retention {

// The quarter (of the fiscal year) in which the day lies.
ledger::MonthRange quarter_of(core::Day day, int fiscal_start);
// One item for each goal that is set; what the quarter came to so far, cut to what the ledger holds.
json::array render_progress(const Reading& reading, const Goal& goal, ledger::MonthRange quarter);

}  // namespace banso::retention
