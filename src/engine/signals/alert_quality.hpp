// How good alerts were: what became of the accounts afterwards, and how much work they would have made.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/lab/outcomes.hpp"
#include "replay.hpp"

namespace banso::engine::signals {

enum class AlertOutcome : std::uint8_t {
  right,        // what it warned of happened within the horizon
  false_alarm,  // it did not, and the horizon has passed
  undecided,    // the horizon has not passed
};

struct JudgedAlert {
  ReplayedFiring firing;
  AlertOutcome outcome = AlertOutcome::undecided;
  std::optional<core::Day> happened{};  // of right ones
};

// What happened to an account that the rule concerned, within the horizon before it.
struct Happening {
  std::uint32_t account = 0;
  core::Day day;
  std::optional<core::Day> first_alert{};  // the earliest within the horizon; nothing: missed
};

// `count` out of `of`, with the Wilson interval at 90 %. Nothing where there is nothing to divide by.
struct Share {
  double value = 0, low = 0, high = 0;
};
std::optional<Share> share_of(std::int64_t count, std::int64_t of);

struct AlertQuality {
  std::vector<JudgedAlert> alerts;    // by day, then account
  std::vector<Happening> happenings;  // by day, then account
  std::int64_t accounts_alerted = 0;  // with at least one alert
  std::int64_t right = 0, false_alarms = 0, undecided = 0;
  std::int64_t caught = 0, missed = 0;
  // Of all weeks of accounts that the rule concerned and whose horizon has passed: after how many it happened. What
  // alerts sent blindly would score.
  std::int64_t weeks_judged = 0, weeks_followed = 0;
  std::optional<std::array<double, 3>> lead_days{};  // quartiles of the days from first alert to happening, of caught

  std::optional<Share> precision() const { return share_of(right, right + false_alarms); }
  std::optional<Share> recall() const { return share_of(caught, caught + missed); }
  std::optional<Share> base_rate() const { return share_of(weeks_followed, weeks_judged); }
};

// Collects block after block, in the order of accounts.
class AlertJudge {
 public:
  // An alert is right where the outcome follows on a later day, at most `horizon_days` after it.
  AlertJudge(std::span<const core::Day> days, const lab::Outcomes& outcomes, int horizon_days)
      : days_(days), outcomes_(outcomes), horizon_days_(horizon_days) {}

  void add(const BlockReplay& block, std::size_t first_account, std::size_t accounts);
  AlertQuality finish() &&;

 private:
  void judge_account(const BlockReplay& block, std::size_t account, std::size_t in_block,
                     std::span<const ReplayedFiring> firings);

  std::span<const core::Day> days_;
  const lab::Outcomes& outcomes_;
  int horizon_days_;
  AlertQuality quality_;
};

// Work that alerts would have made, per person and week.
struct Load {
  double mean = 0;  // over all people and all weeks
  double peak = 0;  // of the person and week with most
};
struct PersonWeek {
  std::uint32_t person = 0;
  std::uint32_t week = 0;
};
// One entry per alert. `people` and `weeks` say over how many the mean is taken.
Load load_of(std::span<const PersonWeek> alerts, std::size_t people, std::size_t weeks);

}  // namespace banso::engine::signals
