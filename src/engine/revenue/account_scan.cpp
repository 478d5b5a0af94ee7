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
  add_products(sums, rows, surroundings.transfers, sign);
  add_plans(sums, rows, surroundings.transfers, sign);
  run(rows, surroundings.transfers);
  add(sums[all_index], {}, sign);
  if (!changes_.empty()) add(sums[cohort_index], {cohort_value(changes_.front().day, months_)}, sign);
  for (std::size_t i = 0; i < surroundings.dimensions.size(); ++i) {
    const auto& memberships = surroundings.dimensions[i].memberships;
    if (surroundings.account >= memberships.size()) continue;
    for (const auto& membership : memberships[surroundings.account]) {
      add(sums[own_dimension_count + i], membership, sign);
    }
  }
}

void AccountScan::add(SumTable& sums, const Membership& membership, int sign) {
  sums.add(membership, months_.first, contributions_, maker_.month_ends(), sign);
}

// Every product's rows are a ledger of their own. Where they are all of one plan's rows too, that plan's is the same.
void AccountScan::add_products(Sums& sums, std::span<const Term> rows, std::span<const TransferShare> transfers,
                               int sign) {
  keys_.clear();
  plans_done_.clear();
  for (const auto& row : rows) keys_.push_back(row.product);
  std::sort(keys_.begin(), keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  for (const auto product : keys_) {
    const auto its = scope(rows, &Term::product, product);
    run(its, transfers);
    add(sums[product_index], {product}, sign);
    const auto plan = its.front().plan;
    const auto of_plan = std::count_if(rows.begin(), rows.end(), [&](const Term& row) { return row.plan == plan; });
    const bool is_same = static_cast<std::size_t>(of_plan) == its.size() &&
                         std::all_of(its.begin(), its.end(), [&](const Term& row) { return row.plan == plan; });
    if (!is_same) continue;
    add(sums[plan_index], {plan}, sign);
    plans_done_.push_back(plan);
  }
}

void AccountScan::add_plans(Sums& sums, std::span<const Term> rows, std::span<const TransferShare> transfers,
                            int sign) {
  keys_.clear();
  for (const auto& row : rows) keys_.push_back(row.plan);
  std::sort(keys_.begin(), keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  for (const auto plan : keys_) {
    if (std::find(plans_done_.begin(), plans_done_.end(), plan) != plans_done_.end()) continue;
    run(scope(rows, &Term::plan, plan), transfers);
    add(sums[plan_index], {plan}, sign);
  }
}

std::span<const Term> AccountScan::scope(std::span<const Term> rows, ScopeKey key, std::uint32_t value) {
  scope_.clear();
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(scope_),
               [&](const Term& row) { return row.*key == value; });
  return scope_;
}

}  // namespace banso::engine::revenue
