// A closed month, as it was known when it was closed and as it is known now.
#pragma once

#include <span>
#include <vector>

#include "faults.hpp"
#include "ledger.hpp"

namespace banso::engine::revenue {

struct ClosedMonth {
  Month month;
  Day closed_on;  // what was known at the end of this day is in the closed figures
};

struct AccountRestatement {
  AccountIndex account = 0;
  AmountByKind then{}, now{};
  std::int64_t opening_then_minor = 0, opening_now_minor = 0;
  std::int64_t closing_then_minor = 0, closing_now_minor = 0;
  std::vector<Term> rows_gone, rows_added;  // versions believed then and not now, and the other way round
};

struct Restatement {
  ClosedMonth closed;
  Figures then, now;
  std::vector<AccountRestatement> accounts;  // those that differ; largest first
};

// `versions` are all that were ever believed up to `today`. The input's own terms are ignored.
Restatement restate(std::span<const Term> versions, const LedgerInput& surroundings, ClosedMonth closed, Day today,
                    const ParallelFor& parallel_for = serial(), int threads = 1);

// Rows that became known after a month was closed and change what it says: faults of code `backdated`, each with the
// first closed month's last day as its day.
std::vector<Fault> find_backdated(std::span<const Term> versions, std::span<const ClosedMonth> closed, Day today);

}  // namespace banso::engine::revenue
