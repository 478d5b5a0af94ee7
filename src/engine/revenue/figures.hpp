// What a period came to, for everything or for one value of a dimension. Kept as whole numbers that add up; ratios are
// made of them last.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "months.hpp"
#include "movements.hpp"

namespace banso::engine::revenue {

// An exact ratio; nothing where the denominator is not above zero.
struct Ratio {
  std::int64_t numerator = 0, denominator = 0;

  std::optional<double> value() const {
    if (denominator <= 0) return std::nullopt;
    return static_cast<double>(numerator) / static_cast<double>(denominator);
  }
};

// A closed cohort: the accounts that paid at the end of the day before the window. Exchange effects and transfers are
// taken out of what they pay at its end.
struct Retention {
  std::int64_t start_minor = 0;     // what they paid
  std::int64_t retained_minor = 0;  // what they pay at the end of the window, expansion included
  std::int64_t lost_minor = 0;      // per account: what it paid where it is gone, its fall where it pays less
  std::int64_t accounts = 0, accounts_lost = 0;

  Ratio nrr() const { return {retained_minor, start_minor}; }
  Ratio grr() const { return {start_minor - lost_minor, start_minor}; }
  Ratio logo_retention() const { return {accounts - accounts_lost, accounts}; }
  bool operator==(const Retention&) const = default;
};

// Terms that came up for renewal in the period (their end, the first day without them, falls into it), added up by
// account and day: what they paid, and how much of it goes on with any subscription that begins on that day or within
// the gap the rules allow, never more than was due. Open-ended subscriptions never come due.
struct RenewalsDue {
  std::int64_t due_minor = 0, renewed_minor = 0;
  std::int64_t due = 0;      // accounts' due days
  std::int64_t renewed = 0;  // of these, those where anything goes on

  std::int64_t lost_minor() const { return due_minor - renewed_minor; }
  Ratio revenue_rate() const { return {renewed_minor, due_minor}; }
  Ratio logo_rate() const { return {renewed, due}; }
  bool operator==(const RenewalsDue&) const = default;
};

inline constexpr std::array<int, 3> retention_months = {1, 3, 12};

struct Figures {
  MonthRange period;
  // Monthly recurring revenue at the end of the day before the period and at the end of its last day.
  std::int64_t opening_minor = 0, closing_minor = 0;
  AmountByKind amount_minor{};
  AmountByKind changes{};  // how many movements of each kind: one per account and day (or month, see Netting)
  // What accounts brought and took that came to the value or left it (a segment, a CSM) after the first month. Together
  // with the movements it closes the sum; 0 for everything, products and plans.
  std::int64_t regrouped_minor = 0;
  // Customers that pay. opening + new + reactivated - lost + transferred_in - transferred_out + regrouped = closing.
  std::int64_t accounts_opening = 0, accounts_new = 0, accounts_reactivated = 0, accounts_lost = 0;
  std::int64_t accounts_transferred_in = 0, accounts_transferred_out = 0, accounts_regrouped = 0, accounts_closing = 0;
  RenewalsDue renewals;
  // The windows of 1, 3 and 12 months that end with the period; nothing where the window begins before the ledger.
  std::array<std::optional<Retention>, retention_months.size()> retention;

  std::int64_t amount(MovementKind kind) const { return amount_minor[static_cast<std::size_t>(kind)]; }
  std::int64_t arr_minor() const { return closing_minor * 12; }
  // Without transfers and exchange effects.
  std::int64_t net_new_minor() const {
    return amount(MovementKind::started) + amount(MovementKind::reactivation) + amount(MovementKind::expansion) +
           amount(MovementKind::contraction) + amount(MovementKind::churn);
  }
  Ratio arpa() const { return {closing_minor, accounts_closing}; }  // minor units a month
  // (new + reactivation + expansion) / (contraction + churn)
  Ratio quick_ratio() const {
    return {amount(MovementKind::started) + amount(MovementKind::reactivation) + amount(MovementKind::expansion),
            -(amount(MovementKind::contraction) + amount(MovementKind::churn))};
  }
  Ratio logo_churn() const { return {accounts_lost, accounts_opening}; }
  // (contraction + churn) / opening
  Ratio revenue_churn() const {
    return {-(amount(MovementKind::contraction) + amount(MovementKind::churn)), opening_minor};
  }
  bool operator==(const Figures&) const = default;
};

}  // namespace banso::engine::revenue
