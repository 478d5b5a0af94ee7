// How far a goal is, and what it is worth. Pure: the day is an argument.
//
// The rule of statuses (also in docs/guide/plans.md): by today a goal should have gone the share of its way, from
// baseline to target, that has passed of its time, from start to due day.
//   achieved     the figure is at its target or beyond; of yes/no: yes
//   missed       the due day is over and it is not
//   not started  its start is still to come, or nothing is known in the first third of its time
//   on track     at most 10 points (of 100) of its way short
//   watchpoint   more than 10; or nothing is known in the second third; or, where there is no way to measure (yes/no,
//   no
//                baseline), in the last quarter of its time
//   concern      more than 25; or nothing is known in the last third
// A closed goal stays as it stood on the day it was closed. A person may judge otherwise, with a reason.
#pragma once

#include <span>

#include "document.hpp"

namespace banso::engine::plans {

struct Reading {
  core::Day day;
  double value = 0;  // of yes/no: 1 is yes
};

struct Standing {
  GoalStatus status = GoalStatus::not_started;  // the person's judgement, else the rule's
  GoalStatus rule_status = GoalStatus::not_started;
  core::Text rule;                 // why the rule says so
  std::optional<double> expected;  // where the figure should be
  std::optional<Reading> current;  // the newest reading up to the day
  std::optional<double> progress;  // 0 to 1
  std::optional<int> days_left;    // negative: over
  // Counted as a success: achieved, delivered or verified, and closed.
  bool is_success(const Goal& goal) const;
};

// `readings` in the order of their days.
Standing standing_of(const Goal& goal, std::span<const Reading> readings, core::Day today);

// Whether what the customer agreed to reads the same: name, criterion, figure and day.
bool is_same_agreement(const Goal& left, const Goal& right);

struct ValueSoFar {
  std::optional<std::int64_t> amount_minor;
  std::optional<double> quantity;
};
// Once: whole from the day it was achieved. By year: by days since then, a year of 365.
ValueSoFar value_so_far(const GoalValue& value, core::Day achieved_on, core::Day today);

}  // namespace banso::engine::plans
