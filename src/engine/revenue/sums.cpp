#include "sums.hpp"

#include <algorithm>
#include <numeric>

namespace banso::engine::revenue {

namespace {

constexpr std::uint32_t customers(CustomerChange change) {
  return column::customers + static_cast<std::uint32_t>(change) - 1;
}

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
  if (begin == 0 && end == months) return add_always(membership.value, contributions, sign);
  add_some_months(membership.value, static_cast<std::size_t>(begin), static_cast<std::size_t>(end), contributions,
                  sign);
}

void SumTable::add_always(std::uint32_t value, std::span<const Contribution> contributions, int sign) {
  std::int64_t* cells = &cell(value, 0, 0);
  for (const auto& each : contributions) cells[each.cell] += sign * each.delta;
}

// Windows go by their first month, and are differences: what they say when the membership begins is put in whole, and
// when it ends taken out whole.
void SumTable::add_some_months(std::uint32_t value, std::size_t begin, std::size_t end,
                               std::span<const Contribution> contributions, int sign) {
  std::array<std::int64_t, column::count - column::windows> at_begin{}, at_end{};
  for (const auto& each : contributions) {
    const bool is_window = each.column() >= column::windows;
    const std::uint32_t at = is_window ? each.column() - column::windows : 0;
    const std::size_t shift = is_window ? static_cast<std::size_t>(retention_months[at / column::per_window]) - 1 : 0;
    if (each.month() >= end + shift) continue;
    const bool before_begin = is_window ? each.month() <= begin + shift : each.month() < begin;
    if (is_window) at_end[at] += each.delta;
    if (is_window && before_begin) at_begin[at] += each.delta;
    if (!before_begin) cell(value, each.month(), each.column()) += sign * each.delta;
  }
  for (std::uint32_t i = 0; i < at_begin.size(); ++i) {
    const auto shift = static_cast<std::size_t>(retention_months[i / column::per_window]) - 1;
    if (begin + shift < months_) cell(value, begin + shift, column::windows + i) += sign * at_begin[i];
    if (end + shift < months_) cell(value, end + shift, column::windows + i) -= sign * at_end[i];
  }
}

void SumTable::add_all(const SumTable& other) {
  for (std::size_t i = 0; i < other.cells_.size(); ++i) cells_[i] += other.cells_[i];
}

std::vector<SumTable::Opening> SumTable::openings(std::uint32_t value, std::size_t months) const {
  std::vector<Opening> result(months + 1);
  Opening now;
  for (std::size_t month = 0; month < months; ++month) {
    const auto sum = [&](std::uint32_t column) { return at(value, month, column); };
    now.mrr_minor += sum(column::regrouped);
    now.accounts += sum(column::regrouped_accounts);
    now.cohort_minor += sum(column::regrouped_cohort);
    result[month] = now;
    for (std::uint32_t kind = 0; kind < movement_kind_count; ++kind) now.mrr_minor += sum(column::amount + kind);
    now.cohort_minor += sum(column::cohort_flow);
    now.accounts += sum(customers(CustomerChange::started)) + sum(customers(CustomerChange::reactivated)) +
                    sum(customers(CustomerChange::transferred_in)) - sum(customers(CustomerChange::lost)) -
                    sum(customers(CustomerChange::transferred_out));
    for (std::uint32_t i = 0; i < now.windows.size(); ++i) now.windows[i] += sum(column::windows + i);
  }
  result[months] = now;
  return result;
}

void SumTable::add_flows(std::uint32_t value, std::size_t month, Figures& figures) const {
  const auto sum = [&](std::uint32_t column) { return at(value, month, column); };
  for (std::uint32_t kind = 0; kind < movement_kind_count; ++kind) {
    figures.amount_minor[kind] += sum(column::amount + kind);
    figures.changes[kind] += sum(column::changes + kind);
  }
  figures.accounts_new += sum(customers(CustomerChange::started));
  figures.accounts_reactivated += sum(customers(CustomerChange::reactivated));
  figures.accounts_lost += sum(customers(CustomerChange::lost));
  figures.accounts_transferred_in += sum(customers(CustomerChange::transferred_in));
  figures.accounts_transferred_out += sum(customers(CustomerChange::transferred_out));
  figures.renewals.due_minor += sum(column::due);
  figures.renewals.renewed_minor += sum(column::renewed);
  figures.renewals.due += sum(column::due_count);
  figures.renewals.renewed += sum(column::renewed_count);
}

Figures SumTable::between(std::uint32_t value, const std::vector<Opening>& openings, std::size_t first,
                          std::size_t last) const {
  Figures result;
  for (std::size_t month = first; month <= last; ++month) {
    add_flows(value, month, result);
    if (month == first) continue;
    result.regrouped_minor += at(value, month, column::regrouped);
    result.accounts_regrouped += at(value, month, column::regrouped_accounts);
  }
  result.opening_minor = openings[first].mrr_minor;
  result.accounts_opening = openings[first].accounts;
  result.closing_minor = result.opening_minor + result.regrouped_minor +
                         std::accumulate(result.amount_minor.begin(), result.amount_minor.end(), std::int64_t{});
  result.accounts_closing = result.accounts_opening + result.accounts_regrouped + result.accounts_new +
                            result.accounts_reactivated - result.accounts_lost + result.accounts_transferred_in -
                            result.accounts_transferred_out;
  for (std::uint32_t window = 0; window < retention_months.size(); ++window) {
    const auto length = static_cast<std::size_t>(retention_months[window]);
    if (last + 1 < length) continue;
    const auto& opening = openings[last + 1 - length];
    const std::int64_t* says = &openings[last + 1].windows[window * column::per_window];
    result.retention[window] =
        Retention{opening.cohort_minor, opening.cohort_minor + says[0], says[1], opening.accounts, says[2]};
  }
  return result;
}

Figures SumTable::figures(std::uint32_t value, int from, int to) const {
  if (value >= values()) return {};
  const auto last = static_cast<std::size_t>(to);
  return between(value, openings(value, last + 1), static_cast<std::size_t>(from), last);
}

std::vector<Figures> SumTable::figures_by_month(std::uint32_t value, int from, int to) const {
  std::vector<Figures> result(static_cast<std::size_t>(to - from) + 1);
  if (value >= values()) return result;
  const auto first = static_cast<std::size_t>(from);
  const auto all = openings(value, static_cast<std::size_t>(to) + 1);
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = between(value, all, first + i, first + i);
  return result;
}

}  // namespace banso::engine::revenue
