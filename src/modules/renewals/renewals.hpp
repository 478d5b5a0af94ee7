// Renewals: what falls due, what is forecast for it by people and by the machine, what became of it and why; and where
// customers could grow. The module's only public header.
//
//   subscriptions ──► terms due on a day ──► pipeline ◄── people's inputs (category, forecast, next step, reasons)
//   levels of then ──► renewal rates ──────────┘   └──► list, board, books, changes since, churn reasons
//
// A renewal is an account's terms that fall due on one day. It has no row of its own until a person says something
// about it; its address is "<account>-<day>". Amounts are ARR in minor units of the reporting currency unless said
// otherwise.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in reads; csm and above edit; leader and above see all books and merge reasons; admin sets the
// calendar.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/business_days.hpp"
#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/usage/usage.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::renewals {

inline constexpr std::string_view reason_kind = "renewal_reason";

enum class Category { open, commit, best_case, at_risk, lost };
std::string_view word_of(Category category);
std::optional<Category> category_from(std::string_view word);

// What became of a renewal. Open: its day has not passed, and nothing follows yet.
enum class Outcome { open, renewed, renewed_up, renewed_down, churned };
std::string_view word_of(Outcome outcome);
std::optional<Outcome> outcome_from(std::string_view word);

struct Key {
  core::AccountId account;
  core::Day due;
  auto operator<=>(const Key&) const = default;
};
std::string to_string(const Key& key);  // "17-2026-12-31"
std::optional<Key> key_from(std::string_view text);

// ARR that was lost in a month, by the reason that people gave. Where several are given, each has an equal share; where
// none is, the key is empty.
struct ReasonMonth {
  core::Day month;  // its first day
  std::string reason;
  core::Text name;
  std::int64_t churned_minor = 0;     // ARR of renewals that were not renewed
  std::int64_t contracted_minor = 0;  // ARR by which renewals became smaller
  std::int64_t renewals = 0;
};

struct Due {
  Key key;
  std::int64_t amount_minor = 0;
  Outcome outcome = Outcome::open;
};

// What a person says about a renewal; absent = leave, clear() = take away.
struct Change {
  core::Patch<Category> category;
  core::Patch<std::int64_t> forecast_minor, target_minor, final_minor;
  core::Patch<core::UserId> owner;
  core::Patch<std::string> next_step, notes;
  core::Patch<core::Day> next_step_day;
  core::Patch<std::int64_t> rise_hundredths_percent;  // 500 = 5 %
  core::Patch<std::int64_t> rise_minor;               // instead of a percentage
  core::Patch<core::Day> rise_announced_day;
  core::Patch<Outcome> outcome;  // confirmed by a person
  core::Patch<std::vector<std::string>> reasons;
  core::Patch<std::string> reason_note;
};

struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
  std::function<std::optional<std::string>(core::UserId)> user_name;
  std::function<int()> utc_offset_minutes = [] { return 540; };
  std::function<int()> fiscal_year_start_month = [] { return 4; };
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<usage::Service> usage;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  Surroundings surroundings;
};

// Keys of renewals that may look different now; empty where many do.
using Listener = std::function<void(std::span<const Key>)>;

class Service {
 public:
  // Registers the kind of reasons and listens to customers, usage and definitions.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  // Publishes the reasons to start with where there are none.
  virtual void start() = 0;
  virtual void on_changed(Listener listener) = 0;  // before start()

  // Applies the change to all of them in one transaction. Returns the batch that undo() takes back. `known_at`: since
  // when it counts as known; for the demo's history. Refuses renewals that do not exist.
  virtual core::Result<core::ImportId> change(const core::Caller& caller, std::span<const Key> keys,
                                              const Change& change, const std::string& why,
                                              std::optional<core::Instant> known_at = {}) = 0;
  // The renewals whose day lies in [from, to], by day and account, as known today.
  virtual core::Result<std::vector<Due>> due_between(core::Day from, core::Day to) = 0;

  // For months between the two days, as known on `as_of` (nothing: now).
  virtual core::Result<std::vector<ReasonMonth>> churn_reasons(core::Day from, core::Day to,
                                                               std::optional<core::Day> as_of) = 0;

  // Weekends, holidays and days off as the workspace keeps them.
  virtual core::BusinessCalendar calendar() = 0;

  // /api/renewals..., /api/accounts/{id}/renewals
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::renewals
