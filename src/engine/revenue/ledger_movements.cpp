// Walking down from figures to movements, and from movements to rows.
#include <algorithm>
#include <optional>
#include <utility>

#include "ledger_state.hpp"

namespace banso::engine::revenue {

namespace {

bool has_value(std::span<const Membership> memberships, std::uint32_t value, Month month) {
  return std::any_of(memberships.begin(), memberships.end(), [&](const Membership& each) {
    return each.value == value && each.first_month <= month && month < each.end_month;
  });
}

// A query with its days worked out once.
struct Wanted {
  const MovementQuery& query;
  Day first = first_day(query.months.first), last = last_day(query.months.last);

  bool fits(Day day, MovementKind kind) const {
    return first <= day && day <= last && (!query.kind || *query.kind == kind);
  }
};

// Of whole accounts: kept ready.
void append_kept(const Ledger::State& state, std::size_t dimension, const Wanted& wanted, AccountIndex account,
                 std::vector<Movement>& result) {
  std::optional<std::pair<Month, bool>> known;  // whether it has the value in that month
  for (const auto& movement : state.movements.of(account)) {
    if (!wanted.fits(movement.day, movement.kind)) continue;
    const Month month = month_of(movement.day);
    if (!known || known->first != month)
      known = {month, state.has_value(dimension, account, wanted.query.value, month)};
    if (known->second) result.push_back(movement);
  }
}

// Of an account's terms of one product or plan: computed.
void append_computed(const Ledger& ledger, ScopeKey key, const Wanted& wanted, AccountIndex account,
                     std::vector<Movement>& result) {
  const auto rows = ledger.rows_of(account);
  if (std::none_of(rows.begin(), rows.end(), [&](const Term& row) { return row.*key == wanted.query.value; })) return;
  for (const auto& change :
       ledger.changes_of(account, wanted.query.months, wanted.query.dimension, wanted.query.value)) {
    for (std::size_t i = 0; i < movement_kind_count; ++i) {
      const auto kind = static_cast<MovementKind>(i);
      if (change.amounts[i] == 0 || !wanted.fits(change.day, kind)) continue;
      result.push_back({account, change.day, kind, change.amounts[i]});
    }
  }
}

}  // namespace

std::vector<Movement> Ledger::movements(const MovementQuery& query) const {
  std::vector<Movement> result;
  const auto dimension = state_->dimension(query.dimension);
  if (!dimension || (*dimension == all_index && query.value != 0)) return result;
  const auto key = scope_key(*dimension);
  const Wanted wanted{query};
  for (AccountIndex account = 0; account < state_->account_count; ++account) {
    if (key != nullptr) {
      append_computed(*this, key, wanted, account, result);
    } else {
      append_kept(*state_, *dimension, wanted, account, result);
    }
  }
  return result;
}

bool Ledger::State::has_value(std::size_t dimension, AccountIndex account, std::uint32_t value, Month month) const {
  if (dimension == all_index) return true;
  if (dimension == cohort_index) {
    AccountLedger scan(recurring, last_day(months.last));
    const auto changes = scan.run(rows.of(account), transfers.of(account));
    return !changes.empty() && cohort_value(changes.front().day, months) == value;
  }
  const auto& memberships = dimensions[dimension - own_dimension_count].memberships;
  return account < memberships.size() && revenue::has_value(memberships[account], value, month);
}

std::span<const Term> Ledger::State::rows_in(std::size_t at, std::uint32_t value, AccountIndex account,
                                             ScopedRows& scope) const {
  const auto all = rows.of(account);
  const auto key = scope_key(at);
  if (key == nullptr) return all;
  scope = {};
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (all[i].*key != value) continue;
    scope.rows.push_back(all[i]);
    scope.positions.push_back(i);
  }
  return scope.rows;
}

std::vector<Change> Ledger::changes_of(AccountIndex account, MonthRange months, std::string_view dimension,
                                       std::uint32_t value) const {
  const auto at = state_->dimension(dimension);
  if (!at) return {};
  ScopedRows scope;
  const auto rows = state_->rows_in(*at, value, account, scope);
  AccountLedger scan(state_->recurring, last_day(months.last), AccountLedger::Rows::collected);
  const auto changes = scan.run(rows, state_->transfers.of(account));
  std::vector<Change> result;
  const Day first = first_day(months.first);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto& change = changes[i];
    if (change.day < first) continue;
    result.push_back({account, change.day, change.before_minor, change.after_minor, change.amounts, {}});
    for (auto row : scan.rows_of(i)) {
      row.row = scope.position(row.row);
      result.back().rows.push_back(row);
    }
  }
  return result;
}

}  // namespace banso::engine::revenue
