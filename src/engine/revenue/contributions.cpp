#include "contributions.hpp"

#include <algorithm>

namespace banso::engine::revenue {

void DayEnd::apply(const NamedChange& change) {
  mrr_minor = change.after_minor;
  currency_minor += change.amounts[static_cast<std::size_t>(MovementKind::currency)];
  transfers_minor += change.amounts[static_cast<std::size_t>(MovementKind::transfer_in)] +
                     change.amounts[static_cast<std::size_t>(MovementKind::transfer_out)];
  times_lost += change.customer == CustomerChange::lost;
  left_by_transfer = change.customer == CustomerChange::transferred_out ||
                     (left_by_transfer && change.customer == CustomerChange::none);
}

std::optional<Kept> kept_between(const DayEnd& start, const DayEnd& end, const RevenueRules& rules) {
  if (!start.pays()) return std::nullopt;
  Kept kept{start.mrr_minor};
  const std::int64_t transfers = end.transfers_minor - start.transfers_minor;
  if (end.times_lost != start.times_lost && !rules.reactivation_in_retention) {
    kept.is_lost = true;
  } else if (end.pays()) {
    kept.retained_minor = end.mrr_minor - transfers - (end.currency_minor - start.currency_minor);
  } else {
    kept.retained_minor = -transfers;
    kept.is_lost = !end.left_by_transfer;
  }
  kept.retained_minor = std::max<std::int64_t>(kept.retained_minor, 0);
  return kept;
}

Contributions::Contributions(const Recurring& recurring, MonthRange months)
    : rules_(recurring.rules()),
      months_(months),
      due_terms_(recurring),
      month_ends_(static_cast<std::size_t>(months.size()) + 1) {}

std::span<const Contribution> Contributions::make(const AccountLedger& account, std::span<const NamedChange> changes,
                                                  std::span<const Term> rows) {
  contributions_.clear();
  DayEnd now;
  std::size_t filled = 0;  // month ends known so far
  for (const auto& change : changes) {
    // Month ends before this change are as they were.
    const int month = std::max(month_of(change.day) - months_.first, -1);
    while (static_cast<int>(filled) < month + 1) month_ends_[filled++] = now;
    now.apply(change);
    now.changed = month + 1;
    if (month >= 0) add_change(change, month);
  }
  while (filled < month_ends_.size()) month_ends_[filled++] = now;
  if (!changes.empty()) {
    add_cohort_flows();
    add_windows();
  }
  add_renewals(account, rows);
  return contributions_;
}

void Contributions::add(int month, std::uint32_t column, std::int64_t delta) {
  const auto at = static_cast<std::uint16_t>(month);
  contributions_.push_back({at, static_cast<std::uint16_t>(column), at, delta});
}

void Contributions::add_change(const NamedChange& change, int month) {
  for (std::uint32_t kind = 0; kind < movement_kind_count; ++kind) {
    if (change.amounts[kind] == 0) continue;
    add(month, column::amount + kind, change.amounts[kind]);
    add(month, column::changes + kind, 1);
  }
  if (change.customer != CustomerChange::none) {
    add(month, column::customers + static_cast<std::uint32_t>(change.customer) - 1, 1);
  }
}

void Contributions::add_cohort_flows() {
  for (std::size_t end = 1; end < month_ends_.size(); ++end) {
    if (month_ends_[end].changed != static_cast<int>(end)) continue;
    const auto flow = std::max<std::int64_t>(month_ends_[end].mrr_minor, 0) -
                      std::max<std::int64_t>(month_ends_[end - 1].mrr_minor, 0);
    if (flow != 0) add(static_cast<int>(end) - 1, column::cohort_flow, flow);
  }
}

void Contributions::add_windows() {
  for (std::uint32_t window = 0; window < retention_months.size(); ++window) {
    const auto length = static_cast<std::size_t>(retention_months[window]);
    const std::uint32_t first_column = column::windows + window * column::per_window;
    for (std::size_t end = length; end < month_ends_.size(); ++end) {
      const std::size_t start = end - length;
      if (month_ends_[end].changed <= static_cast<int>(start)) continue;  // nothing happened in it
      const auto kept = kept_between(month_ends_[start], month_ends_[end], rules_);
      if (!kept) continue;
      const auto put = [&](std::uint32_t offset, std::int64_t delta) {
        if (delta == 0) return;
        contributions_.push_back({static_cast<std::uint16_t>(end - 1),
                                  static_cast<std::uint16_t>(first_column + offset), static_cast<std::uint16_t>(start),
                                  delta});
      };
      put(0, kept->retained_minor - kept->start_minor);
      put(1, std::max<std::int64_t>(kept->start_minor - kept->retained_minor, 0));
      put(2, kept->is_lost ? 1 : 0);
    }
  }
}

void Contributions::add_renewals(const AccountLedger& account, std::span<const Term> rows) {
  const auto days = due_terms_.find(account.earnings(), rows, first_day(months_.first), last_day(months_.last));
  for (const auto& due : days) {
    const int month = month_of(due.day) - months_.first;
    add(month, column::due, due.due_minor);
    add(month, column::due_count, 1);
    if (due.renewed_minor() == 0) continue;
    add(month, column::renewed, due.renewed_minor());
    add(month, column::renewed_count, 1);
  }
}

}  // namespace banso::engine::revenue
