// Work: calls to action (what is to be done for an account, and why), tasks, the cockpit that ranks them, comments,
// notices and the daily digest. The module's only public header.
//
//   signals, playbooks, plans, people ──► open() ──► records ──► ranked list in memory ──► cockpit
//                                                       └──► listeners (after the commit, at least once)
//
// Of one account at most one call is open per reason; the database itself sees to that. A call is meant for a role on
// the account (org) or for one person; whoever answers for the role today is its `responsible`.
//
// Days are the workspace's book day. Amounts are in minor units of the reporting currency.
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in reads; csm and above work on calls and tasks of every account.
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

#include "core/business_days.hpp"
#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/health/health.hpp"
#include "modules/org/org.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::work {

using CallId = core::Id<struct CallTag>;
using TaskId = core::Id<struct TaskTag>;

// ---------------------------------------------------------------------------------------------- calls to action

enum class CallKind { risk, opportunity, lifecycle, renewal, data, activity, objective, digital };
enum class Severity { low, medium, high, critical };
enum class CallStatus { open, in_progress, snoozed, closed };
enum class Outcome {
  success,
  lost,  // not pursued: no priority, or in vain
  already_solved,
  not_relevant,
  lack_of_engagement,  // the customer did not answer
  not_needed,          // lifecycle only
  withdrawn,           // the condition left: closed by the system
  competitive_loss,    // this and what follows: objective only
  product_gaps,
  team_unengaged,
  no_value_seen,
  deferred,
  lack_of_budget,
};
std::string_view word_of(CallKind kind);
std::string_view word_of(Severity severity);
std::string_view word_of(CallStatus status);
std::string_view word_of(Outcome outcome);
std::optional<CallKind> call_kind_from(std::string_view word);
std::optional<Severity> severity_from(std::string_view word);
std::optional<CallStatus> call_status_from(std::string_view word);
std::optional<Outcome> outcome_from(std::string_view word);
// With which outcomes a person may close a call of that kind, the usual one first.
std::span<const Outcome> outcomes_of(CallKind kind);
core::Text name_of(CallKind kind);
core::Text name_of(Severity severity);
core::Text name_of(Outcome outcome);

struct NewCall {
  core::AccountId account;
  CallKind kind = CallKind::risk;
  Severity severity = Severity::medium;
  std::string reason;      // "signal:silent_struggle": one open call per account and reason
  std::string unique_key;  // may be empty; else the call of that key is opened once for ever: "run:123:step:call:1"
  core::Text title, explanation;
  std::string evidence_json = "[]";  // [{"field", "name", "value", "before"}], all but the field in both languages
  org::AccountRole role = org::AccountRole::csm;
  core::UserId assignee;          // none: whoever answers for the role
  int due_business_days = 5;      // from today; at least 0
  std::optional<core::Day> due;   // instead of business days
  std::string playbook;           // key, may be empty
  std::string source = "person";  // "signal", "playbook", "person", "handover", "plan"
  std::int64_t source_version = 0;
  std::optional<std::int64_t> value_at_stake_minor;  // nothing: the account's ARR
  double hours_estimate = 0;
};

struct Opened {
  CallId id;
  bool is_new = false;  // false: such a call was open already
};

enum class Verdict { none, useful, not_useful };
std::string_view word_of(Verdict verdict);

struct Call {
  CallId id;
  core::AccountId account;
  CallKind kind = CallKind::risk;
  Severity severity = Severity::medium;
  CallStatus status = CallStatus::open;
  std::string reason, unique_key;
  core::Text title, explanation;
  std::string evidence_json;
  org::AccountRole role = org::AccountRole::csm;
  core::UserId assignee;       // chosen by a person or the opener; none: by role
  core::UserId responsible;    // who it falls to today; at the time of closing for closed ones; none: nobody
  core::UserId stands_in_for;  // where `responsible` is a substitute
  core::Day due;
  std::string playbook, source;
  std::int64_t source_version = 0;
  std::optional<std::int64_t> value_at_stake_minor;
  double hours_estimate = 0;
  core::Instant opened_at;
  core::Day opened_day;
  core::UserId opened_by;                   // none: the system
  std::optional<core::Instant> started_at;  // first taken up
  std::optional<core::Instant> closed_at;
  std::optional<core::Day> closed_day;
  std::optional<Outcome> outcome;
  core::Text why;  // of the outcome
  core::UserId closed_by;
  std::optional<core::Day> snoozed_until;  // snoozed: until then (exclusive), and
  std::string snooze_condition_json;       // or until this holds
  std::string snooze_why;
  Verdict feedback = Verdict::none;
  std::string feedback_why;
  core::UserId feedback_by;
  std::int64_t revision = 0;  // grows with every change
};

enum class CallEvent { opened, changed, started, snoozed, woken, closed, reopened, commented, feedback };
std::string_view word_of(CallEvent event);

struct CallChange {
  CallEvent event = CallEvent::changed;
  core::Instant at;
  core::UserId by;  // none: the system
  Call call;        // as it is when it is told: perhaps later than the event
};
// Told on a thread of this module by the node that wrote; what a crash kept from being told is told later, so a
// listener must bear hearing a change twice, and may call the service.
using CallListener = std::function<void(std::span<const CallChange>)>;

struct CallQuery {
  std::optional<std::vector<core::AccountId>> accounts;
  std::optional<bool> is_closed;
  std::string source;         // empty: all
  std::string reason_prefix;  // "signal:silent_struggle"; empty: all
  std::string playbook;       // empty: all
  std::optional<core::Instant> opened_from, opened_until, closed_from, closed_until;  // until: exclusive
};

// ---------------------------------------------------------------------------------------------- tasks

enum class TaskKind { task, approval };
enum class TaskState { open, done, skipped, approved, rejected };
std::string_view word_of(TaskKind kind);
std::string_view word_of(TaskState state);
std::optional<TaskState> task_state_from(std::string_view word);

struct NewTask {
  std::string unique_key;  // "run:123:step:call_customer:1"; may be empty: then it is always a new one
  CallId call;             // may be none
  core::AccountId account;
  TaskKind kind = TaskKind::task;
  core::Text title, description;
  org::AccountRole role = org::AccountRole::csm;
  core::UserId assignee;  // none: whoever answers for the role
  int due_business_days = 5;
  std::optional<core::Day> due;  // instead of business days
  bool required = false;         // a call cannot be closed as a success before it is finished
  std::string source = "person";
};

struct Task {
  TaskId id;
  std::string unique_key;
  CallId call;
  core::AccountId account;
  TaskKind kind = TaskKind::task;
  TaskState state = TaskState::open;
  core::Text title, description;
  org::AccountRole role = org::AccountRole::csm;
  core::UserId assignee, responsible, stands_in_for;  // as of a call
  core::Day due;
  bool required = false;
  std::string source;
  core::Instant created_at;
  std::optional<core::Instant> finished_at;
  std::optional<core::Day> finished_day;
  core::UserId finished_by;
  std::string why;  // of skipping or rejecting
  bool is_finished() const { return state != TaskState::open; }
  bool is_late(core::Day today) const { return (finished_day ? *finished_day : today) > due; }
};

enum class TaskEvent { added, changed, finished, reopened };
std::string_view word_of(TaskEvent event);

struct TaskChange {
  TaskEvent event = TaskEvent::changed;
  core::Instant at;
  core::UserId by;
  Task task;  // as it is when it is told
};
using TaskListener = std::function<void(std::span<const TaskChange>)>;

struct TaskQuery {
  std::optional<std::vector<core::AccountId>> accounts;
  CallId call;  // none: all
  std::optional<bool> is_finished;
  std::string source;             // empty: all
  std::string unique_key_prefix;  // "run:123:"; empty: all
  std::optional<core::Instant> created_from, created_until;
};

// ---------------------------------------------------------------------------------------------- what happened before

// Work that was done before Banso knew of it (an import, the demo). Nobody is told of it, and nobody gets a notice.
struct PastTask {
  NewTask task;
  core::Instant created_at;
  std::optional<core::Instant> finished_at;
  TaskState state = TaskState::open;
  core::UserId finished_by;
  std::string why;
};
struct PastComment {
  core::UserId author;
  core::Instant at;
  std::string body;
};
struct PastCall {
  NewCall call;  // `due` must be given
  core::Instant opened_at;
  std::optional<core::Instant> started_at, closed_at;
  std::optional<Outcome> outcome;  // with closed_at
  core::Text why;
  core::UserId responsible, closed_by;  // of closed ones
  std::optional<core::Day> snoozed_until;
  Verdict feedback = Verdict::none;
  std::string feedback_why;
  std::vector<PastTask> tasks;
  std::vector<PastComment> comments;
};

// ---------------------------------------------------------------------------------------------- from other modules

// A playbook's run beside its call; given by the module that runs playbooks.
struct RunReference {
  std::int64_t run = 0;
  std::string playbook;
  core::Text name, state, step;  // step: where it stands
};
using FindRuns = std::function<std::vector<RunReference>(CallId)>;

// Another module's part of the digest. An empty list leaves the part out.
struct DigestLine {
  core::Text text;
  std::string path;  // within the UI: "/wins/12"; may be empty
};
struct DigestPart {
  core::Text heading;
  std::vector<DigestLine> lines;
};
using WriteDigestPart = std::function<DigestPart(core::UserId, core::Day since)>;

// One person's digest, ready to be sent.
struct DigestMail {
  std::string unique_key;  // "digest:<user>:<day>": never twice
  core::UserId user;
  std::string to_name, to_address;
  core::Language language = core::Language::en;
  std::string subject, text, html;
};
// An error: it is tried again later the same day, where the error is of the kind `unavailable`; else not.
using SendDigest = std::function<core::Result<>(const DigestMail&)>;

// ---------------------------------------------------------------------------------------------- the service

struct Person {
  core::UserId id;
  std::string name, email;
  core::Role role = core::Role::read_only;
  core::Language language = core::Language::en;
  std::string timezone;  // IANA; never empty
  bool disabled = false;
};

struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
  std::function<std::vector<Person>()> people;
  std::function<core::BusinessCalendar()> calendar = [] { return core::BusinessCalendar(); };
  std::function<core::Instant()> now = [] { return core::now(); };
  // Minutes ahead of UTC of an IANA time zone at that moment.
  std::function<int(const std::string& timezone, core::Instant at)> offset_minutes_at = [](const auto&, auto) {
    return 0;
  };
  std::function<int()> utc_offset_minutes = [] { return 540; };            // of the workspace's clock
  std::function<std::string()> public_url = [] { return std::string(); };  // "https://banso.example.com", or ""
  SendDigest send_digest = nullptr;                                        // none: no digests
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<org::Service> org;
  Surroundings surroundings;
};

// Calls that look different now; empty where many do.
using Listener = std::function<void(std::span<const CallId>)>;

class Service {
 public:
  // Listens to the book, to org and to customers.
  static std::shared_ptr<Service> make(const Dependencies& dependencies);
  virtual ~Service() = default;

  // Reads the open calls and follows the book, other nodes and the clock in a thread. After org, before health's
  // start().
  virtual void start() = 0;
  virtual void stop() = 0;
  // What the thread does by itself, on this one: brings in other nodes' writes, wakes snoozed calls, gives calls to
  // substitutes, tells what was left untold, sends digests that are due.
  virtual void refresh() = 0;

  // Before start().
  virtual void on_call_changed(CallListener listener) = 0;
  virtual void on_task_changed(TaskListener listener) = 0;
  virtual void on_changed(Listener listener) = 0;  // for the live topic
  virtual void show_runs(FindRuns find) = 0;
  virtual void add_digest_part(WriteDigestPart write) = 0;

  // In the order of `calls`, in one transaction. Refuses, naming each fault ("[3].account"), where one does not fit.
  virtual core::Result<std::vector<Opened>> open(const core::Caller& caller, std::span<const NewCall> calls) = 0;
  virtual core::Result<> close(const core::Caller& caller, CallId call, Outcome outcome, const core::Text& why) = 0;
  // Those that are open of these accounts and reasons; returns how many. Open tasks of a call that is closed as
  // withdrawn are skipped.
  virtual core::Result<std::int64_t> close_open(
      const core::Caller& caller, std::span<const std::pair<core::AccountId, std::string>> accounts_and_reasons,
      Outcome outcome, const core::Text& why) = 0;
  // The same unique_key: the same task, as it is.
  virtual core::Result<TaskId> add_task(const core::Caller& caller, const NewTask& task) = 0;
  // done, skipped, approved or rejected; `why` is required for skipped and rejected.
  virtual core::Result<> finish_task(const core::Caller& caller, TaskId task, TaskState state,
                                     const std::string& why) = 0;
  // Open tasks whose unique_key begins so are skipped; returns how many. For a run that was stopped.
  virtual std::int64_t skip_tasks(const core::Caller& caller, const std::string& unique_key_prefix,
                                  const std::string& why) = 0;

  virtual std::optional<Call> find_call(CallId call) = 0;
  virtual std::optional<CallId> open_call_of(core::AccountId account, const std::string& reason) = 0;
  virtual std::optional<Task> find_task(TaskId task) = 0;
  // Streamed from the records, oldest first. `visit` must not call the service.
  virtual void each_call(const CallQuery& query, const std::function<void(const Call&)>& visit) = 0;
  virtual void each_task(const TaskQuery& query, const std::function<void(const Task&)>& visit) = 0;

  virtual core::Result<std::vector<CallId>> record_history(const core::Caller& caller,
                                                           std::span<const PastCall> calls) = 0;

  // /api/calls..., /api/tasks..., /api/cockpit, /api/notices..., /api/digest, /api/accounts/{id}/calls
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::work
