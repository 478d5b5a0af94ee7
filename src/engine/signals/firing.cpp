#include "firing.hpp"

#include <algorithm>

namespace banso::engine::signals {

std::optional<core::Day> fires_on(const FiringState& state, const Timing& timing) {
  if (!state.is_in || state.has_fired) return std::nullopt;
  if (state.is_existing && !timing.fires_on_existing) return std::nullopt;
  // Since when an existing stay lasts is not known; who wants to be told of those does not want to wait.
  const core::Day held = state.is_existing ? state.since : state.since + timing.for_days;
  return state.last_fired ? std::max(held, *state.last_fired + timing.cooldown_days) : held;
}

Step step(const FiringState& before, const Observation& observation, const Timing& timing) {
  Step result{before};
  auto& state = result.state;
  const bool is_meant = observation.is_concerned && observation.enters;
  if (state.is_in) {
    const bool stays = observation.is_concerned && (observation.enters || !observation.leaves);
    if (!stays) {
      state.is_in = state.has_fired = state.is_existing = false;
      result.left = true;
      return result;
    }
  } else if (is_meant) {
    state.is_in = true;
    state.has_fired = false;
    state.is_existing = observation.is_first;
    state.since = observation.day;
  } else {
    return result;
  }
  const auto due = fires_on(state, timing);
  if (due && *due <= observation.day) {
    state.has_fired = true;
    state.last_fired = observation.day;
    result.fires = true;
  }
  return result;
}

}  // namespace banso::engine::signals
