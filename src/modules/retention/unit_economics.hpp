// What a customer is worth and what winning one costs: the figures behind GET /api/revenue/unit-economics.
#pragma once

#include "acquisition_costs.hpp"
#include "customer_histories.hpp"
#include "engine/retention_statistics/lifetime_value.hpp"

namespace banso::retention {

// Whole months that were over on the last day, the latest `months` of them.
struct MonthsSeen {
  core::Day first;  // the first day of the first
  core::Day end;    // the day after the last
  int months = 0;
};
MonthsSeen months_seen(core::Day until, int months);

struct GroupEconomics {
  std::int64_t customers = 0;    // who ever paid
  std::int64_t paying = 0;       // on the last day
  std::int64_t mrr_minor = 0;    // of these
  std::int64_t won = 0;          // began within the months seen
  statistics::ChurnCount churn;  // within the months seen
  statistics::Said<double> revenue_per_account = tl::unexpected(statistics::CannotSay::no_customers);
  statistics::Said<statistics::Estimate> monthly_churn = tl::unexpected(statistics::CannotSay::no_customers);
  statistics::Said<statistics::Estimate> simple = tl::unexpected(statistics::CannotSay::no_customers);
  statistics::Said<statistics::Estimate> margin = tl::unexpected(statistics::CannotSay::no_customers);
  statistics::Said<statistics::SurvivalValue> survival = tl::unexpected(statistics::CannotSay::no_customers);
};
GroupEconomics group_economics(const CustomerHistories& histories, std::span<const std::uint32_t> customers,
                               const MonthsSeen& seen, const UnitEconomicsSettings& settings);

// Winning customers, of the months seen in which costs are recorded: where nothing is recorded, nothing is known.
struct Acquisition {
  std::int64_t costs_minor = 0;  // in the reporting currency
  std::int64_t won = 0;
  int months_with_costs = 0;
  std::int64_t without_rate = 0;  // costs left out because their currency has no rate

  statistics::Said<double> cost() const { return statistics::acquisition_cost(costs_minor, won); }
};
struct Acquisitions {
  Acquisition total;
  std::vector<std::pair<std::string, Acquisition>> by_channel;  // most costs first
};
// `channel_of` names the channel that won a customer; none: not known of any.
Acquisitions acquisitions(const CustomerHistories& histories, const MonthsSeen& seen,
                          std::span<const AcquisitionCost> costs, const ledger::Rates& rates,
                          const std::function<std::string(std::uint32_t)>& channel_of);

}  // namespace banso::retention
