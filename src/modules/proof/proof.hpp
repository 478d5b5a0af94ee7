// Proof: whether playbooks are kept to, what they bring, what the best do differently; and wins, the successes that
// the whole company sees. The module's only public header.
//
//   runs, steps (playbooks) ──► adherence
//   runs, arms ──► observations ◄── weekly health, people who use, renewals, ARR
//                      └──► holdout, or matched with like accounts ──► difference with a 90 % interval, in words
//   closed calls, renewals, contracts ──► wins ◄── people;  thanks, feed, scoreboard
//
// An account is judged once for each playbook, from its first run on, and as it was assigned: treated, whatever became
// of the run, or held out. So a run that was stopped counts, and nobody can improve a figure by stopping.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// leader and above see proof; everyone signed in reads wins; csm and above record wins, say thanks and see the
// scoreboard.
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
#include "modules/org/org.hpp"
#include "modules/playbooks/playbooks.hpp"
#include "modules/renewals/renewals.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/usage/usage.hpp"
#include "modules/work/work.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::proof {

using WinId = core::Id<struct WinTag>;

enum class WinKind { rescued, renewed, expanded, goal, reference, other };
std::string_view word_of(WinKind kind);
std::optional<WinKind> win_kind_from(std::string_view word);

// What another module, or the demo, records as a success.
struct NewWin {
  std::string unique_key;  // "goal:123": the same win only once, also after it was removed. Empty: by hand
  core::AccountId account;
  core::Day day;
  WinKind kind = WinKind::other;
  core::Text title;  // by hand the same in both languages
  std::string story;
  std::optional<std::int64_t> value_minor;  // ARR in the reporting currency
  std::vector<core::UserId> people;         // who made it happen
  // A JSON array of {"words": {en, ja}, "call"?: id, "renewal"?: "<account>-<day>"}.
  std::string evidence_json = "[]";
};

struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
  std::function<std::optional<std::string>(core::UserId)> user_name;
  std::function<int()> utc_offset_minutes = [] { return 540; };
  std::function<core::BusinessCalendar()> calendar = [] { return core::BusinessCalendar(); };
  std::function<core::Instant()> now = core::now;
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<usage::Service> usage;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<renewals::Service> renewals;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<org::Service> org;
  std::shared_ptr<work::Service> work;
  std::shared_ptr<playbooks::Service> playbooks;
  Surroundings surroundings;
};

class Service {
 public:
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  // Looks for wins in the outcomes by itself: when the book has been evaluated, then every quarter of an hour.
  virtual void start() = 0;
  virtual void stop() = 0;

  // Writes those that are not there yet. Returns their ids in the order given, none (0) for one that was there before
  // or was removed. csm and above.
  virtual core::Result<std::vector<WinId>> record(const core::Caller& caller, std::span<const NewWin> wins) = 0;
  virtual core::Result<> thank(const core::Caller& caller, WinId win) = 0;
  // What start() does from time to time: returns how many wins were found.
  virtual std::int64_t collect() = 0;

  // For a digest: the wins recorded after that moment, newest first, at most `most`, one line each. Empty: none.
  virtual std::vector<core::Text> digest_lines(core::Instant since, std::size_t most) = 0;

  // /api/proof..., /api/wins...
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::proof
