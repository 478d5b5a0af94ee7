#include "sums.hpp"

#include <algorithm>

namespace banso::engine::revenue {

namespace {

constexpr std::uint32_t customers(CustomerChange change) {
  return column::customers + static_cast<std::uint32_t>(change) - 1;
}

// What is there at a day, as running totals.
struct Standing {
  std::int64_t mrr_minor = 0, accounts = 0, cohort_minor = 0;
};

}  // namespace

void SumTable::regroup(std::uint32_t value, std::size_t month, const DayEnd& opening, int sign) {
  cell(value, month, column::regrouped) += sign * opening.mrr_minor;
  cell(value, month, column::regrouped_accounts) += sign * (opening.pays() ? 1 : 0);
  cell(value, month, column::regrouped_cohort) += sign * std::max<std::int64_t>(opening.mrr_minor, 0);
}

void SumTable::add(const Membership& membership, Month first, std::span<const Contribution> contributions,
                   std::span<const DayEnd> month_ends, int sign) {
  const auto months = static_cast<std::int64_t>(months_);
  const auto begin = std::max<std::int64_t>(static_cast<std::int64_t>(membership.first_month.index) - first.index, 0);
  const auto end = std::min<std::int64_t>(static_cast<std::int64_t>(membership.end_month.index) - first.index, months);
  if (begin >= end) return;
  regroup(membership.value, static_cast<std::size_t>(begin), month_ends[static_cast<std::size_t>(begin)], sign);
  if (end < months) {
    regroup(membership.value, static_cast<std::size_t>(end), month_ends[static_cast<std::size_t>(end)], -sign);
  }
  std::int64_t* cells = &cell(membership.value, 0, 0);
  const bool always = begin == 0 && end == months;
  for (const auto& each : contributions) {
    if (!always && (each.membership_month < begin || each.membership_month >= end)) continue;
    cells[each.month * column::count + each.column] += sign * each.delta;
  }
}

void SumTable::add_all(const SumTable& other) {
  for (std::size_t i = 0; i < other.cells_.size(); ++i) cells_[i] += other.cells_[i];
}

Figures SumTable::figures(std::uint32_t value, int from, int to) const {
  Figures result;
  if (value >= values()) return result;
  const auto first = static_cast<std::size_t>(from), last = static_cast<std::size_t>(to);
  std::vector<Standing> openings(last + 1);  // with what was regrouped on the first day
  Standing now;
  for (std::size_t month = 0; month <= last; ++month) {
    const auto sum = [&](std::uint32_t column) { return at(value, month, column); };
    now.mrr_minor += sum(column::regrouped);
    now.accounts += sum(column::regrouped_accounts);
    now.cohort_minor += sum(column::regrouped_cohort);
    openings[month] = now;
    if (month > first) {
      result.regrouped_minor += sum(column::regrouped);
      result.accounts_regrouped += sum(column::regrouped_accounts);
    }
    for (std::uint32_t kind = 0; kind < movement_kind_count; ++kind) now.mrr_minor += sum(column::amount + kind);
    now.cohort_minor += sum(column::cohort_flow);
    now.accounts += sum(customers(CustomerChange::started)) + sum(customers(CustomerChange::reactivated)) +
                    sum(customers(CustomerChange::transferred_in)) - sum(customers(CustomerChange::lost)) -
                    sum(customers(CustomerChange::transferred_out));
    if (month < first) continue;
    for (std::uint32_t kind = 0; kind < movement_kind_count; ++kind) {
      result.amount_minor[kind] += sum(column::amount + kind);
      result.changes[kind] += sum(column::changes + kind);
    }
    result.accounts_new += sum(customers(CustomerChange::started));
    result.accounts_reactivated += sum(customers(CustomerChange::reactivated));
    result.accounts_lost += sum(customers(CustomerChange::lost));
    result.accounts_transferred_in += sum(customers(CustomerChange::transferred_in));
    result.accounts_transferred_out += sum(customers(CustomerChange::transferred_out));
    result.renewals.due_minor += sum(column::due);
    result.renewals.renewed_minor += sum(column::renewed);
    result.renewals.due += sum(column::due_count);
    result.renewals.renewed += sum(column::renewed_count);
  }
  result.opening_minor = openings[first].mrr_minor;
  result.accounts_opening = openings[first].accounts;
  result.closing_minor = now.mrr_minor;
  result.accounts_closing = now.accounts;
  for (std::uint32_t window = 0; window < retention_months.size(); ++window) {
    const int start = to + 1 - retention_months[window];
    if (start < 0) continue;
    const auto& opening = openings[static_cast<std::size_t>(start)];
    const std::uint32_t columns = column::windows + window * column::per_window;
    result.retention[window] = Retention{opening.cohort_minor, opening.cohort_minor + at(value, last, columns),
                                         at(value, last, columns + 1), opening.accounts, at(value, last, columns + 2)};
  }
  return result;
}

}  // namespace banso::engine::revenue
