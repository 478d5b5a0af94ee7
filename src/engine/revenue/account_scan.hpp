// From one account's rows to all that the ledger keeps of it: its movements, and its share of the sums of every
// dimension. Internal to the ledger.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "account_ledger.hpp"
#include "contributions.hpp"
#include "ledger.hpp"
#include "sums.hpp"
#include "transfers.hpp"

namespace banso::engine::revenue {

// The dimensions that every ledger has come first, in this order; then those given.
enum OwnDimension : std::size_t { all_index, product_index, plan_index, cohort_index, own_dimension_count };

// The sums of every dimension.
using Sums = std::vector<SumTable>;

// By which of its numbers a term-level dimension parts an account's rows; null for dimensions of whole accounts.
using ScopeKey = std::uint32_t Term::*;
ScopeKey scope_key(std::size_t dimension);

// The account's value in the dimension of first months: 0 before the ledger's first month.
std::uint32_t cohort_value(Day first_change, MonthRange months);

// What is known of an account besides its rows.
struct AccountSurroundings {
  AccountIndex account = 0;
  std::span<const TransferShare> transfers;
  std::span<const AccountDimension> dimensions;
};

// Keeps its memory from account to account. Not for several threads at once.
class AccountScan {
 public:
  AccountScan(const Recurring& recurring, MonthRange months);

  // Adds the account to `sums` (sign 1) or takes it out (-1). `rows` in the ledger's order.
  void add_to(Sums& sums, std::span<const Term> rows, const AccountSurroundings& surroundings, int sign);
  // As add_to(), and appends the account's movements within the months.
  void add_to(Sums& sums, std::span<const Term> rows, const AccountSurroundings& surroundings, int sign,
              std::vector<Movement>& movements);

 private:
  void add_products(Sums& sums, std::span<const Term> rows, std::span<const TransferShare> transfers, int sign);
  void add_plans(Sums& sums, std::span<const Term> rows, std::span<const TransferShare> transfers, int sign);
  void add(SumTable& sums, const Membership& membership, int sign);
  std::span<const Term> scope(std::span<const Term> rows, ScopeKey key, std::uint32_t value);
  void run(std::span<const Term> rows, std::span<const TransferShare> transfers);

  const MonthRange months_;
  AccountLedger account_ledger_;
  Contributions maker_;
  std::span<const NamedChange> changes_;         // of the rows run last
  std::span<const Contribution> contributions_;  // the same
  std::vector<std::uint32_t> keys_, plans_done_;
  std::vector<Term> scope_;
};

}  // namespace banso::engine::revenue
