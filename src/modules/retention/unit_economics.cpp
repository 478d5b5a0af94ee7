#include "unit_economics.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace banso::retention {

using namespace statistics;

namespace {

// The cost's own month's rate, else the one that holds in it. Numbers a currency not seen before.
std::optional<std::int64_t> in_reporting_currency(const AcquisitionCost& cost, ledger::Rates& rates) {
  const auto currency = rates.currency(cost.amount->currency);
  if (currency == ledger::reporting) return cost.amount->amount_minor;
  const auto rate = rates.held(currency, ledger::month_of(cost.month));
  if (!rate) return std::nullopt;
  return rates.monthly_minor(cost.amount->amount_minor, currency, 1, *rate);
}

}  // namespace

MonthsSeen months_seen(core::Day until, int months) {
  MonthsSeen seen;
  seen.months = months;
  seen.end = ledger::first_day(ledger::month_of(until + 1));  // the last day of a month closes it
  seen.first = core::add_months(seen.end, -months);
  return seen;
}

GroupEconomics group_economics(const CustomerHistories& histories, std::span<const std::uint32_t> customers,
                               const MonthsSeen& seen, const UnitEconomicsSettings& settings) {
  GroupEconomics group;
  group.customers = static_cast<std::int64_t>(customers.size());
  std::vector<CustomerSpan> spans;
  for (const std::uint32_t position : customers) {
    const CustomerHistory& history = histories.customers[position];
    const std::int64_t mrr = history.mrr_on(histories.until);
    if (mrr > 0) {
      ++group.paying;
      group.mrr_minor += mrr;
    }
    group.won += seen.first <= history.begin && history.begin < seen.end;
    if (!history.moved_on) spans.push_back({history.begin, history.end, history.end.has_value(), seen.first, 0});
  }
  for (const Lifetime& life : observe(spans, seen.end, AgeUnit::month).lifetimes) {
    ++group.churn.customers;
    group.churn.customer_months += life.exit - std::max(life.entry, 0.0);
    group.churn.lost += life.ended;
  }
  group.monthly_churn = monthly_churn(group.churn);
  if (group.paying == 0) return group;

  Earnings earnings{static_cast<double>(group.mrr_minor) / static_cast<double>(group.paying),
                    settings.gross_margin.value_or(1)};
  group.revenue_per_account = earnings.revenue_minor;
  group.simple = simple_lifetime_value(earnings, group.churn);
  if (!settings.gross_margin) {
    group.margin = tl::unexpected(CannotSay::margin_unknown);
    group.survival = tl::unexpected(CannotSay::margin_unknown);
    return group;
  }
  group.margin = margin_lifetime_value(earnings, group.churn);
  LifetimeValueOptions options;
  options.horizon_months = settings.horizon_months;
  options.yearly_discount_rate = settings.yearly_discount_rate;
  group.survival =
      survival_lifetime_value(earnings, lifetimes_of(histories, customers, AgeUnit::month).lifetimes, options);
  return group;
}

Acquisitions acquisitions(const CustomerHistories& histories, const MonthsSeen& seen,
                          std::span<const AcquisitionCost> costs, const ledger::Rates& rates,
                          const std::function<std::string(std::uint32_t)>& channel_of) {
  Acquisitions all;
  std::map<std::string, Acquisition> by_channel;
  std::set<core::Day> with_costs;
  std::set<std::pair<std::string, core::Day>> with_costs_of;
  ledger::Rates known = rates;
  for (const AcquisitionCost& cost : costs) {
    if (!cost.amount || cost.month < seen.first || cost.month >= seen.end) continue;
    Acquisition& channel = by_channel[cost.channel];
    const auto minor = in_reporting_currency(cost, known);
    if (!minor) {
      ++all.total.without_rate;
      ++channel.without_rate;
      continue;
    }
    all.total.costs_minor += minor.value();
    channel.costs_minor += minor.value();
    with_costs.insert(cost.month);
    with_costs_of.emplace(cost.channel, cost.month);
  }
  for (std::uint32_t customer = 0; customer < histories.customers.size(); ++customer) {
    const auto month = ledger::first_day(ledger::month_of(histories.customers[customer].begin));
    all.total.won += with_costs.contains(month);
    if (!channel_of) continue;
    const auto channel = channel_of(customer);
    if (with_costs_of.contains({channel, month})) ++by_channel[channel].won;
  }
  all.total.months_with_costs = static_cast<int>(with_costs.size());
  for (const auto& [channel, month] : with_costs_of) ++by_channel[channel].months_with_costs;
  all.by_channel.assign(by_channel.begin(), by_channel.end());
  std::ranges::stable_sort(all.by_channel, std::ranges::greater(),
                           [](const auto& channel) { return channel.second.costs_minor; });
  return all;
}

}  // namespace banso::retention
