// From rows to what counts: each row's days under the rules. Internal to the ledger.
#pragma once

#include <span>
#include <vector>

#include "recurring.hpp"
#include "terms.hpp"
#include "transfers.hpp"

namespace banso::engine::revenue {

// A row while it counts.
struct Earning {
  Day begin, end;          // end is exclusive
  std::int64_t minor = 0;  // a month, at its beginning
  std::uint32_t row = 0;
  ProductIndex product = 0;
  bool moves_with_exchange = false;
  bool ends_by_itself = false;                         // at the term's own end, not stopped by a rule before
  std::int64_t arriving_minor = 0, leaving_minor = 0;  // the part that is transferred
};

// Replaces what is in `earnings`. `rows` must be in the ledger's order (start first); the result is in theirs.
void make_earnings(std::span<const Term> rows, std::span<const TransferShare> transfers, const Recurring& recurring,
                   std::vector<Earning>& earnings);

}  // namespace banso::engine::revenue
