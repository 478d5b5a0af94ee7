// Revenue that reconciles: the ledger made of all contracts, kept in memory and right while contracts change, and what
// is served of it: movements, retention, goals, closed months, things to mend. The module's only public header.
//
//   contracts, rates, accounts, segments ──► terms ──► engine::revenue::Ledger, one for each set of rules in use
//                                                      ▲ one account's rows are replaced when it changes
//
// What has not happened by the book day is no fact yet: a contract that ends later has not ended, one that begins later
// has not begun. So the month in progress shows what happened in it so far.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// leader and above see figures and set goals, admin closes months; rules and definitions of figures are for all.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/segments/segments.hpp"
#include "modules/usage/usage.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::retention {

// Definitions of this kind are sets of rules; those shipped need not be published to be used.
inline constexpr std::string_view rules_kind = "revenue_rules";

// What the module needs to know of the workspace; the application ties it to identity.
struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
  std::function<std::optional<std::string>(core::UserId)> user_name;  // for owners; empty: as the record says
  std::function<int()> utc_offset_minutes = [] { return 540; };       // of the workspace's clock
  std::function<int()> fiscal_year_start_month = [] { return 4; };
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;      // none: no levels of health
  std::shared_ptr<segments::Service> segments;  // none: no dimension of segments
  Surroundings surroundings;
  int threads = 4;                                  // of building a ledger
  std::shared_ptr<usage::Service> usage = nullptr;  // none: no cohorts of usage, no time to first use
};

// Why revenue was lost, as people noted it.
struct ChurnReason {
  std::string key;
  core::Text name;
  std::int64_t amount_minor = 0;  // MRR, above 0, in the reporting currency
  std::int64_t accounts = 0;
};
// Of what was lost on the days from `first` to `last`; most revenue first.
using ChurnReasons = std::function<std::vector<ChurnReason>(core::Day first, core::Day last)>;

struct FiguresChange {
  std::vector<core::AccountId> accounts;  // whose contracts changed; empty: all may have
};

class Service {
 public:
  // Registers the kind with definitions, and listens to contracts, rates, accounts and releases.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  // Before start().
  virtual void set_churn_reasons(ChurnReasons reasons) = 0;
  // Told when figures may have changed, on a thread of this module: a listener must be quick and must not call back.
  virtual void on_figures_changed(std::function<void(const FiguresChange&)> listener) = 0;
  // Reads the contracts in the background and follows them.
  virtual void start() = 0;
  virtual void stop() = 0;

  // /api/revenue/...
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::retention
