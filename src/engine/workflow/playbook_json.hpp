// Playbooks as JSON text. Reading reports every fault with its path ("steps[call_customer].due_business_days") and
// none stops the reading of the rest; writing is canonical: equal playbooks, equal text.
//
//   {"name": {"en", "ja"}, "description": {"en", "ja"}, "purpose": "risk",
//    "start": {"on": "segment", "segment": "at_risk", "condition": {...}},
//    "goal": {...} | null, "exit": {...} | null,
//    "holdout_percent": 10, "holdout_days": 90, "reentry_days": 180 | null, "longest_days": 365,
//    "steps": [{"key": "call_customer", "kind": "task", "name": {"en", "ja"}, ..., "next": "wait_week" | null}]}
//
//   start       manual: - | call: - | segment: segment | schedule: every, weekday, day_of_month, minute_of_day |
//               change: field, to; each may add a condition
//   task        role, title, description, due_business_days, required, wait, skipped, timeout_days, on_timeout
//   approval    role, title, description, due_business_days, rejected, timeout_days, on_timeout
//   email       template, to {roles, at_most}, sender, holdout_percent
//   survey      survey, to {roles, at_most}, holdout_percent
//   wait        one of days | business_days | until_field (with days_after) | until_condition (with timeout_days,
//               on_timeout)
//   branch      cases [{name, condition, next}], otherwise
//   set_field   field, value
//   webhook     url | url_secret, body, secret
//   message     url | url_secret, text {en, ja}, language
//   open_call   call_kind, severity, role, title, description, due_business_days
//   plan        template (absent: the one that fits the account)
//   confirm_plan  -
//   playbook    playbook, wait
//   end         outcome
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "playbook.hpp"

namespace banso::engine::workflow {

core::Result<Playbook> read_playbook(std::string_view json);
// Of text that was checked before: faults are left out.
Playbook read_checked(std::string_view json);
std::string write_playbook(const Playbook& playbook);

}  // namespace banso::engine::workflow
