// One account's change: what it and those it exchanges subscriptions with had in the sums is taken out, and what they
// have now is put in.
#include <algorithm>
#include <set>
#include <stdexcept>

#include "ledger_state.hpp"

namespace banso::engine::revenue {

namespace {

void add_accounts(Ledger::State& state, const std::set<AccountIndex>& accounts, int sign) {
  AccountScan scan(state.recurring, state.months);
  for (const auto account : accounts) {
    if (sign < 0) {
      scan.add_to(state.sums, state.rows.of(account), state.surroundings(account), sign);
      continue;
    }
    auto& movements = state.movements.replaced[account];
    movements.clear();
    scan.add_to(state.sums, state.rows.of(account), state.surroundings(account), sign, movements);
  }
}

// Products and plans seen for the first time.
void make_room(Ledger::State& state, std::span<const Term> rows) {
  for (const auto dimension : {product_index, plan_index}) {
    auto& sums = state.sums[dimension];
    for (const auto& row : rows) {
      const auto value = row.*scope_key(dimension);
      if (value >= sums.values()) sums.grow_to(value + 1);
    }
  }
}

}  // namespace

void Ledger::replace_account(AccountIndex account, std::vector<Term> rows) {
  auto& state = *state_;
  for (const auto& row : rows) {
    if (row.account != account) throw std::invalid_argument("a row of another account");
  }
  std::sort(rows.begin(), rows.end(), is_before);
  const auto sources_before = sources_of(state.rows.of(account)), sources_now = sources_of(rows);
  std::set<AccountIndex> sources = {account};
  sources.insert(sources_before.begin(), sources_before.end());
  sources.insert(sources_now.begin(), sources_now.end());
  std::set<AccountIndex> touched = sources;
  for (const auto source : sources) {
    for (const auto target : state.transfers.targets_of(source)) touched.insert(target);
  }

  state.account_count = std::max(state.account_count, account + 1);
  add_accounts(state, touched, -1);
  make_room(state, rows);
  state.rows.replaced[account] = std::move(rows);
  for (const auto source : sources_before) state.transfers.unlink(source, account);
  for (const auto source : sources_now) state.transfers.link(source, account);
  for (const auto source : sources) state.transfers.resolve(source, state.rows_of(), state.recurring);
  add_accounts(state, touched, 1);
}

void Ledger::replace_memberships(AccountIndex account, std::size_t dimension, std::vector<Membership> memberships) {
  auto& state = *state_;
  auto& its = state.dimensions.at(dimension);
  add_accounts(state, {account}, -1);
  for (const auto& each : memberships) its.value_count = std::max(its.value_count, each.value + 1);
  auto& sums = state.sums[own_dimension_count + dimension];
  if (its.value_count > sums.values()) sums.grow_to(its.value_count);
  if (account >= its.memberships.size()) its.memberships.resize(account + 1);
  its.memberships[account] = std::move(memberships);
  state.account_count = std::max(state.account_count, account + 1);
  add_accounts(state, {account}, 1);
}

}  // namespace banso::engine::revenue
