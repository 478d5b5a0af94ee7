// Why two sets of rules give two figures: which accounts differ, by how much, in which rows, and which switch does it.
#pragma once

#include <string_view>
#include <vector>

#include "ledger.hpp"

namespace banso::engine::revenue {

// What one set of rules says of an account over the months compared.
struct AccountSide {
  std::int64_t opening_minor = 0, closing_minor = 0;
  AmountByKind amounts{};
  // As a window of retention over the same months: 0 and 0 where it did not pay at the start.
  std::int64_t start_minor = 0, retained_minor = 0;
  std::vector<Change> changes;  // row by row; row positions are the same on both sides
};

struct AccountDifference {
  AccountIndex account = 0;
  AccountSide left, right;
  std::int64_t difference_minor =
      0;  // how much of it: absolute differences of months and kinds, and of what is retained
  std::vector<std::string_view> switches;  // keys of those that by themselves make a difference here
};

struct Comparison {
  std::vector<std::string_view> switches;     // in which the two differ
  std::vector<Figures> left, right;           // of each month
  Retention retention_left, retention_right;  // over all the months
  std::vector<AccountDifference> accounts;    // the largest differences first, at most as many as asked for
  std::int64_t accounts_differing = 0;
};

// Both ledgers must be of the same terms, rates and months. std::invalid_argument where their accounts differ in
// number.
Comparison compare(const Ledger& left, const Ledger& right, MonthRange months, std::size_t most_accounts = 1000);

}  // namespace banso::engine::revenue
