#include "seats.hpp"

namespace banso::app {

std::optional<std::int64_t> licensed_seats(revenue::Service& revenue, core::AccountId account, core::Day day) {
  std::vector<revenue::SubscriptionFact> facts;
  revenue.each_subscription(customers::Selection::of({account}), [&](const auto& fact) { facts.push_back(fact); });
  const std::int64_t seats = revenue::totals_on(facts, day, revenue.reporting_currency()).seats;
  return seats > 0 ? std::optional(seats) : std::nullopt;
}

}  // namespace banso::app
