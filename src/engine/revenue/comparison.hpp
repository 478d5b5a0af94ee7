// Why two sets of rules give two figures: which accounts differ, by how much, in which rows, and which switch does it.
#pragma once

#include <string_view>
#include <vector>

#include "ledger.hpp"

namespace banso::engine::revenue {

struct AccountDifference {
  AccountIndex account = 0;
  AmountByKind left{}, right{};  // movements within the months
  std::int64_t opening_left_minor = 0, opening_right_minor = 0;
  std::int64_t closing_left_minor = 0, closing_right_minor = 0;
  std::vector<std::string_view> switches;           // keys of the switches that each alone make a difference here
  std::vector<Change> left_changes, right_changes;  // row by row; row positions are the same on both sides
};

struct Comparison {
  std::vector<std::string_view> switches;   // in which the two differ
  std::vector<Figures> left, right;         // of each month
  std::vector<AccountDifference> accounts;  // largest sum of absolute differences first
  std::int64_t accounts_differing = 0;      // all of them; `accounts` holds at most the number asked for
};

// Both ledgers must be of the same terms. std::invalid_argument where their accounts differ in number.
Comparison compare(const Ledger& left, const Ledger& right, MonthRange months, std::size_t most_accounts = 1000);

}  // namespace banso::engine::revenue
