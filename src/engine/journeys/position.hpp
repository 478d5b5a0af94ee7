// Where one account stands on its journey: what we assume, what the data prove, what the customer confirmed, kept
// apart; and how it moves from day to day. Pure.
//
// Stages are numbered from 0; the number of stages itself means that the last one was passed ("arrived").
//   proven     all required provable milestones of the stages before were reached, by data. A stage with nothing that
//              data can prove is passed with the next one that is.
//   confirmed  the same with what the customer confirms.
//   assumed    where one of us put the account by hand.
//   current    the furthest of proven and confirmed; an assumption counts where it is further, or, where it sets the
//              account back, until new evidence comes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "journey.hpp"

namespace banso::engine::journeys {

enum class MilestoneState { open, reached, lapsed };

// What is kept of one milestone of one account.
struct MilestoneMark {
  MilestoneState state = MilestoneState::open;  // by data
  std::optional<core::Day> reached_on;          // by data; the first day since it was reached without a lapse
  std::optional<core::Day> failing_since;       // its condition fails, but not longer than its grace yet
  std::optional<core::Day> lapsed_on;
  std::optional<core::Day> confirmed_on;  // by the customer

  bool operator==(const MilestoneMark&) const = default;
};

// One of us said: they are here.
struct Assumption {
  std::size_t stage = 0;
  core::Day on;
  std::size_t evidence_then = 0;  // the furthest of proven and confirmed on that day

  bool operator==(const Assumption&) const = default;
};

struct Progress {
  std::vector<MilestoneMark> marks;  // one for each of milestones_of(journey)
  std::optional<Assumption> assumption;
  std::optional<std::size_t> stage;  // current, after the last step; nothing before the first
  core::Day entered_on;              // when the account came into it

  bool operator==(const Progress&) const = default;
};

enum class Basis { assumed, proven, confirmed };

struct Standing {
  std::size_t proven = 0, confirmed = 0;
  std::optional<std::size_t> assumed;
  std::size_t current = 0;
  Basis basis = Basis::assumed;  // the strongest that reaches `current`: confirmed over proven over assumed
  bool is_regressing = false;    // a required milestone of a stage already passed has lapsed
};
Standing standing_of(const Journey& journey, const Progress& progress);

enum class EventKind { milestone_reached, milestone_lapsed, stage_entered, arrived };
struct Event {
  EventKind kind = EventKind::stage_entered;
  std::size_t milestone = 0;        // of milestone events: its index among all
  std::optional<std::size_t> from;  // of stage events; nothing at the first step
  std::size_t to = 0;

  bool operator==(const Event&) const = default;
};

struct Step {
  Progress progress;
  std::vector<Event> events;
};
// The day after, or the same day again, which changes nothing more. `holds` says for each milestone whether its
// condition holds today (ignored where it has none). A day that was left out counts as the one that is seen next.
Step advance(const Journey& journey, const Progress& before, const std::vector<bool>& holds, core::Day today);

// What people do. Both are followed by advance() on the same day.
Progress assume(const Journey& journey, Progress progress, std::size_t stage, core::Day today);
Progress confirm(Progress progress, std::size_t milestone, std::optional<core::Day> on);  // nothing: taken back

struct Pace {
  int days_in_stage = 0;
  int expected_days = 0;  // 0: arrived, nothing is expected any more
  bool is_stuck() const { return expected_days > 0 && days_in_stage > expected_days; }
  int days_over() const { return is_stuck() ? days_in_stage - expected_days : 0; }
};
Pace pace_of(const Journey& journey, const Progress& progress, core::Day today);

// As text, by the keys of stages and milestones, so that it can be read under another version of the journey: marks
// follow their milestones, the stage its key. What is gone is dropped, and a stage that is gone is found anew by the
// next advance(). Throws std::invalid_argument where the text was not written by to_json().
std::string to_json(const Journey& journey, const Progress& progress);
Progress progress_from_json(const Journey& journey, std::string_view json);

}  // namespace banso::engine::journeys
