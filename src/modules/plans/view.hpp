// What a plan's file says on a day: its state, who agreed to what, how far each goal is. Pure. Internal to the module.
#pragma once

#include "engine/plans/schedule.hpp"
#include "rows.hpp"

namespace banso::plans {

struct GoalView {
  document::Goal goal;  // with its baseline and start, also where the plan leaves them to the first reading
  document::Standing standing;
  std::string confirmation = "none";  // none, asked, confirmed, commented
  bool is_changed_since_sent = false;
  std::vector<ReadingRow> readings;             // oldest first; one a day
  const AchievementRow* achievement = nullptr;  // in the file

  bool is_open() const { return !goal.closed_on && standing.status != document::GoalStatus::achieved; }
  bool is_behind() const {
    return is_open() &&
           (standing.status == document::GoalStatus::watchpoint || standing.status == document::GoalStatus::concern ||
            standing.status == document::GoalStatus::missed);
  }
};

struct SentView {
  std::int64_t version = 0;
  core::Instant at;
  Actor by;
  std::vector<core::ContactId> asked;
};

struct PlanView {
  std::string state;
  std::optional<SentView> sent;  // the last time
  bool waits_for_confirmation = false;
  const EventRow* closing = nullptr;  // in the file
  std::vector<GoalView> goals;        // in the order of the document
  std::vector<document::ActionOutlook> actions;
  std::optional<std::size_t> next_step;  // among the document's actions

  const GoalView* find_goal(std::string_view key) const;
  bool is_living() const { return state != "closed"; }
  bool has_newer_than_sent() const;
  int late_actions() const;
  bool is_late() const;       // an action or a goal
  bool is_confirmed() const;  // every open goal
  std::optional<core::Day> next_goal_due(core::Day today) const;
  std::int64_t delivered_minor(core::Day today) const;
};

// The file must outlive the view.
PlanView look_at(const PlanFile& file, core::Day today);
int reviews_due(const PlanFile& file);

}  // namespace banso::plans
