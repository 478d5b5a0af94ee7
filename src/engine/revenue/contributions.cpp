#include "contributions.hpp"

#include <algorithm>
#include <array>

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
  changed_.clear();
  DayEnd now;
  std::size_t filled = 0;  // month ends known so far
  for (const auto& change : changes) {
    // Month ends before this change are as they were.
    const int month = std::max(month_of(change.day) - months_.first, -1);
    while (static_cast<int>(filled) < month + 1) month_ends_[filled++] = now;
    now.apply(change);
    if (month < 0) continue;
    if (changed_.empty() || changed_.back() != month + 1) changed_.push_back(month + 1);
    add_change(change, month);
  }
  while (filled < month_ends_.size()) month_ends_[filled++] = now;
  if (!changes.empty()) {
    add_cohort_flows();
    add_windows();
  }
  add_renewals(account, rows);
  return contributions_;
}

void Contributions::add(int month, std::uint32_t in_column, std::int64_t delta) {
  contributions_.push_back({static_cast<std::uint32_t>(month) * column::count + in_column, delta});
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
  for (const int end : changed_) {
    const auto at = static_cast<std::size_t>(end);
    const auto flow =
        std::max<std::int64_t>(month_ends_[at].mrr_minor, 0) - std::max<std::int64_t>(month_ends_[at - 1].mrr_minor, 0);
    if (flow != 0) add(end - 1, column::cohort_flow, flow);
  }
}

void Contributions::add_windows() {
  for (std::uint32_t window = 0; window < retention_months.size(); ++window) add_window(window);
}

// Goes from one month in which anything comes into the window or leaves it to the next.
void Contributions::add_window(std::uint32_t window) {
  const int length = retention_months[window], last = months_.size();
  const std::uint32_t columns = column::windows + window * column::per_window;
  std::array<std::int64_t, column::per_window> before{};
  auto coming = changed_.begin(), leaving = changed_.begin();
  for (int end = length; end <= last;) {
    std::array<std::int64_t, column::per_window> now{};
    const auto start = static_cast<std::size_t>(end - length);
    if (const auto kept = kept_between(month_ends_[start], month_ends_[static_cast<std::size_t>(end)], rules_)) {
      const std::int64_t fall = kept->start_minor - kept->retained_minor;
      now = {-fall, std::max<std::int64_t>(fall, 0), kept->is_lost ? 1 : 0};
    }
    for (std::uint32_t i = 0; i < column::per_window; ++i) {
      if (now[i] != before[i]) add(end - 1, columns + i, now[i] - before[i]);
    }
    before = now;
    while (coming != changed_.end() && *coming <= end) ++coming;
    while (leaving != changed_.end() && *leaving + length <= end) ++leaving;
    const int next_coming = coming == changed_.end() ? last + 1 : *coming;
    const int next_leaving = leaving == changed_.end() ? last + 1 : *leaving + length;
    end = std::min(next_coming, next_leaving);
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
