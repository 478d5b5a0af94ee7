// Whether playbooks are kept to: tasks done, done on time, skipped, by person and team; and every step. Pure. Internal
// to the module.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "modules/playbooks/playbooks.hpp"
#include "modules/work/work.hpp"

namespace banso::proof {

struct AdherenceFigures {
  std::int64_t runs = 0;
  std::int64_t tasks = 0;
  std::int64_t done = 0, on_time = 0, late = 0, skipped = 0, overdue = 0, open = 0;  // late: done after the due day
  // Of the tasks that are done or should be.
  std::optional<double> on_time_share() const;
  std::optional<double> skipped_share() const;
};

struct StepAdherence {
  std::string step, kind;
  std::int64_t reached = 0, done = 0, skipped = 0, failed = 0, mailed = 0, not_mailed = 0;
  std::optional<double> median_days;  // from the start of the run until it was done
};

struct Adherence {
  AdherenceFigures all;
  std::map<core::UserId, AdherenceFigures> by_person;
  std::map<std::string, AdherenceFigures> by_team;  // keys of teams
  std::vector<StepAdherence> steps;                 // in the order in which runs came to them
};

using TeamsOf = std::function<std::vector<std::string>(core::UserId)>;

// What a step says of the tasks it makes.
struct TaskNote {
  org::AccountRole role = org::AccountRole::csm;
  int due_business_days = 3;
};
// A run of the time before Banso was recorded with its steps, but nobody had a task in `work`. The steps that ended are
// given one each, which they refer to from then on; whose it was is not known to this function.
std::vector<work::Task> tasks_of_recorded_steps(std::span<const playbooks::RunFact> runs,
                                                std::span<playbooks::StepFact> steps,
                                                const std::map<std::string, TaskNote>& notes,
                                                const core::BusinessCalendar& calendar, int utc_offset_minutes);

// `tasks` are those that steps refer to, in any order; runs that were held out have no steps.
Adherence adherence_of(std::span<const playbooks::RunFact> runs, std::span<const playbooks::StepFact> steps,
                       std::span<const work::Task> tasks, core::Day today, const TeamsOf& teams_of);

}  // namespace banso::proof
