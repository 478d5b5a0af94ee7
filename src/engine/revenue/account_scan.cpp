#include "account_scan.hpp"

#include <algorithm>

namespace banso::engine::revenue {

ScopeKey scope_key(std::size_t dimension) {
  if (dimension == product_index) return &Term::product;
  if (dimension == plan_index) return &Term::plan;
  return nullptr;
}

std::uint32_t cohort_value(Day first_change, MonthRange months) {
  return static_cast<std::uint32_t>(std::max(month_of(first_change) - months.first + 1, 0));
}

AccountScan::AccountScan(const Recurring& recurring, MonthRange months)
    : months_(months), account_ledger_(recurring, last_day(months.last)), maker_(recurring, months) {}

void AccountScan::run(std::span<const Term> rows, std::span<const TransferShare> transfers) {
  changes_ = account_ledger_.run(rows, transfers);
  contributions_ = maker_.make(account_ledger_, changes_, rows);
}

void AccountScan::add_to(Sums& sums, std::span<const Term> rows, const AccountSurroundings& surroundings, int sign,
                         std::vector<Movement>& movements) {
  changes_ = {};
  add_to(sums, rows, surroundings, sign);  // the whole account is what it runs last
  const Day first = first_day(months_.first);
  for (const auto& change : changes_) {
    if (change.day < first) continue;
    for (std::size_t kind = 0; kind < movement_kind_count; ++kind) {
      if (change.amounts[kind] == 0) continue;
      movements.push_back({surroundings.account, change.day, static_cast<MovementKind>(kind), change.amounts[kind]});
    }
  }
}

void AccountScan::add_to(Sums& sums, std::span<const Term> rows, const AccountSurroundings& surroundings, int sign) {
  if (rows.empty()) return;
  add_scopes(sums, product_index, rows, surroundings.transfers, sign);
  add_scopes(sums, plan_index, rows, surroundings.transfers, sign);
  run(rows, surroundings.transfers);
  const auto put = [&](std::size_t dimension, const Membership& membership) {
    sums[dimension].add(membership, months_.first, contributions_, maker_.month_ends(), sign);
  };
  put(all_index, {});
  if (!changes_.empty()) put(cohort_index, {cohort_value(changes_.front().day, months_)});
  for (std::size_t i = 0; i < surroundings.dimensions.size(); ++i) {
    const auto& memberships = surroundings.dimensions[i].memberships;
    if (surroundings.account >= memberships.size()) continue;
    for (const auto& membership : memberships[surroundings.account]) put(own_dimension_count + i, membership);
  }
}

// Every product's (or plan's) rows are a ledger of their own.
void AccountScan::add_scopes(Sums& sums, std::size_t dimension, std::span<const Term> rows,
                             std::span<const TransferShare> transfers, int sign) {
  const ScopeKey key = scope_key(dimension);
  keys_.clear();
  for (const auto& row : rows) keys_.push_back(row.*key);
  std::sort(keys_.begin(), keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  for (const auto value : keys_) {
    scope_.clear();
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(scope_),
                 [&](const Term& row) { return row.*key == value; });
    run(scope_, transfers);
    sums[dimension].add({value}, months_.first, contributions_, maker_.month_ends(), sign);
  }
}

}  // namespace banso::engine::revenue
