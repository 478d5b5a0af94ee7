// Reading a ledger. How one is made: ledger_build.cpp; how it changes: ledger_replace.cpp.
#include "ledger.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "ledger_state.hpp"

namespace banso::engine::revenue {

Ledger::Ledger(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;
Ledger Ledger::clone() const {
  return Ledger(std::make_unique<State>(*state_));
}

const RevenueRules& Ledger::rules() const {
  return state_->rules;
}
const Rates& Ledger::rates() const {
  return state_->rates;
}
MonthRange Ledger::months() const {
  return state_->months;
}
std::uint32_t Ledger::account_count() const {
  return state_->account_count;
}

std::vector<std::string> Ledger::dimensions() const {
  std::vector<std::string> keys = {std::string(everything_dimension), std::string(product_dimension),
                                   std::string(plan_dimension), std::string(cohort_dimension)};
  for (const auto& dimension : state_->dimensions) keys.push_back(dimension.key);
  return keys;
}

std::optional<std::size_t> Ledger::State::dimension(std::string_view key) const {
  if (key == everything_dimension) return all_index;
  if (key == product_dimension) return product_index;
  if (key == plan_dimension) return plan_index;
  if (key == cohort_dimension) return cohort_index;
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (dimensions[i].key == key) return own_dimension_count + i;
  }
  return std::nullopt;
}

std::uint32_t Ledger::value_count(std::string_view dimension) const {
  const auto at = state_->dimension(dimension);
  return at ? state_->sums[*at].values() : 0;
}

std::optional<Month> Ledger::cohort_month(std::uint32_t value) const {
  if (value == 0 || static_cast<int>(value) > state_->months.size()) return std::nullopt;
  return state_->months.first + static_cast<int>(value) - 1;
}

void Ledger::State::check(MonthRange period) const {
  if (period.size() == 0 || !months.contains(period.first) || !months.contains(period.last)) {
    throw std::invalid_argument("figures of months that the ledger does not hold");
  }
}

Figures Ledger::figures(std::string_view dimension, std::uint32_t value, MonthRange period) const {
  state_->check(period);
  const auto at = state_->dimension(dimension);
  const Month first = state_->months.first;
  Figures figures;
  if (at) figures = state_->sums[*at].figures(value, period.first - first, period.last - first);
  figures.period = period;
  return figures;
}

std::vector<Figures> Ledger::figures_by_month(std::string_view dimension, std::uint32_t value,
                                              MonthRange period) const {
  state_->check(period);
  const auto at = state_->dimension(dimension);
  const Month first = state_->months.first;
  std::vector<Figures> all(static_cast<std::size_t>(period.size()));
  if (at) all = state_->sums[*at].figures_by_month(value, period.first - first, period.last - first);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Month month = period.first + static_cast<int>(i);
    all[i].period = {month, month};
  }
  return all;
}

std::span<const Term> Ledger::rows_of(AccountIndex account) const {
  return state_->rows.of(account);
}

std::vector<Step> Ledger::steps_of(AccountIndex account) const {
  AccountLedger scan(state_->recurring, last_day(state_->months.last), Netting::account_day);
  std::vector<Step> steps;
  for (const auto& change : scan.run(state_->rows.of(account), state_->transfers.of(account))) {
    if (change.before_minor != change.after_minor) steps.push_back({change.day, change.after_minor});
  }
  return steps;
}

std::vector<CurrencySteps> Ledger::own_steps_of(AccountIndex account) const {
  const auto rows = state_->rows.of(account);
  std::vector<Earning> earnings;
  make_earnings(rows, {}, state_->recurring, earnings);
  std::map<CurrencyIndex, std::map<Day, std::int64_t>> deltas;
  for (const auto& earning : earnings) {
    const auto& row = rows[earning.row];
    const std::int64_t minor = state_->recurring.in_own_currency(row).value_or(0);
    deltas[row.currency][earning.begin] += minor;
    if (earning.end != forever) deltas[row.currency][earning.end] -= minor;
  }
  std::vector<CurrencySteps> result;
  for (const auto& [currency, by_day] : deltas) {
    CurrencySteps steps{currency, {}};
    std::int64_t now = 0;
    for (const auto& [day, delta] : by_day) {
      if (delta != 0) steps.steps.push_back({day, now += delta});
    }
    result.push_back(std::move(steps));
  }
  return result;
}

std::vector<std::int64_t> Ledger::mrr_on(Day day, const ParallelFor& parallel_for) const {
  constexpr std::size_t chunk = 4096;
  std::vector<std::int64_t> mrr(state_->account_count);
  parallel_for((mrr.size() + chunk - 1) / chunk, [&](std::size_t at) {
    AccountLedger scan(state_->recurring, day, Netting::account_day);
    const std::size_t end = std::min((at + 1) * chunk, mrr.size());
    for (std::size_t i = at * chunk; i < end; ++i) {
      const auto account = static_cast<AccountIndex>(i);
      const auto changes = scan.run(state_->rows.of(account), state_->transfers.of(account));
      if (!changes.empty()) mrr[i] = changes.back().after_minor;
    }
  });
  return mrr;
}

std::size_t Ledger::memory_bytes() const {
  std::size_t bytes = state_->rows.all.capacity() * sizeof(Term) + state_->movements.all.capacity() * sizeof(Movement) +
                      (state_->rows.offsets.capacity() + state_->movements.offsets.capacity()) * sizeof(std::uint32_t);
  for (const auto& sums : state_->sums) bytes += sums.bytes();
  for (const auto& dimension : state_->dimensions) {
    for (const auto& each : dimension.memberships)
      bytes += sizeof(std::vector<Membership>) + each.capacity() * sizeof(Membership);
  }
  return bytes;
}

}  // namespace banso::engine::revenue
