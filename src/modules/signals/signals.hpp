// Signals: rules over the book that say when somebody should help a customer. A rule is a definition of the kind
// "signal_rule". It fires when an account enters its condition, not while it stays, and opens a call to action in
// `work`; when the account leaves, the call is closed. The module's only public header.
//
//   book changes ──► the accounts that changed are tested ──► state per (rule, account) ──► firing ──► noise budget
//                                                                                             └──► call in `work`
//
// While a rule is edited it is replayed over history: whom it would have told of, how early, how often in vain.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in reads; csm lets a held-back alert through; leader and above define rules and set the budget.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "platform/http/http.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/records/records.hpp"

namespace banso::work {
class Service;
}
namespace banso::org {
class Service;
}

namespace banso::signals {

inline constexpr std::string_view signal_kind = "signal_rule";

// What became of a firing.
enum class FiringState {
  pending,  // recorded, its call is about to be opened
  opened,   // its call is (or was) in `work`
  held,     // held back by the noise budget
  expired,  // the account left before its call was opened
};
std::string_view word_of(FiringState state);

struct Firing {
  std::int64_t id = 0;
  std::string rule;
  std::int64_t rule_version = 0;
  core::AccountId account;
  core::Day day;     // of the book
  core::Instant at;  // when it was found
  FiringState state = FiringState::pending;
  std::int64_t call = 0;  // in `work`; 0: none
  core::Text explanation;
  std::optional<core::Day> left;  // when the account left the condition again
};
// Told after the firing was recorded and its call opened, or held back (and again when it is opened after all); on a
// thread of this module. What a crash kept from being told is told after the next start, so a listener must bear
// hearing the same firing twice.
using FiringListener = std::function<void(std::span<const Firing>)>;

struct FiringQuery {
  std::optional<std::string> rule;
  std::optional<core::AccountId> account;
  std::optional<core::Day> from, to;  // inclusive
};

struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
  std::function<std::optional<std::string>(core::UserId)> user_name = [](core::UserId) {
    return std::optional<std::string>();
  };
  std::function<core::Instant()> now = core::now;
  // The features of the product, key and name: starter rules are offered for them.
  std::function<std::vector<std::pair<std::string, core::Text>>()> features = [] {
    return std::vector<std::pair<std::string, core::Text>>();
  };
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<org::Service> org;
  std::shared_ptr<work::Service> work;
  Surroundings surroundings;
};

class Service {
 public:
  // Registers the kind and listens to releases and to the book.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  virtual void on_fired(FiringListener listener) = 0;  // before start()
  // Follows the book in a thread. Before health's start().
  virtual void start() = 0;
  virtual void stop() = 0;
  // Compares the book with what is recorded now, on this thread; what the thread does by itself.
  virtual void refresh() = 0;

  // Every firing recorded, by time.
  virtual void each_firing(const FiringQuery& query, const std::function<void(const Firing&)>& visit) = 0;

  // /api/signals..., /api/accounts/{id}/signals
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::signals
