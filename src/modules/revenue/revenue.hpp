// Products, subscriptions, and what they are worth a month in the workspace's reporting currency. The module's only
// public header.
//
// A subscription earns from `start` up to, not including, `end`. MRR on a day = sum over subscriptions with
// start <= day < end of amount / billing_period_months, converted once, with one rounding (half away from zero) per
// subscription; exact integer arithmetic throughout.
//
// Threading: a Service is shared by all threads. Roles: read_only reads, csm writes subscriptions, admin sets rates.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/batch.hpp"
#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"
#include "platform/records/version_log.hpp"

namespace banso::revenue {

using customers::KnownSpan;
using customers::Selection;
using platform::records::Provenance;

// One row of a contract list. Without an external id, account, product and start together are the key.
// With KnownBy::happening a new subscription counts as known from the start of its first day.
struct SubscriptionInput {
  core::SubscriptionId id;  // names an existing one
  core::AccountId account_id;
  std::string account;  // external id of the account
  std::string external_id;
  core::Patch<std::string> product;  // by name; created where it is new. Required for new subscriptions
  core::Patch<std::string> plan;
  core::Patch<std::int64_t> seats;
  core::Patch<core::Money> amount;                  // per billing period; empty currency = the reporting currency
  core::Patch<core::Money> mrr;                     // instead of amount: per month
  core::Patch<std::int64_t> billing_period_months;  // 1..120; absent for new ones: 1
  core::Patch<core::Day> start;                     // required for new subscriptions
  core::Patch<core::Day> end;                       // exclusive; none = open-ended
  core::Patch<bool> auto_renewal;
  core::Patch<std::int64_t> notice_days;   // notice must be given this many days before `end`
  core::Patch<core::Money> discount;       // per billing period, already taken off `amount`; in its currency
  core::Patch<std::int64_t> discount_ppm;  // instead of discount: millionths of the list price, below 1,000,000
  core::Patch<bool> is_trial;
  core::Patch<core::Day> past_due_from;       // since when an invoice is unpaid
  core::Patch<core::Day> cancelled_on;        // when notice was given; the end is the last paid day's next
  core::Patch<std::string> transferred_from;  // external id of the subscription that this one continues
  std::optional<core::Instant> known_at;      // see customers.hpp, "inputs of batches"
};

// One version of a subscription, visible as of D when known.on(D).
struct SubscriptionFact {
  core::SubscriptionId subscription;
  core::AccountId account;
  KnownSpan known;
  std::string product, plan;
  std::int64_t seats = 0;
  core::Money amount;
  std::int64_t billing_period_months = 1;
  // In minor units of the reporting currency; nothing where the currency has no rate. The rate is that of the month of
  // `start`, so that a subscription's worth does not move with the exchange.
  std::optional<std::int64_t> mrr_minor;
  core::Day start;
  std::optional<core::Day> end;
  bool auto_renewal = false;
  std::int64_t notice_days = 0;
  std::string external_id;
  std::int64_t discount_minor = 0;  // per billing period in `amount`'s currency; list price = amount + discount
  bool is_trial = false;
  std::optional<core::Day> past_due_from, cancelled_on;
  std::string transferred_from;  // external id of the subscription that this one continues on another account

  bool active_on(core::Day day) const { return start <= day && (!end || day < *end); }
};

// When a subscription comes up next, seen from `day`: its end; for an open-ended one that renews by itself the next
// multiple of its billing period after its start. Nothing once it has ended.
std::optional<core::Day> renewal_day(const SubscriptionFact& subscription, core::Day day);
// The last day on which notice can be given for that renewal.
std::optional<core::Day> notice_deadline(const SubscriptionFact& subscription, core::Day day);

struct Totals {
  std::int64_t mrr_minor = 0, arr_minor = 0, seats = 0;
  std::string currency;
  std::optional<core::Day> next_renewal_day, notice_deadline;
  std::int64_t without_rate = 0;  // active subscriptions left out because their currency has no rate
};
// Of the subscriptions that are active on `day` and known on it. Next renewal is the earliest of them (a term that is
// already signed to follow without a gap moves it to its own end), the deadline its own. Seats are people licensed:
// added up by product, and of these the largest, because add-ons count the same people again.
Totals totals_on(std::span<const SubscriptionFact> subscriptions, core::Day day, std::string_view reporting_currency);

// Units of the reporting currency for one unit of `currency`, as decimal text ("151.25"); for the month that begins on
// `month`, or for all months without a rate of their own.
struct Rate {
  std::string currency;
  std::optional<core::Day> month;
  std::string rate;
};

class Service {
 public:
  static std::shared_ptr<Service> make(std::shared_ptr<platform::records::Database> database,
                                       std::shared_ptr<customers::Service> customers,
                                       customers::Surroundings surroundings);
  virtual ~Service() = default;

  // As in customers.hpp: one transaction per call, one outcome per row.
  virtual core::Result<std::vector<core::RowOutcome>> upsert_subscriptions(const Provenance&,
                                                                           std::span<const SubscriptionInput>,
                                                                           core::BatchOptions = {}) = 0;
  virtual core::Result<customers::UndoReport> undo_import(const Provenance&, core::ImportId) = 0;
  virtual core::Result<> delete_subscription(const Provenance&, core::SubscriptionId) = 0;

  virtual void each_subscription(const Selection&, const std::function<void(const SubscriptionFact&)>&) = 0;
  // The same out of what had been written by that moment, whatever it says about since when it is known: what a report
  // made at that moment was made from.
  virtual void each_subscription_recorded_by(core::Instant, const Selection&,
                                             const std::function<void(const SubscriptionFact&)>&) = 0;
  // The accounts with contracts written, changed or removed after that moment.
  virtual std::vector<core::AccountId> accounts_recorded_after(core::Instant) = 0;
  virtual std::string reporting_currency() = 0;

  virtual std::vector<Rate> rates() = 0;
  virtual core::Result<> set_rates(const Provenance&, std::span<const Rate>) = 0;
  // Told after the rates were set on this node, on the writing thread. Before the first use.
  virtual void on_rates_changed(std::function<void()>) = 0;

  // /api/products, /api/accounts/{id}/subscriptions, /api/subscriptions/{id}, /api/rates
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::revenue
