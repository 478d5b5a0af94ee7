// When a rule fires on an account: on entering the condition, once per stay, not before the condition has held for the
// days asked, and not within the cooldown. One small state machine, run live on the account that changed and, the very
// same, over history by replay.
#pragma once

#include <optional>

#include "core/time.hpp"

namespace banso::engine::signals {

struct Timing {
  int for_days = 0;                // the condition must have held for so many days
  int cooldown_days = 0;           // at least so many days between two firings
  bool fires_on_existing = false;  // also on accounts that met the condition when the rule began
};

// What is remembered of one rule and one account. The default: never seen in the condition.
struct FiringState {
  bool is_in = false;
  bool has_fired = false;    // in this stay
  bool is_existing = false;  // this stay was found when the rule began: since when is not known
  core::Day since{};         // of this stay; the day it was found
  std::optional<core::Day> last_fired{};

  bool operator==(const FiringState&) const = default;
};

// One look at the account.
struct Observation {
  core::Day day;
  bool is_concerned = true;  // in the rule's scope
  bool enters = false;       // meets the condition
  // Meets the condition to leave (hysteresis). Without one: !enters. Where both hold, the account stays.
  bool leaves = false;
  bool is_first = false;  // the rule's first look at anybody
};

struct Step {
  FiringState state;
  bool fires = false;
  bool left = false;
};

// `observation.day` is not before any day the state knows.
Step step(const FiringState& before, const Observation& observation, const Timing& timing);

// The day on which the account fires if nothing changes; nothing where it does not. Who follows the book by changes
// must look again on that day.
std::optional<core::Day> fires_on(const FiringState& state, const Timing& timing);

}  // namespace banso::engine::signals
