// Success plans: what the customer wants to reach with the product, agreed goal by goal, the way there, and what came
// of it in the customer's own money or unit. The module's only public header.
//
//   template ──► plan ──► versions ──► sent ──► confirmed or commented, goal by goal, by the customer
//                  │
//   measures, figures of the customer ──► standing of each goal ──► achieved ──► win, value ──► shared
//   stages, handovers ──► reviews;   plans without a next step ──► list, call
//
// A plan is one document (engine/plans); every change makes a version, so any day can be read as it was. What the rest
// of the product asks for are attributes of the account that this module keeps (managed_by "plans"): plan_state,
// plan_confirmed, plan_has_next_step, goals_open, goals_achieved, goals_behind (those missed included),
// goals_missed, next_goal_due, value_delivered. So they are fields of conditions, columns of the book, values for
// measures, outcomes in the Lab, and readable as known on any day.
//
// Words marked internal (risks, notes, comments among us) never leave through `shared`.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in reads; csm and above make and change plans; leader and above define templates. What a customer's
// person does comes with a core::Customer: who it is has been found out, and this module holds it to that account.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "modules/journeys/journeys.hpp"
#include "modules/org/org.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/work/work.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::plans {

inline constexpr std::string_view template_kind = "plan_template";

using PlanId = core::Id<struct PlanTag>;

// ---------------------------------------------------------------------------------------------- what is shared
// What a customer may see of a plan: everything here may be shown to any person of that account.

struct SharedReading {
  core::Day day;
  double value = 0;
  bool is_by_customer = false;  // else by the product's data or by us
};
struct SharedComment {
  core::Instant at;
  std::string author;  // a name
  bool is_customer = false;
  std::string words;
};
struct SharedGoal {
  std::string key;
  core::Text name, why, criterion;
  std::string unit;  // as written behind a number; empty for yes/no
  std::string kind;  // "measure", "figure", "yes_no"
  std::optional<double> baseline, target, current;
  std::optional<core::Day> due;
  std::string status;              // not_started, on_track, watchpoint, concern, achieved, missed
  std::optional<double> progress;  // 0 to 1 from baseline to target
  std::string
      confirmation;  // "none", "asked", "confirmed", "commented" by any person of the customer on the sent version
  bool takes_figures = false;           // the customer enters the figure
  std::vector<SharedReading> readings;  // oldest first
  std::vector<SharedComment> comments;
};
struct SharedAction {
  std::string key, goal;  // goal: key, may be empty
  core::Text name;
  std::string owner_name;        // a person's name or a role in words; may be empty
  bool is_theirs = false;        // the customer's to do
  core::ContactId their_person;  // none: anybody of the customer
  std::optional<core::Day> start, due;
  std::optional<core::Day> done_on;
  bool is_late = false;
  std::vector<std::string> after;  // keys of actions that come before
  std::vector<SharedComment> comments;
};
struct SharedMilestone {
  std::string key;
  core::Text name;
  std::optional<core::Day> due, done_on;
};
struct SharedValue {
  std::string goal;   // key
  core::Text name;    // of the success
  std::string story;  // written for the customer
  core::Day day;
  std::optional<core::Money> amount;         // in the customer's money
  std::optional<core::Money> amount_so_far;  // until today; a gain that comes every year counts from `day`, by days
  std::optional<double> quantity;            // or in their own unit
  bool is_yearly = false;                    // amount and quantity come every year, else once
  std::string unit;
  std::vector<core::Text> evidence;
};
// What the customer's contracts cost from the first paid day until today, by days, in the reporting currency.
struct SharedPayment {
  core::Day since;
  core::Money amount;
};
struct SharedPlan {
  PlanId id;
  core::Text name, purpose;  // purpose: why they bought
  std::string state;         // draft is never shared: sent, active, closed
  std::int64_t version = 0;  // what was sent last
  std::optional<core::Day> sent_on;
  bool waits_for_confirmation = false;
  std::vector<SharedGoal> goals;
  std::vector<SharedAction> actions;
  std::vector<SharedMilestone> milestones;
  std::vector<SharedValue> values;
};

// ---------------------------------------------------------------------------------------------- events

enum class Happening { sent, confirmed, commented, activated, goal_achieved, goal_missed, action_done, closed };
std::string_view word_of(Happening happening);

struct PlanChange {
  PlanId plan;
  core::AccountId account;
  Happening happening = Happening::sent;
  std::string item;  // key of the goal or action; may be empty
  core::Text words;
  core::UserId by;  // none: the system or the customer
  // Of `sent`: who is asked to confirm.
  std::vector<core::ContactId> asked;
  std::int64_t version = 0;
};
// Told after it was recorded, at least once, on a thread of this module or of whoever wrote: be quick, bear it twice.
using PlanListener = std::function<void(std::span<const PlanChange>)>;

// Whose plans look different: a plan, goal, step, answer or figure changed, by whomever on whichever node. Told on a
// thread of this module or of whoever wrote: be quick. At once where this node wrote, else within some seconds.
using ViewListener = std::function<void(std::span<const core::AccountId>)>;

// A goal that was reached, ready to be recorded as a success (proof::NewWin); `unique_key` makes it the same win once.
struct AchievedGoal {
  std::string unique_key;
  core::AccountId account;
  core::Day day;
  core::Text title;
  std::string story;
  std::optional<std::int64_t> value_minor;  // in the reporting currency, where the value is money
  std::vector<core::UserId> people;
  std::string evidence_json = "[]";  // as proof::NewWin::evidence_json
};
using RecordWin = std::function<core::Result<>(const core::Caller&, const AchievedGoal&)>;

struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<core::Instant()> now = core::now;
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
  std::function<std::optional<std::string>(core::UserId)> user_name = [](core::UserId) { return std::nullopt; };
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<journeys::Service> journeys;
  std::shared_ptr<org::Service> org;
  std::shared_ptr<work::Service> work;
  Surroundings surroundings;
};

struct NewPlan {
  core::AccountId account;
  std::string
      template_key;  // empty: the published template of lowest rank whose condition the account meets, else none
  std::optional<core::Text> name;
};

class Service {
 public:
  // Registers the kind and listens to the book, to journeys and to handovers.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  virtual void on_plans_changed(PlanListener listener) = 0;  // before start()
  virtual void on_views_changed(ViewListener listener) = 0;  // before start()
  virtual void set_record_win(RecordWin record) = 0;         // before start()
  virtual void start() = 0;                                  // follows the book in a thread
  virtual void stop() = 0;
  // Compares every living plan with the book now, on this thread; what the thread does by itself.
  virtual void refresh() = 0;

  // -- by us (also steps of playbooks)
  // Conflict where the account has a living plan already: its id is in the error's details.
  virtual core::Result<PlanId> create(const core::Caller& caller, const NewPlan& plan) = 0;
  // Sends the newest version to be confirmed by these people (empty: those with the role champion, decision maker or
  // executive sponsor). A plan without a goal that has a criterion is refused.
  virtual core::Result<> send(const core::Caller& caller, PlanId plan, std::vector<core::ContactId> to) = 0;
  // A review is due for the plan of that account, if it has one (handover, moment of truth, by hand).
  virtual core::Result<> ask_review(const core::Caller& caller, core::AccountId account, const core::Text& why) = 0;
  // The account's living plan: draft, sent or active; the newest.
  virtual std::optional<PlanId> living_plan(core::AccountId account) = 0;

  // -- by the customer. Anything that is not of the customer's account is "not found".
  virtual std::vector<SharedPlan> shared(const core::Customer& customer) = 0;     // newest first; drafts left out
  virtual std::optional<SharedPayment> paid(const core::Customer& customer) = 0;  // nothing: no paid contract yet
  virtual core::Result<> confirm_goal(const core::Customer& customer, PlanId plan, const std::string& goal,
                                      const std::string& words) = 0;
  virtual core::Result<> comment(const core::Customer& customer, PlanId plan, const std::string& item,
                                 const std::string& words) = 0;  // item: key of a goal or an action
  virtual core::Result<> finish_action(const core::Customer& customer, PlanId plan, const std::string& action,
                                       bool is_done) = 0;  // only actions that are theirs
  virtual core::Result<> enter_figure(const core::Customer& customer, PlanId plan, const std::string& goal,
                                      double value,
                                      core::Day day) = 0;  // only goals that take figures

  // /api/plans..., /api/accounts/{id}/plans, /api/accounts/{id}/value
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::plans
