#include "replay.hpp"

namespace banso::engine::signals {

BlockReplay::BlockReplay(std::size_t first_account, std::size_t accounts, std::span<const core::Day> days,
                         const Timing& timing)
    : first_account_(first_account),
      days_(days),
      timing_(timing),
      states_(accounts),
      open_firing_(accounts),
      in_condition_(days.size(), 0) {
  concerned_.reserve(days.size());
}

void BlockReplay::take(std::size_t week, const BlockWeek& seen) {
  Selection concerned = seen.concerned;
  concerned &= seen.exists;
  for (std::size_t account = 0; account < states_.size(); ++account) {
    // Most accounts are out and stay out in most weeks.
    if (!states_[account].is_in && !(seen.enters.test(account) && concerned.test(account))) continue;
    const Observation observation{days_[week], concerned.test(account), seen.enters.test(account),
                                  seen.leaves.test(account), week == 0};
    const auto result = step(states_[account], observation, timing_);
    states_[account] = result.state;
    if (result.fires) {
      open_firing_[account] = firings_.size();
      firings_.push_back(
          {static_cast<std::uint32_t>(first_account_ + account), static_cast<std::uint32_t>(week), std::nullopt});
    }
    if (result.left && open_firing_[account]) {
      firings_[*open_firing_[account]].left_week = static_cast<std::uint32_t>(week);
      open_firing_[account].reset();
    }
    in_condition_[week] += result.state.is_in ? 1 : 0;
  }
  concerned_.push_back(std::move(concerned));
}

}  // namespace banso::engine::signals
