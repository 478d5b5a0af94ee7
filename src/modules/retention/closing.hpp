// Closed months: what was reported, and what was restated since. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::retention {

struct RestatedAccount {
  ledger::AccountIndex account = 0;
  std::int64_t opening_then_minor = 0, opening_now_minor = 0, closing_then_minor = 0, closing_now_minor = 0;
  ledger::AmountByKind then{}, now{};
  std::vector<ledger::Term> rows_gone, rows_added;  // as recorded then and not now, and the other way round
};
struct Restated {
  Names products, plans;  // of the rows
  ledger::Figures then, now;
  std::vector<RestatedAccount> accounts;  // largest difference first
};
// Out of what had been recorded when the month was closed, at the rates of then, by the rules of now.
Restated restate(Context& context, const Reading& reading, const ClosedMonth& closed);

// Whether the shipped rules' figures of the month are others than when it was closed. Cheap.
bool is_restated(const Reading& reading, const ClosedMonth& closed);

}  // namespace banso::retention
