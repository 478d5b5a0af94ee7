// Writing subscriptions, and reading them as facts.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "rates.hpp"
#include "rows.hpp"

namespace banso::revenue {

// The accounts that the rows of a batch name, looked up before the transaction.
struct KnownAccounts {
  std::map<std::string, core::AccountId> by_external_id;
  std::unordered_set<std::int64_t> ids;
};
KnownAccounts find_accounts(customers::Service& book, std::span<const SubscriptionInput> inputs);

struct SubscriptionBatchContext {
  versioned::Writer& writer;
  const KnownAccounts& accounts;
  std::string reporting_currency;
  int utc_offset_minutes = 0;
  std::vector<core::AccountId> touched = {};
};
std::vector<core::RowOutcome> upsert_subscriptions(SubscriptionBatchContext& batch,
                                                   std::span<const SubscriptionInput> inputs);

SubscriptionFact fact_from(const Subscription& subscription, KnownSpan known, const Rates& rates);

}  // namespace banso::revenue
