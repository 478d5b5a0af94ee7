#include "comparison.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "cohort_windows.hpp"
#include "ledger_state.hpp"

namespace banso::engine::revenue {

namespace {

// What is compared of an account: the amounts of each month, and what it retains over all of them.
struct Trace {
  std::vector<AmountByKind> months;
  std::int64_t opening_minor = 0, start_minor = 0, retained_minor = 0;

  bool operator==(const Trace&) const = default;
};

// One account under one set of rules.
class Tracer {
 public:
  Tracer(const Ledger& ledger, const RevenueRules& rules, MonthRange months)
      : state_(ledger.state()),
        months_(months),
        recurring_(state_.rates, rules),
        account_ledger_(recurring_, last_day(months.last)) {}

  Trace trace(AccountIndex account) {
    Trace trace;
    trace.months.resize(static_cast<std::size_t>(months_.size()));
    DayEnd start, end;
    const Day first = first_day(months_.first);
    for (const auto& change : account_ledger_.run(state_.rows.of(account), state_.transfers.of(account))) {
      end.apply(change);
      if (change.day < first) {
        start.apply(change);
        continue;
      }
      auto& amounts = trace.months[static_cast<std::size_t>(month_of(change.day) - months_.first)];
      for (std::size_t kind = 0; kind < movement_kind_count; ++kind) amounts[kind] += change.amounts[kind];
    }
    trace.opening_minor = start.mrr_minor;
    if (const auto kept = kept_between(start, end, recurring_.rules())) {
      trace.start_minor = kept->start_minor;
      trace.retained_minor = kept->retained_minor;
    }
    return trace;
  }

 private:
  const Ledger::State& state_;
  const MonthRange months_;
  const Recurring recurring_;
  AccountLedger account_ledger_;
};

// The rules of one side with one switch set as on the other.
struct Flipped {
  std::string_view key;
  RevenueRules left, right;
};

std::vector<Flipped> flipped_rules(const RevenueRules& left, const RevenueRules& right) {
  std::vector<Flipped> all;
  for (const auto& each : switches()) {
    if (!each.differs(left, right)) continue;
    Flipped flipped{each.key, left, right};
    each.copy(right, flipped.left);
    each.copy(left, flipped.right);
    all.push_back(std::move(flipped));
  }
  return all;
}

std::int64_t difference(const Trace& left, const Trace& right) {
  std::int64_t sum =
      std::abs(left.opening_minor - right.opening_minor) + std::abs(left.retained_minor - right.retained_minor);
  for (std::size_t month = 0; month < left.months.size(); ++month) {
    for (std::size_t kind = 0; kind < movement_kind_count; ++kind) {
      sum += std::abs(left.months[month][kind] - right.months[month][kind]);
    }
  }
  return sum;
}

AccountSide side(const Ledger& ledger, AccountIndex account, MonthRange months, const Trace& trace) {
  AccountSide side;
  side.opening_minor = side.closing_minor = trace.opening_minor;
  side.start_minor = trace.start_minor;
  side.retained_minor = trace.retained_minor;
  side.changes = ledger.changes_of(account, months);
  for (const auto& change : side.changes) {
    for (std::size_t kind = 0; kind < movement_kind_count; ++kind) {
      side.amounts[kind] += change.amounts[kind];
      side.closing_minor += change.amounts[kind];
    }
  }
  return side;
}

// A switch is a reason where it moves either side alone.
void find_reasons(const Ledger& left, const Ledger& right, MonthRange months, const std::vector<Flipped>& flipped,
                  std::vector<AccountDifference>& accounts) {
  Tracer plain_left(left, left.rules(), months), plain_right(right, right.rules(), months);
  std::vector<Trace> traces_left, traces_right;
  for (const auto& each : accounts) {
    traces_left.push_back(plain_left.trace(each.account));
    traces_right.push_back(plain_right.trace(each.account));
  }
  for (const auto& flip : flipped) {
    Tracer from_left(left, flip.left, months), from_right(right, flip.right, months);
    for (std::size_t i = 0; i < accounts.size(); ++i) {
      const auto account = accounts[i].account;
      if (from_left.trace(account) != traces_left[i] || from_right.trace(account) != traces_right[i]) {
        accounts[i].switches.push_back(flip.key);
      }
    }
  }
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    accounts[i].left = side(left, accounts[i].account, months, traces_left[i]);
    accounts[i].right = side(right, accounts[i].account, months, traces_right[i]);
  }
}

}  // namespace

Comparison compare(const Ledger& left, const Ledger& right, MonthRange months, std::size_t most_accounts) {
  if (left.account_count() != right.account_count()) throw std::invalid_argument("two ledgers of different accounts");
  Comparison result;
  const auto flipped = flipped_rules(left.rules(), right.rules());
  for (const auto& flip : flipped) result.switches.push_back(flip.key);
  result.left = left.figures_by_month(everything_dimension, 0, months);
  result.right = right.figures_by_month(everything_dimension, 0, months);
  const Day from = first_day(months.first) - 1, to = last_day(months.last);
  result.retention_left = retention_between(left, from, to);
  result.retention_right = retention_between(right, from, to);

  Tracer left_tracer(left, left.rules(), months), right_tracer(right, right.rules(), months);
  for (AccountIndex account = 0; account < left.account_count(); ++account) {
    const auto minor = difference(left_tracer.trace(account), right_tracer.trace(account));
    if (minor != 0) result.accounts.push_back({account, {}, {}, minor, {}});
  }
  result.accounts_differing = static_cast<std::int64_t>(result.accounts.size());
  std::stable_sort(result.accounts.begin(), result.accounts.end(),
                   [](const auto& one, const auto& other) { return one.difference_minor > other.difference_minor; });
  if (result.accounts.size() > most_accounts) result.accounts.resize(most_accounts);
  find_reasons(left, right, months, flipped, result.accounts);
  return result;
}

}  // namespace banso::engine::revenue
