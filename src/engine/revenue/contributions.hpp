// What one account adds to the sums of each month. Internal to the ledger.
//
// Sums are kept per dimension value and month in a fixed number of columns. A column of a month holds only what changed
// in it; openings and closings are running totals of the changes (see sums.hpp), so that an account that stays as it is
// costs nothing, however many months it stays.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "account_ledger.hpp"
#include "due_terms.hpp"
#include "figures.hpp"

namespace banso::engine::revenue {

namespace column {
inline constexpr std::uint32_t amount = 0;                                 // by kind
inline constexpr std::uint32_t changes = amount + movement_kind_count;     // by kind
inline constexpr std::uint32_t customers = changes + movement_kind_count;  // by CustomerChange, without none
inline constexpr std::uint32_t cohort_flow = customers + 5;                // change of what paying accounts pay
// What came with accounts that came to the value, less what went with those that left it.
inline constexpr std::uint32_t regrouped = cohort_flow + 1;
inline constexpr std::uint32_t regrouped_accounts = regrouped + 1;
inline constexpr std::uint32_t regrouped_cohort = regrouped + 2;
inline constexpr std::uint32_t due = regrouped + 3;  // RenewalsDue
inline constexpr std::uint32_t renewed = due + 1;
inline constexpr std::uint32_t due_count = due + 2;
inline constexpr std::uint32_t renewed_count = due + 3;
// By window: retained - start, lost, accounts lost. In the month that ends the window, and as differences to the month
// before: what a window says changes only when a change comes into it or leaves it.
inline constexpr std::uint32_t windows = due + 4;
inline constexpr std::uint32_t per_window = 3;
inline constexpr std::uint32_t count = windows + per_window * static_cast<std::uint32_t>(retention_months.size());
}  // namespace column

struct Contribution {
  std::uint32_t cell = 0;  // month × count + column; months are counted from the ledger's first
  std::int64_t delta = 0;

  std::uint32_t month() const { return cell / column::count; }
  std::uint32_t column() const { return cell % column::count; }
};

// An account at the end of a day.
struct DayEnd {
  std::int64_t mrr_minor = 0;
  std::int64_t currency_minor = 0, transfers_minor = 0;  // since ever
  std::int32_t times_lost = 0;                           // since ever
  bool left_by_transfer = false;

  bool pays() const { return mrr_minor > 0; }
  void apply(const NamedChange& change);
};

// What of start's revenue an account retains at the end of a window; nothing where it was no customer at its start.
struct Kept {
  std::int64_t start_minor = 0, retained_minor = 0;
  bool is_lost = false;
};
std::optional<Kept> kept_between(const DayEnd& start, const DayEnd& end, const RevenueRules& rules);

// Keeps its memory from account to account. Not for several threads at once.
class Contributions {
 public:
  Contributions(const Recurring& recurring, MonthRange months);

  // Makes the contributions of an account just run. Valid until the next call.
  std::span<const Contribution> make(const AccountLedger& account, std::span<const NamedChange> changes,
                                     std::span<const Term> rows);
  // By month end: [0] before the first month, [n] at the end of the n-th.
  std::span<const DayEnd> month_ends() const { return month_ends_; }

 private:
  void add(int month, std::uint32_t in_column, std::int64_t delta);
  void add_change(const NamedChange& change, int month);
  void add_cohort_flows();
  void add_windows();
  void add_window(std::uint32_t window);
  void add_renewals(const AccountLedger& account, std::span<const Term> rows);

  const RevenueRules& rules_;
  const MonthRange months_;
  DueTerms due_terms_;
  std::vector<Contribution> contributions_;
  std::vector<DayEnd> month_ends_;
  std::vector<int> changed_;  // the month ends that differ from those before them, in order
};

}  // namespace banso::engine::revenue
