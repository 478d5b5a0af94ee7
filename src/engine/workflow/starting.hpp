// Whether an account may begin a playbook, in which arm, and whether a run can go on in another version. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/result.hpp"
#include "stepping.hpp"

namespace banso::engine::workflow {

inline constexpr int most_runs_per_account_and_day = 10;

// The same account is in the same arm of the same playbook for ever, on every machine; over accounts it is random.
Arm arm_of(std::string_view playbook_key, core::AccountId account, int holdout_percent);
// Of one mail or survey, among the accounts that come to it; drawn apart from the playbook's own lot.
Arm step_arm_of(std::string_view playbook_key, const Step& step, core::AccountId account);

// What is known of earlier runs of the account.
struct StartFacts {
  bool has_live_run = false;                // of this playbook
  std::optional<core::Day> last_start_day;  // of this playbook
  int runs_today = 0;                       // of all playbooks
  int level = 0;                            // of sub-playbooks above this one
};
struct Refusal {
  std::string code;  // already_running, never_again, too_soon, too_many_today, too_deep, condition_not_met,
                     // goal_reached, exit_holds
  core::Text words;
};
// `ignores_condition`: a person chose the account.
std::optional<Refusal> refuses_start(const Playbook& playbook, const StartFacts& facts, bool ignores_condition,
                                     const Situation& situation);

// The run as it goes on in another version: at the step of the same key and kind, keeping what it waits for. Refused
// with the reason where there is no such step, or while a deed is being done.
core::Result<Run> move_run(const Playbook& from, const Playbook& to, const Run& run);

// The last moment at or before `now` at which the schedule falls due; by the workspace's clock.
core::Day last_occurrence(const Start& schedule, const Situation& situation);

}  // namespace banso::engine::workflow
