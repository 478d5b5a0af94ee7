// Retention between any two days, computed straight from the accounts: also where no month begins.
#pragma once

#include "ledger.hpp"

namespace banso::engine::revenue {

// The accounts that pay on `from` (start <= from < end), and what they pay on `to`. With a dimension of products or
// plans, of that value's terms alone; with one of accounts, those that have the value on the day
// after `from`, the first of the window.
Retention retention_between(const Ledger& ledger, Day from, Day to, std::string_view dimension = everything_dimension,
                            std::uint32_t value = 0, const ParallelFor& parallel_for = serial());

// One account of such a window, for walking down from the figure.
struct RetainedAccount {
  AccountIndex account = 0;
  std::int64_t start_minor = 0, retained_minor = 0;
};
std::vector<RetainedAccount> retained_accounts(const Ledger& ledger, Day from, Day to,
                                               std::string_view dimension = everything_dimension,
                                               std::uint32_t value = 0);

}  // namespace banso::engine::revenue
