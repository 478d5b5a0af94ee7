// What goes along with good ends: steps and timing of runs, and of calls. Associations, corrected for how many were
// looked at. Pure. Internal to the module.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/business_days.hpp"
#include "engine/effects/associations.hpp"
#include "modules/playbooks/playbooks.hpp"
#include "modules/work/work.hpp"

namespace banso::proof {

namespace effects = engine::effects;

struct PracticeNote {
  std::string key;
  core::Text name;  // "Task done: call the customer"
  effects::Rate with, without;
  effects::Association found;
  bool stands_out = false;
  core::Text sentence;
};

using StepName = std::function<core::Text(const std::string& step)>;

// Of a playbook's runs that came to an end. Good: the goal was reached, or the run ended in success.
std::vector<PracticeNote> practices_of_runs(std::span<const playbooks::RunFact> runs,
                                            std::span<const playbooks::StepFact> steps, const StepName& name_of_step);

// A closed call with what was done for it.
struct WorkedCall {
  work::Call call;
  std::vector<work::Task> tasks;
  bool was_talked_to = false;  // a meeting or a call within a week after it was opened
  bool was_written_to = false;
};
// Calls that nobody could bring to an end, good or bad, are left out by the caller (withdrawn, not relevant).
std::vector<PracticeNote> practices_of_calls(std::span<const WorkedCall> calls, const core::BusinessCalendar& calendar,
                                             int utc_offset_minutes);

// The clearest ones in a sentence.
core::Text practice_sentence(std::span<const PracticeNote> notes, std::size_t cases);

}  // namespace banso::proof
