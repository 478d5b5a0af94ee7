#include "restatement.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

namespace banso::engine::revenue {

namespace {

constexpr int longest_window_months = retention_months.back();

Ledger ledger_as_known(std::span<const Term> versions, const LedgerInput& surroundings, Month month, Day day,
                       const ParallelFor& parallel_for, int threads) {
  LedgerInput input;
  input.terms = known_on(versions, day);
  input.account_count = surroundings.account_count;
  input.rates = surroundings.rates;
  input.rules = surroundings.rules;
  input.months = {month - (longest_window_months - 1), month};
  input.dimensions = surroundings.dimensions;
  return Ledger::build(std::move(input), parallel_for, threads);
}

// Without the times at which it was believed.
Term content(Term term) {
  term.known_from = term.known_until = Day{};
  return term;
}

std::vector<Term> rows_missing_in(std::span<const Term> rows, std::span<const Term> others) {
  std::vector<Term> missing;
  for (const auto& row : rows) {
    const bool found =
        std::any_of(others.begin(), others.end(), [&](const Term& other) { return content(other) == content(row); });
    if (!found) missing.push_back(row);
  }
  return missing;
}

// Movements of the month by account.
std::map<AccountIndex, AmountByKind> amounts_by_account(const Ledger& ledger, Month month) {
  std::map<AccountIndex, AmountByKind> all;
  for (const auto& movement : ledger.movements(MovementQuery{{month, month}, {}})) {
    all[movement.account][static_cast<std::size_t>(movement.kind)] += movement.amount_minor;
  }
  return all;
}

std::int64_t size_of(const AccountRestatement& each) {
  std::int64_t size = std::abs(each.closing_now_minor - each.closing_then_minor);
  for (std::size_t kind = 0; kind < movement_kind_count; ++kind) size += std::abs(each.now[kind] - each.then[kind]);
  return size;
}

// What a version says about days up to a month's last: the rest may change without changing the month.
std::optional<Term> clipped(const Term& term, Day last) {
  if (last < term.start) return std::nullopt;
  Term result = content(term);
  const auto clip = [&](Day& day) {
    if (last + 1 < day) day = forever;
  };
  clip(result.end);
  clip(result.past_due_from);
  clip(result.cancelled_on);
  return result;
}

// All versions of one subscription.
class Versions {
 public:
  explicit Versions(std::span<const Term> versions) : versions_(versions) {}

  // What was believed at the end of `day` about the time up to `last`.
  std::optional<Term> believed(Day day, Day last) const {
    for (const auto& version : versions_) {
      if (version.known_on(day)) return clipped(version, last);
    }
    return std::nullopt;
  }

 private:
  std::span<const Term> versions_;
};

}  // namespace

Restatement restate(std::span<const Term> versions, const LedgerInput& surroundings, ClosedMonth closed, Day today,
                    const ParallelFor& parallel_for, int threads) {
  const Month month = closed.month;
  const auto then = ledger_as_known(versions, surroundings, month, closed.closed_on, parallel_for, threads);
  const auto now = ledger_as_known(versions, surroundings, month, today, parallel_for, threads);
  Restatement result{closed, then.figures({month, month}), now.figures({month, month}), {}};
  const auto amounts_then = amounts_by_account(then, month), amounts_now = amounts_by_account(now, month);
  const Day before = first_day(month) - 1, last = last_day(month);
  const auto opening_then = then.mrr_on(before, parallel_for), opening_now = now.mrr_on(before, parallel_for);
  const auto closing_then = then.mrr_on(last, parallel_for), closing_now = now.mrr_on(last, parallel_for);
  const auto amounts = [](const auto& by_account, AccountIndex account) {
    const auto found = by_account.find(account);
    return found == by_account.end() ? AmountByKind{} : found->second;
  };
  for (AccountIndex account = 0; account < surroundings.account_count; ++account) {
    AccountRestatement each{account,
                            amounts(amounts_then, account),
                            amounts(amounts_now, account),
                            opening_then[account],
                            opening_now[account],
                            closing_then[account],
                            closing_now[account],
                            {},
                            {}};
    if (each.then == each.now && each.opening_then_minor == each.opening_now_minor &&
        each.closing_then_minor == each.closing_now_minor) {
      continue;
    }
    each.rows_gone = rows_missing_in(then.rows_of(account), now.rows_of(account));
    each.rows_added = rows_missing_in(now.rows_of(account), then.rows_of(account));
    result.accounts.push_back(std::move(each));
  }
  std::stable_sort(result.accounts.begin(), result.accounts.end(),
                   [](const auto& left, const auto& right) { return size_of(left) > size_of(right); });
  return result;
}

std::vector<Fault> find_backdated(std::span<const Term> versions, std::span<const ClosedMonth> closed, Day today) {
  std::vector<ClosedMonth> months(closed.begin(), closed.end());
  std::sort(months.begin(), months.end(), [](const auto& left, const auto& right) { return left.month < right.month; });
  std::vector<Term> sorted(versions.begin(), versions.end());
  std::sort(sorted.begin(), sorted.end(), [](const Term& left, const Term& right) {
    return std::tie(left.subscription, left.known_from, left) < std::tie(right.subscription, right.known_from, right);
  });
  std::vector<Fault> faults;
  for (std::size_t first = 0, end = 0; first < sorted.size(); first = end) {
    while (end < sorted.size() && sorted[end].subscription == sorted[first].subscription) ++end;
    const Versions its(std::span<const Term>(sorted).subspan(first, end - first));
    for (const auto& month : months) {
      const Day last = last_day(month.month);
      if (its.believed(month.closed_on, last) == its.believed(today, last)) continue;
      faults.push_back({FaultCode::backdated, sorted[first].account, last, 0, {sorted[first].subscription}});
      break;
    }
  }
  std::sort(faults.begin(), faults.end(), [](const Fault& left, const Fault& right) {
    return std::tie(left.account, left.day, left.subscriptions) <
           std::tie(right.account, right.day, right.subscriptions);
  });
  return faults;
}

}  // namespace banso::engine::revenue
