// What a ledger holds. Internal.
#pragma once

#include <atomic>
#include <unordered_map>

#include "account_scan.hpp"
#include "ledger.hpp"
#include "transfers.hpp"

namespace banso::engine::revenue {

// The rows of an account that belong to one product or plan, and where they are among all of the account's.
struct ScopedRows {
  std::vector<Term> rows;
  std::vector<std::uint32_t> positions;  // empty: all of the account's rows

  std::uint32_t position(std::uint32_t row) const { return positions.empty() ? row : positions[row]; }
};

struct Ledger::State {
  // A list per account, end to end; accounts replaced since have theirs apart.
  template <class Each>
  struct ByAccount {
    std::vector<Each> all;
    std::vector<std::uint32_t> offsets = {0};
    std::unordered_map<AccountIndex, std::vector<Each>> replaced;

    std::span<const Each> of(AccountIndex account) const {
      if (const auto found = replaced.find(account); found != replaced.end()) return found->second;
      if (account + 1 >= offsets.size()) return {};
      return std::span(all).subspan(offsets[account], offsets[account + 1] - offsets[account]);
    }
  };

  RevenueRules rules;
  Rates rates;
  MonthRange months;
  std::uint32_t account_count = 0;
  std::vector<AccountDimension> dimensions;
  Recurring recurring;
  ByAccount<Term> rows;
  ByAccount<Movement> movements;
  Transfers transfers;
  Sums sums;

  explicit State(LedgerInput&& input);
  State(const State& other);

  Transfers::RowsOf rows_of() const {
    return [this](AccountIndex account) { return rows.of(account); };
  }
  AccountSurroundings surroundings(AccountIndex account) const { return {account, transfers.of(account), dimensions}; }
  Sums empty_sums() const;
  void check(MonthRange period) const;  // std::invalid_argument where it reaches beyond the months
  // Its position, or nothing.
  std::optional<std::size_t> dimension(std::string_view key) const;
  bool has_value(std::size_t dimension, AccountIndex account, std::uint32_t value, Month month) const;
  // The account's rows as that value of the dimension sees them: all, for dimensions of whole accounts.
  std::span<const Term> rows_in(std::size_t dimension, std::uint32_t value, AccountIndex account,
                                ScopedRows& scope) const;
  std::uint32_t values_seen(ScopeKey key) const;  // by the rows: one more than the largest
};

// The order of an account's rows: oldest first.
bool is_before(const Term& left, const Term& right);

}  // namespace banso::engine::revenue
