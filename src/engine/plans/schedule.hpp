// When the actions of a plan can be done, seen from today: who waits for whom, what is late, what slips. Pure.
#pragma once

#include <cstddef>

#include "document.hpp"

namespace banso::engine::plans {

struct ActionOutlook {
  bool is_open = true;
  bool is_late = false;                // open, and its day is over
  std::vector<std::string> waits_for;  // open actions before it
  // At best, with everything before it done as early as it can be. Nothing where no day is known.
  std::optional<core::Day> expected_start, expected_due;
  int slip_days = 0;  // behind its own due day

  bool is_blocked() const { return !waits_for.empty(); }
};

// In the order of the document's actions.
std::vector<ActionOutlook> outlooks(const Document& document, core::Day today);

// Keys of open actions that end later when that one ends `days` later than expected.
std::vector<std::string> moved_by(const Document& document, std::string_view action, int days, core::Day today);

// The open action that can be begun and is due first (without a day: last); nothing where there is none.
std::optional<std::size_t> next_step(const Document& document);

// An action that comes before itself; nothing where there is none. Unknown keys are passed over.
std::optional<std::string> circle_in(const std::vector<Action>& actions);

}  // namespace banso::engine::plans
