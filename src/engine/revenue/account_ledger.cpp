#include "account_ledger.hpp"

#include <algorithm>

namespace banso::engine::revenue {

namespace {

std::int64_t& amount(NamedChange& change, MovementKind kind) {
  return change.amounts[static_cast<std::size_t>(kind)];
}

}  // namespace

AccountLedger::AccountLedger(const Recurring& recurring, Day last, Rows rows)
    : AccountLedger(recurring, last, recurring.rules().netting, rows) {}

AccountLedger::AccountLedger(const Recurring& recurring, Day last, Netting netting, Rows rows)
    : recurring_(recurring), last_(last), netting_(netting), with_rows_(rows == Rows::collected) {}

std::span<const ChangedRow> AccountLedger::rows_of(std::size_t change) const {
  const std::size_t first = change == 0 ? 0 : changes_[change - 1].rows_end;
  return std::span(rows_).subspan(first, changes_[change].rows_end - first);
}

std::span<const NamedChange> AccountLedger::run(std::span<const Term> rows, std::span<const TransferShare> transfers) {
  make_earnings(rows, transfers, recurring_, earnings_);
  changes_.clear();
  rows_.clear();
  total_minor_ = 0;
  was_customer_ = false;
  current_.assign(earnings_.size(), 0);
  collect_events();
  const bool by_month = netting_ == Netting::account_month;
  for (std::size_t at = 0; at < events_.size();) {
    Group group{events_[at].day, total_minor_};
    const Day group_end = by_month ? last_day(month_of(group.day)) : group.day;
    for (; at < events_.size() && events_[at].day <= group_end; ++at) apply(events_[at], rows, group);
    close(group);
  }
  return changes_;
}

void AccountLedger::collect_events() {
  events_.clear();
  for (std::uint32_t i = 0; i < earnings_.size(); ++i) {
    const auto& earning = earnings_[i];
    if (earning.begin <= last_) events_.push_back({earning.begin, i, EventKind::begin});
    if (earning.end <= last_) events_.push_back({earning.end, i, EventKind::end});
    if (earning.moves_with_exchange) add_revaluations(i);
  }
  std::sort(events_.begin(), events_.end(), [](const Event& left, const Event& right) {
    if (left.day != right.day) return left.day < right.day;
    return left.kind != right.kind ? left.kind < right.kind : left.earning < right.earning;
  });
}

// On the first day of each month, also of the one on whose first day it ends: what was there is valued first.
void AccountLedger::add_revaluations(std::uint32_t at) {
  const auto& earning = earnings_[at];
  const Day end = std::min(earning.end, last_);
  Month month = month_of(earning.begin) + 1;
  for (Day day = first_day(month); day <= end; month = month + 1, day = first_day(month)) {
    events_.push_back({day, at, EventKind::revaluation});
  }
}

void AccountLedger::apply(const Event& event, std::span<const Term> rows, Group& group) {
  const auto& earning = earnings_[event.earning];
  auto& current = current_[event.earning];
  group.day = event.day;
  if (with_rows_) touch(event.earning);
  if (event.kind == EventKind::revaluation) {
    const auto minor = recurring_.in_month(rows[earning.row], month_of(event.day));
    group.currency_minor += minor - current;
    total_minor_ += minor - current;
    current = minor;
    return;
  }
  const bool begins = event.kind == EventKind::begin;
  const std::int64_t delta = begins ? earning.minor : -current;
  const std::int64_t moved = begins ? earning.arriving_minor : -earning.leaving_minor;
  (begins ? group.arrived_minor : group.left_minor) += moved;
  total_minor_ += delta;
  current += delta;
  if (netting_ == Netting::product_day) note_product(earning.product, delta - moved);
}

void AccountLedger::note_product(ProductIndex product, std::int64_t delta_minor) {
  for (auto& [known, sum] : product_deltas_) {
    if (known == product) {
      sum += delta_minor;
      return;
    }
  }
  product_deltas_.emplace_back(product, delta_minor);
}

void AccountLedger::touch(std::uint32_t earning) {
  const bool known =
      std::any_of(touched_.begin(), touched_.end(), [&](const auto& each) { return each.first == earning; });
  if (!known) touched_.emplace_back(earning, current_[earning]);
}

void AccountLedger::close(const Group& group) {
  NamedChange change{group.day, group.before_minor, total_minor_};
  const bool before = group.before_minor > 0, after = total_minor_ > 0;
  if (before != after) change.customer = customer_change(group, after);
  amount(change, MovementKind::currency) = group.currency_minor;
  amount(change, MovementKind::transfer_in) = group.arrived_minor;
  amount(change, MovementKind::transfer_out) = group.left_minor;
  const std::int64_t rest =
      total_minor_ - group.before_minor - group.currency_minor - group.arrived_minor - group.left_minor;
  const bool moved =
      change.customer == CustomerChange::transferred_in || change.customer == CustomerChange::transferred_out;
  name_rest(rest, moved, change);
  const bool is_change = change.customer != CustomerChange::none ||
                         std::any_of(change.amounts.begin(), change.amounts.end(), [](auto each) { return each != 0; });
  if (with_rows_ && is_change) collect_rows();
  touched_.clear();
  product_deltas_.clear();
  change.rows_end = static_cast<std::uint32_t>(rows_.size());
  if (is_change) changes_.push_back(change);
  was_customer_ = was_customer_ || after;
  if (before && !after) left_on_ = group.day;
}

CustomerChange AccountLedger::customer_change(const Group& group, bool after) {
  if (!after) return group.left_minor != 0 ? CustomerChange::transferred_out : CustomerChange::lost;
  if (group.arrived_minor != 0) return CustomerChange::transferred_in;
  return is_new(group.day) ? CustomerChange::started : CustomerChange::reactivated;
}

bool AccountLedger::is_new(Day day) const {
  const auto& new_after_days = recurring_.rules().new_after_days;
  return !was_customer_ || (new_after_days && day - left_on_ > *new_after_days);
}

// What neither the exchange nor a transfer did. The customer goes with a transfer, so that what is left then is growth
// or a fall, not a beginning or an end.
void AccountLedger::name_rest(std::int64_t rest, bool moved, NamedChange& change) {
  if (moved || change.customer == CustomerChange::none) return split_by_product(rest, change);
  switch (change.customer) {
    case CustomerChange::started:
      amount(change, MovementKind::started) = rest;
      break;
    case CustomerChange::reactivated:
      amount(change, MovementKind::reactivation) = rest;
      break;
    default:
      amount(change, MovementKind::churn) = rest;
      break;
  }
}

void AccountLedger::split_by_product(std::int64_t rest, NamedChange& change) {
  if (netting_ != Netting::product_day) {
    amount(change, rest > 0 ? MovementKind::expansion : MovementKind::contraction) = rest;
    return;
  }
  for (const auto& [product, delta] : product_deltas_) {
    amount(change, delta > 0 ? MovementKind::expansion : MovementKind::contraction) += delta;
  }
}

void AccountLedger::collect_rows() {
  for (const auto& [earning, before_minor] : touched_) {
    if (before_minor == current_[earning]) continue;
    rows_.push_back({earnings_[earning].row, before_minor, current_[earning]});
  }
}

}  // namespace banso::engine::revenue
