// A run of a playbook as a state machine: (run, event, situation) -> (run, effects, marks, trace). Pure: whoever calls
// it stores all four in one transaction, so that a crash leaves the state before or the state after and never both.
//
//   begin() ──► steps are entered one after another until one needs something from outside:
//     effect     a deed (task, mail, ...) was ordered: waits for carried_out or failed_for_good
//     person     the task is there: waits for answered
//     time       waits for due_at
//     condition  waits until it holds, or for due_at
//     child      waits for the other playbook's run
//     watched    held out: nothing is done, goal and exit are watched until due_at
//
// Whatever the event, goal and exit are tested first: they win over every step. An event about another visit than the
// present one (heard twice, or late) changes nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/business_days.hpp"
#include "core/time.hpp"
#include "playbook.hpp"

namespace banso::engine::workflow {

enum class Arm { treated, holdout };
std::string_view word_of(Arm arm);

enum class State { active, waiting, failed, done, goal, exited, stopped };
std::string_view word_of(State state);
std::optional<State> state_from(std::string_view word);
inline bool is_live(State state) {
  return state == State::active || state == State::waiting || state == State::failed;
}

enum class WaitingFor { nothing, effect, person, time, condition, child, watched };
std::string_view word_of(WaitingFor waiting);
std::optional<WaitingFor> waiting_from(std::string_view word);

struct Run {
  State state = State::active;
  Arm arm = Arm::treated;
  WaitingFor waiting = WaitingFor::nothing;
  std::string step;  // where it is; empty once ended by reaching the end, and while watched
  int visit = 0;     // counts the steps entered; with the run's id the key of everything a step does
  core::Instant started_at;
  std::optional<core::Instant> due_at;  // when to look again, whatever happens
  std::string outcome;                  // of an end step; "expired", "watched"
  bool operator==(const Run&) const = default;
};

enum class EventKind {
  looked,           // time went by, or the book changed
  carried_out,      // the effect of `visit` was carried out
  failed_for_good,  // it was not, and is not tried again by itself
  retried,          // a person wants it tried again
  answered,         // a person did, skipped, approved or rejected the task of `visit`
  child_ended,      // the other playbook's run that `visit` waits for
  stopped,          // by a person
};
struct Event {
  EventKind kind = EventKind::looked;
  int visit = 0;
  std::string
      answer;        // answered: done, skipped, approved, rejected; carried_out: done, or why nothing was (no_consent)
  core::Text words;  // what happened, for the trace
};

// What a step may ask about its account and the clock. The answers of one call must agree with each other.
class Situation {
 public:
  struct Local {
    core::Day day;
    int minute_of_day = 0;
  };
  virtual ~Situation() = default;
  virtual core::Instant now() const = 0;
  // The workspace's clock, which daylight saving may move.
  virtual Local local(core::Instant instant) const = 0;
  virtual core::Instant instant_of(core::Day day, int minute_of_day) const = 0;
  virtual const core::BusinessCalendar& calendar() const = 0;
  virtual bool holds(const std::string& condition_json) const = 0;
  // The values that the condition speaks of: "Health score 43, Phase adoption".
  virtual core::Text facts(const std::string& condition_json) const = 0;
  virtual std::optional<core::Day> day_of(const std::string& field) const = 0;
};

// A deed to be done once: its key is the run and the visit.
struct Effect {
  int visit = 0;
  std::string step;
};

enum class MarkState { waiting, done, skipped, timed_out, failed };
std::string_view word_of(MarkState state);
// What became of one visit of a step; later marks of the same visit replace earlier ones.
struct Mark {
  int visit = 0;
  std::string step;
  StepKind kind = StepKind::task;
  MarkState state = MarkState::waiting;
  std::string result;  // "done", "approved", "no_consent", "case:0", "timeout"
  core::Text words;
  std::optional<core::Instant> due_at;
};

struct TraceLine {
  int visit = 0;
  std::string step;
  std::string
      code;  // began, entered, branch, waits, went_on, effect, answered, failed, goal, exit, held_out, ended, ...
  core::Text words;
};

struct Advanced {
  Run run;
  std::vector<Effect> effects;
  std::vector<Mark> marks;
  std::vector<TraceLine> trace;
  bool has_changed = false;
};

// The first state of a run, with the steps that can be taken at once. `why` is what started it.
Advanced begin(const Playbook& playbook, Arm arm, const core::Text& why, const Situation& situation);
Advanced advance(const Playbook& playbook, const Run& run, const Event& event, const Situation& situation);

// Whether goal or exit hold is asked of many runs at once before advance() is called for the few where they do; this
// says whether a look at the clock would change anything.
inline bool is_due(const Run& run, core::Instant now) {
  return is_live(run.state) && run.due_at && *run.due_at <= now;
}

}  // namespace banso::engine::workflow
