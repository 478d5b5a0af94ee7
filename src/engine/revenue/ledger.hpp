// The ledger: from terms to what every account pays on every day, every movement, and every figure of every month by
// every dimension. Built once in parallel; then one account's rows can be replaced, which takes its old share out of
// all sums and puts the new one in: the result equals building anew.
//
// A month's opening is what was paid at the end of the day before its first day, its closing at the end of its last
// day.
//
// Threading: const functions may run at once on any threads; replace_*() must run alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "figures.hpp"
#include "months.hpp"
#include "movements.hpp"
#include "parallel.hpp"
#include "rates.hpp"
#include "rules.hpp"
#include "terms.hpp"

namespace banso::engine::revenue {

inline constexpr Month from_always{std::numeric_limits<std::int32_t>::min()};
inline constexpr Month for_ever{std::numeric_limits<std::int32_t>::max()};

// An account has `value` from the first day of first_month up to the first day of end_month.
struct Membership {
  std::uint32_t value = 0;
  Month first_month = from_always;
  Month end_month = for_ever;  // exclusive

  auto operator<=>(const Membership&) const = default;
};

// A way to part the accounts: segment, CSM, region ... An account may have no value, one, or several at once (then it
// counts in each; the same value must not be given twice for a month). Figures of a month go by the value on its first
// day, retention by the value at the window's start.
struct AccountDimension {
  std::string key;
  std::uint32_t value_count = 0;                     // values are numbered from 0
  std::vector<std::vector<Membership>> memberships;  // by account
};

// Dimensions that every ledger has. In that of a product or plan every account's terms of it are a ledger of their own:
// who takes a second product is new to that product; retention is that of the product's customers.
inline constexpr std::string_view everything_dimension = "all";      // one value: 0
inline constexpr std::string_view product_dimension = "product";     // values: ProductIndex
inline constexpr std::string_view plan_dimension = "plan";           // values: PlanIndex
inline constexpr std::string_view cohort_dimension = "start_month";  // month of the first payment; see cohort_month()

struct LedgerInput {
  std::vector<Term> terms;
  std::uint32_t account_count = 0;  // accounts without terms count too
  Rates rates{"JPY"};
  RevenueRules rules;
  MonthRange months;  // at most 1,200; what was there before the first is its opening
  std::vector<AccountDimension> dimensions;
};

struct MovementQuery {
  MonthRange months;
  std::optional<MovementKind> kind;
  std::string_view dimension = everything_dimension;
  std::uint32_t value = 0;
};

// What an account pays from `day` until the next step.
struct Step {
  Day day;
  std::int64_t mrr_minor = 0;
};
// The same in a currency of its own.
struct CurrencySteps {
  CurrencyIndex currency = reporting;
  std::vector<Step> steps;
};

class Ledger {
 public:
  // std::invalid_argument where an account, product or month range makes no sense (a programmer's error). `threads`:
  // how many parallel_for brings; each gets sums of its own.
  static Ledger build(LedgerInput input, const ParallelFor& parallel_for = serial(), int threads = 1);
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();
  Ledger clone() const;  // to change a copy while readers keep the original

  const RevenueRules& rules() const;
  const Rates& rates() const;
  MonthRange months() const;
  std::uint32_t account_count() const;

  // -- dimensions
  std::vector<std::string> dimensions() const;                  // keys
  std::uint32_t value_count(std::string_view dimension) const;  // 0 for an unknown dimension
  // Which month a value of the cohort dimension is: the ledger's months; nothing for value 0, "before them".
  std::optional<Month> cohort_month(std::uint32_t value) const;

  // -- figures. `period` must lie within months(); unknown dimensions and values have figures of zeros.
  Figures figures(std::string_view dimension, std::uint32_t value, MonthRange period) const;
  // Of every month of the period, at the cost of one reading.
  std::vector<Figures> figures_by_month(std::string_view dimension, std::uint32_t value, MonthRange period) const;
  Figures figures(MonthRange period) const { return figures(everything_dimension, 0, period); }

  // -- accounts
  std::span<const Term> rows_of(AccountIndex account) const;  // in a fixed order; valid until the account is replaced
  std::vector<Step> steps_of(AccountIndex account) const;     // reporting currency, under the rules; empty: never paid
  std::vector<CurrencySteps> own_steps_of(AccountIndex account) const;  // by currency, unrounded by exchange
  // At the end of `day`, by account.
  std::vector<std::int64_t> mrr_on(Day day, const ParallelFor& parallel_for = serial()) const;

  // -- movements, by account, then day, then kind
  std::vector<Movement> movements(const MovementQuery& query) const;
  // What happened to one account, with its rows; for a dimension of products or plans that value's part of it.
  std::vector<Change> changes_of(AccountIndex account, MonthRange months,
                                 std::string_view dimension = everything_dimension, std::uint32_t value = 0) const;

  // -- changing. Accounts beyond account_count() are added.
  void replace_account(AccountIndex account, std::vector<Term> rows);
  // Positions as in LedgerInput::dimensions.
  void replace_memberships(AccountIndex account, std::size_t dimension, std::vector<Membership> memberships);

  std::size_t memory_bytes() const;  // about

  struct State;  // what it holds: known to the ledger's own files alone
  const State& state() const { return *state_; }

 private:
  explicit Ledger(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace banso::engine::revenue
