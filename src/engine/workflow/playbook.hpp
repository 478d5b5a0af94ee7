// A playbook: a graph of steps that one account walks through, one step at a time. A value; read from JSON by
// playbook_json.hpp, checked by graph_check.hpp, walked by stepping.hpp.
//
// Conditions are the engine's condition language, kept as JSON text: this library never evaluates one, it asks.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.hpp"

namespace banso::engine::workflow {

inline constexpr std::size_t most_steps = 200;
inline constexpr int most_sub_playbook_levels = 5;

enum class StartOn { manual, call, segment, schedule, change };
enum class Every { day, week, month };

// What begins a run. Whatever it says, a person may start it and a call that names the playbook does.
struct Start {
  StartOn on = StartOn::manual;
  std::string segment;         // segment: its key; the account enters it
  std::string field;           // change: a field of the book ("phase", "attribute.contract") ...
  std::string to;              // ... and the value it takes
  Every every = Every::week;   // schedule
  int weekday = 0;             // schedule by week: 0 = Monday
  int day_of_month = 1;        // schedule by month: 1..31, the last day where the month is shorter
  int minute_of_day = 9 * 60;  // schedule: of the workspace's clock
  std::string condition_json;  // must hold as well; empty: for all
};

enum class StepKind {
  task,
  approval,
  email,
  survey,
  wait,
  branch,
  set_field,
  webhook,
  message,
  open_call,
  plan,
  confirm_plan,
  playbook,
  end
};
std::string_view word_of(StepKind kind);  // "set_field"
std::optional<StepKind> step_kind_from(std::string_view word);
core::Text name_of(StepKind kind);

enum class WaitFor { days, business_days, until_field, until_condition };

struct Case {
  core::Text name;
  std::string condition_json;
  std::string next;
};

// Whom a mail or a survey goes to.
struct Recipients {
  std::vector<std::string> roles;  // of contacts: champion, executive_sponsor, decision_maker, admin, user
  int at_most = 1;                 // people per account, in the order of the roles
};

// One step. Only what its kind needs is set; see playbook_json.hpp for the fields of each kind. `next` is empty where
// the run ends.
struct Step {
  std::string key;
  StepKind kind = StepKind::task;
  core::Text name;
  std::string next;

  // task, approval, open_call: who does it, until when
  std::string role = "csm";
  core::Text title, description;
  int due_business_days = 3;
  bool is_required = true;
  bool waits = false;    // task: until it is done or skipped; playbook: until the other run ended
  std::string rejected;  // approval: where a refusal leads
  std::string skipped;   // task that waits: where a skipped one leads; empty: as `next`

  // email, survey, plan
  std::string template_key;  // of a mail_template, a survey, or a plan_template (empty: the one that fits the account)
  Recipients to;
  std::string sender_role = "csm";
  int step_holdout_percent = 0;  // so many accounts in a hundred, by lot, do not get this one and go on

  // wait
  WaitFor wait_for = WaitFor::days;
  int days = 0;                // days, business_days; until_field: days after (negative: before) the field's day
  std::string field;           // until_field: a day of the book; set_field: what is set
  std::string condition_json;  // until_condition
  int timeout_days = 0;        // until_condition, tasks that wait, approvals; 0: none
  std::string on_timeout;      // where a timeout leads; empty: as `next`

  std::vector<Case> cases;  // branch: the first that holds
  std::string otherwise;    // branch: where none holds

  std::string value;  // set_field

  std::string url;         // webhook, message; may be empty where url_secret names one
  std::string url_secret;  // the name of a secret that holds the address
  std::string body;        // webhook: JSON template with {{account.name}}
  std::string secret;      // webhook: the name of a secret; the body is signed with it
  core::Text text;         // message: Slack-compatible, with {{account.name}}
  std::string language;    // message: "ja", "en"; empty: both
  std::string call_kind;   // open_call: risk, opportunity, lifecycle, renewal, data, activity, objective, digital
  std::string severity;    // open_call: low, medium, high, critical
  std::string playbook;    // playbook: the other's key
  std::string outcome;     // end: success, no_effect, lost, stopped

  // Where an editor drew it; says nothing about its meaning.
  std::optional<double> x, y;
};

struct Playbook {
  core::Text name, description;
  std::string purpose = "lifecycle";  // risk, opportunity, lifecycle, renewal, adoption, other
  Start start;
  std::string goal_json;  // reached at any time: the run ends with its goal; empty: none
  std::string exit_json;  // holds at any time: the run ends without; empty: none
  int holdout_percent = 0;
  int holdout_days = 90;            // how long an account that was held out is watched
  std::optional<int> reentry_days;  // an account may come again so many days after its last start; nothing: never
  int longest_days = 365;           // a run that is older ends
  std::vector<Step> steps;          // the first one is where a run begins

  const Step* find(std::string_view key) const;
  std::optional<std::size_t> position(std::string_view key) const;
};

// Every way out of a step: where it leads ("" = the end) and the words on the arrow.
struct Exit {
  std::string port;  // "next", "rejected", "skipped", "timeout", "case:0", "otherwise"
  std::string to;
  core::Text label;
};
std::vector<Exit> exits_of(const Step& step);

}  // namespace banso::engine::workflow
