// Playbooks: the team's best practice as versioned workflows. A playbook is a definition of the kind "playbook"; a run
// takes one account through one version of it, step by step, over restarts and loss of nodes, each step once. The
// module's only public header.
//
//   call, segment, schedule, change, person ──► run ──► step ──► effect (outbox) ──► work, outreach, customers, HTTP
//                                                ▲                                     │
//     goal and exit, tested on every change ─────┴───── carried out, answered ◄────────┘
//
// State and the effects that follow from it are written in one transaction; an effect has a unique key (run and visit),
// which whoever carries it out honours. So a crash at any place repeats nothing and loses nothing. Of HTTP calls, the
// receiver is given the key (Idempotency-Key), since a crash between the call and its answer cannot be told from one
// before.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in reads; csm starts, stops and retries runs; leader and above define (through definitions), move
// runs; admin keeps secrets.
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
#include "modules/outreach/outreach.hpp"
#include "modules/segments/segments.hpp"
#include "modules/work/work.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::playbooks {

inline constexpr std::string_view playbook_kind = "playbook";

using RunId = core::Id<struct PlaybookRunTag>;

// One run, as `proof` reads it.
struct RunFact {
  RunId id;
  std::string playbook;
  std::int64_t version = 0;
  core::AccountId account;
  std::int64_t call_id = 0;  // 0: no call began it
  RunId parent;              // of a sub-playbook
  bool is_holdout = false;   // held out: nothing was done
  std::string state;         // active, waiting, failed, done, goal, exited, stopped
  std::string outcome;       // of its end step; "expired", "watched"
  std::string started_by;    // call, segment, schedule, change, person, playbook
  core::Instant started_at;
  core::Day started_day;  // of the workspace's clock
  std::optional<core::Instant> ended_at;
};
struct RunQuery {
  std::optional<std::string> playbook;
  std::optional<core::AccountId> account;
  std::optional<core::Instant> started_from, started_before;
  std::optional<bool> is_holdout;
};

// One visit of one step of a run.
struct StepFact {
  RunId run;
  int visit = 0;
  std::string step;
  std::string kind;            // task, email, ...
  std::string state;           // waiting, done, skipped, timed_out, failed
  std::string result;          // done, approved, no_consent, case:0, timeout ...
  std::int64_t reference = 0;  // of the task, mail or call it made; 0: none
  core::Instant entered_at;
  std::optional<core::Instant> left_at;
  std::optional<core::Instant> due_at;
};

// What the module needs to know of the workspace; wired by the application.
struct Surroundings {
  std::function<core::Instant()> now = core::now;
  std::function<std::string()> timezone = [] { return std::string("Asia/Tokyo"); };  // IANA
  std::function<core::BusinessCalendar()> calendar = [] { return core::BusinessCalendar(); };
  std::function<std::optional<std::string>(core::UserId)> user_name = [](core::UserId) { return std::nullopt; };
  // Where webhooks may lead to the operator's own network. Off: private and loopback addresses are refused.
  bool allows_private_addresses = false;
  int node_number = 0;
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<segments::Service> segments;
  std::shared_ptr<org::Service> org;            // none: mails are in the owner's name
  std::shared_ptr<work::Service> work;          // none: no tasks, approvals and calls
  std::shared_ptr<outreach::Service> outreach;  // none: no mails and surveys
  Surroundings surroundings;
};

// A run that happened before Banso knew of it (the demo, a move from elsewhere).
struct PastRun {
  std::string playbook;
  core::AccountId account;
  std::int64_t call_id = 0;
  core::Text why;
  core::Instant started_at;
  std::optional<core::Instant> goal_at;  // when the goal was reached; nothing: it was not
  std::uint64_t seed = 0;                // of how fast its tasks were done, and which were skipped
};

// Told after a commit which runs changed; on the thread that changed them, so be quick.
using RunListener = std::function<void(std::span<const RunId>)>;

// What the steps `plan` and `confirm_plan` do. Success plans stand above playbooks, so they are told late and by
// functions; both may be called twice for the same step and then change nothing.
struct MadePlan {
  std::int64_t id = 0;
  bool is_new = false;  // else the account had a living plan, which is left as it is
};
struct PlanSteps {
  // From that template; an empty key: the one that fits the account.
  std::function<core::Result<MadePlan>(const core::Caller&, core::AccountId, const std::string& template_key)> make;
  // Sends the account's living plan to the customer's people to be confirmed; nothing: it has none.
  std::function<core::Result<std::optional<std::int64_t>>(const core::Caller&, core::AccountId)> send;
};

class Service {
 public:
  // Registers the kind, listens to the book, the segments and to work.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  virtual void on_runs_changed(RunListener listener) = 0;  // before start()
  // Without it steps about plans are passed over, and the trace says so.
  virtual void set_plans(PlanSteps plans) = 0;  // before start()
  virtual void start() = 0;
  virtual void stop() = 0;

  // Everything that is due at the clock's now, on this thread: starts by schedule, waits that ended, effects, goal and
  // exit conditions. What the threads do by themselves; tests and the demo call it with their own clock. Returns how
  // many runs moved.
  virtual std::int64_t work_once() = 0;

  struct Started {
    core::AccountId account;
    RunId run;         // none where it was refused
    core::Text words;  // why, or why not
  };
  // By a person: up to 1,000 accounts. The published version; goal, exit and re-entry are respected, the start
  // condition is not. csm.
  virtual core::Result<std::vector<Started>> start_runs(const core::Caller& caller, const std::string& playbook,
                                                        std::span<const core::AccountId> accounts) = 0;
  virtual core::Result<> stop_run(const core::Caller& caller, RunId run, const std::string& why) = 0;
  // Tries the failed effect again. csm.
  virtual core::Result<> retry_run(const core::Caller& caller, RunId run) = 0;

  // Walks the published playbook through the real steps with a clock of then; nothing is done, nobody is told. What
  // would not have ended by now is left out, as is an account that has such a run alive. Returns how many were written.
  // admin.
  virtual core::Result<std::int64_t> record_history(const core::Caller& caller, std::span<const PastRun> runs) = 0;

  virtual void each_run(const RunQuery& query, const std::function<void(const RunFact&)>& visit) = 0;
  // The steps of the runs that the query finds, by run and visit.
  virtual void each_step(const RunQuery& query, const std::function<void(const StepFact&)>& visit) = 0;

  // /api/playbooks..., /api/runs..., /api/playbook-secrets...
  virtual platform::http::Routes routes() = 0;
};

// The templates that people can add as drafts: onboarding, adoption rescue, champion change, renewal, executive review,
// expansion, win-back; with the mail templates that each needs.
struct StarterPlaybook {
  std::string key;
  std::string body;
  std::vector<std::pair<definitions::Name, std::string>> needs;
};
std::span<const StarterPlaybook> starter_playbooks();

std::span<const platform::records::Migration> migrations();

}  // namespace banso::playbooks
