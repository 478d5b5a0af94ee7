#include "cohort_windows.hpp"

#include <algorithm>

#include "ledger_state.hpp"

namespace banso::engine::revenue {

namespace {

constexpr std::size_t accounts_a_chunk = 4096;

// One account after the other at both ends of a window.
class Window {
 public:
  Window(const Ledger::State& state, Day from, Day to, std::size_t dimension, std::uint32_t value)
      : state_(state),
        from_(from),
        to_(to),
        dimension_(dimension),
        value_(value),
        daily_(state.recurring, to, Netting::account_day),
        ruled_(state.recurring, last_day(month_of(to))) {}

  std::optional<Kept> kept(AccountIndex account) {
    const bool whole_account = scope_key(dimension_) == nullptr;
    if (whole_account && !state_.has_value(dimension_, account, value_, month_of(from_ + 1))) return std::nullopt;
    const auto rows = state_.rows_in(dimension_, value_, account, scope_);
    const auto transfers = state_.transfers.of(account);
    DayEnd start, end;
    for (const auto& change : daily_.run(rows, transfers)) {
      if (change.day <= from_) start.apply(change);
      end.apply(change);
    }
    if (state_.rules.netting == Netting::account_month) count_losses_by_month(rows, transfers, start, end);
    return kept_between(start, end, state_.rules);
  }

 private:
  // Who left and returned within a month was not lost where a month's changes are netted.
  void count_losses_by_month(std::span<const Term> rows, std::span<const TransferShare> transfers, DayEnd& start,
                             DayEnd& end) {
    start.times_lost = end.times_lost = 0;
    for (const auto& change : ruled_.run(rows, transfers)) {
      const int lost = change.customer == CustomerChange::lost ? 1 : 0;
      if (change.day <= from_) start.times_lost += lost;
      if (change.day <= to_) end.times_lost += lost;
    }
  }

  const Ledger::State& state_;
  const Day from_, to_;
  const std::size_t dimension_;
  const std::uint32_t value_;
  AccountLedger daily_, ruled_;
  ScopedRows scope_;
};

}  // namespace

Retention retention_between(const Ledger& ledger, Day from, Day to, std::string_view dimension, std::uint32_t value,
                            const ParallelFor& parallel_for) {
  const auto& state = ledger.state();
  const auto at = state.dimension(dimension);
  Retention sum;
  if (!at || to < from) return sum;
  const std::size_t accounts = ledger.account_count();
  std::vector<Retention> parts((accounts + accounts_a_chunk - 1) / accounts_a_chunk);
  parallel_for(parts.size(), [&](std::size_t chunk) {
    Window window(state, from, to, *at, value);
    const std::size_t end = std::min((chunk + 1) * accounts_a_chunk, accounts);
    auto& part = parts[chunk];
    for (std::size_t account = chunk * accounts_a_chunk; account < end; ++account) {
      const auto kept = window.kept(static_cast<AccountIndex>(account));
      if (!kept) continue;
      part.start_minor += kept->start_minor;
      part.retained_minor += kept->retained_minor;
      part.lost_minor += std::max<std::int64_t>(kept->start_minor - kept->retained_minor, 0);
      part.accounts += 1;
      part.accounts_lost += kept->is_lost ? 1 : 0;
    }
  });
  for (const auto& part : parts) {
    sum.start_minor += part.start_minor;
    sum.retained_minor += part.retained_minor;
    sum.lost_minor += part.lost_minor;
    sum.accounts += part.accounts;
    sum.accounts_lost += part.accounts_lost;
  }
  return sum;
}

std::vector<RetainedAccount> retained_accounts(const Ledger& ledger, Day from, Day to, std::string_view dimension,
                                               std::uint32_t value) {
  std::vector<RetainedAccount> result;
  const auto at = ledger.state().dimension(dimension);
  if (!at || to < from) return result;
  Window window(ledger.state(), from, to, *at, value);
  for (AccountIndex account = 0; account < ledger.account_count(); ++account) {
    const auto kept = window.kept(account);
    if (kept) result.push_back({account, kept->start_minor, kept->retained_minor});
  }
  return result;
}

}  // namespace banso::engine::revenue
