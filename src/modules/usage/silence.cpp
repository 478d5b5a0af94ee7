#include "silence.hpp"

#include <algorithm>
#include <array>

namespace banso::usage {
namespace {

constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;
constexpr std::int64_t hour_us = 60 * minute_us;
constexpr std::int64_t hours_of_week = 7 * 24;
constexpr std::int64_t learned_from_us = 28 * core::microseconds_per_day;
constexpr std::int64_t shortest_history_hours = 24;
constexpr std::int64_t shortest_threshold_us = hour_us;
constexpr std::int64_t few_events_of_an_hour = 12;

struct LocalClock {
  int offset_minutes;
  // 0 = Monday 0:00 to 1:00.
  std::int64_t hour_of_week(std::int64_t hour) const {
    const core::Instant middle{hour * hour_us + hour_us / 2};
    const auto day = core::day_of(middle, offset_minutes);
    const auto within = middle.microseconds - core::start_of(day, offset_minutes).microseconds;
    return core::weekday(day) * 24 + within / hour_us;
  }
};

// In which hours of the week something usually comes.
class UsualHours {
 public:
  UsualHours(const HourlyCounts& accepted, LocalClock clock) : clock_(clock) {
    std::array<int, hours_of_week> weeks{}, active{};
    for (auto hour = accepted.begin()->first; hour <= accepted.rbegin()->first; ++hour) {
      const auto slot = static_cast<std::size_t>(clock_.hour_of_week(hour));
      ++weeks[slot];
      if (accepted.contains(hour)) ++active[slot];
    }
    std::array<int, 24> days{}, active_days{};
    for (std::size_t slot = 0; slot < weeks.size(); ++slot) {
      days[slot % 24] += weeks[slot];
      active_days[slot % 24] += active[slot];
    }
    for (std::size_t slot = 0; slot < weeks.size(); ++slot) {
      const bool is_weekend = slot / 24 >= 5;
      const auto hour = slot % 24;
      usual_[slot] = weeks[slot] > 0 ? 2 * active[slot] >= weeks[slot]
                                     : !is_weekend && days[hour] > 0 && 2 * active_days[hour] >= days[hour];
    }
  }

  bool has_any() const {
    return std::ranges::any_of(usual_, [](bool is_usual) { return is_usual; });
  }
  bool is_usual(std::int64_t hour) const { return usual_[static_cast<std::size_t>(clock_.hour_of_week(hour))]; }

 private:
  LocalClock clock_;
  std::array<bool, hours_of_week> usual_{};
};

// How long it was quiet between active hours, at most: all of it, and what fell into usual hours.
struct Gaps {
  std::vector<std::int64_t> all_us;
  std::vector<std::int64_t> usual_us;
};

Gaps gaps_of(const HourlyCounts& accepted, const UsualHours& usual) {
  Gaps gaps;
  for (auto before = accepted.begin(), after = std::next(before); after != accepted.end(); before = after++) {
    const bool is_dense = after->first == before->first + 1 && before->second >= few_events_of_an_hour &&
                          after->second >= few_events_of_an_hour;
    const std::int64_t uncertain_us = is_dense ? 0 : hour_us;
    std::int64_t quiet_us = 0, usual_quiet_us = 0;
    for (auto hour = before->first + 1; hour < after->first; ++hour) {
      quiet_us += hour_us;
      if (usual.is_usual(hour)) usual_quiet_us += hour_us;
    }
    gaps.all_us.push_back(quiet_us + uncertain_us);
    gaps.usual_us.push_back(usual_quiet_us + uncertain_us);
  }
  std::ranges::sort(gaps.all_us);
  std::ranges::sort(gaps.usual_us);
  return gaps;
}

// The end of so much usual time after an instant, if it comes before `latest`.
std::optional<core::Instant> after_usual_time(core::Instant from, std::int64_t usual_us, const UsualHours& usual,
                                              core::Instant latest) {
  for (auto at = from.microseconds; at < latest.microseconds;) {
    const auto end_of_hour = (at / hour_us + 1) * hour_us;
    if (usual.is_usual(at / hour_us)) {
      if (end_of_hour - at >= usual_us) return core::Instant{at + usual_us};
      usual_us -= end_of_hour - at;
    }
    at = end_of_hour;
  }
  return std::nullopt;
}

}  // namespace

std::optional<core::Instant> normal_until(const HourlyCounts& all_accepted, core::Instant last_received_at,
                                          std::optional<std::int64_t> set_minutes, int offset_minutes) {
  if (set_minutes) {
    if (*set_minutes == 0) return std::nullopt;
    return core::Instant{last_received_at.microseconds + *set_minutes * minute_us};
  }
  const HourlyCounts accepted(all_accepted.lower_bound((last_received_at.microseconds - learned_from_us) / hour_us),
                              all_accepted.end());
  if (accepted.empty() || accepted.rbegin()->first - accepted.begin()->first < shortest_history_hours) {
    return std::nullopt;
  }
  const UsualHours usual(accepted, {offset_minutes});
  const auto gaps = gaps_of(accepted, usual);
  const bool knows_weekends = accepted.rbegin()->first - accepted.begin()->first > hours_of_week;
  const auto longest_us = knows_weekends || !usual.has_any() ? 2 * gaps.all_us.back() : learned_from_us;
  const core::Instant latest{last_received_at.microseconds + std::max(shortest_threshold_us, longest_us)};
  const std::size_t forgiven = knows_weekends && gaps.usual_us.size() > 1 ? 1 : 0;
  const auto threshold_us = std::max(shortest_threshold_us, 2 * gaps.usual_us[gaps.usual_us.size() - 1 - forgiven]);
  return after_usual_time(last_received_at, threshold_us, usual, latest).value_or(latest);
}

Silence SilenceWatch::of(const SourceIntake& source, const HourlyCounts& accepted, core::Instant now,
                         int offset_minutes) {
  Silence silence;
  if (source.disabled || !source.last_received_at) return silence;
  const auto until = normal_until(accepted, *source.last_received_at, source.silent_after_minutes, offset_minutes);
  if (!until) return silence;
  silence.expected_gap_minutes = (until->microseconds - source.last_received_at->microseconds) / minute_us;
  if (*until < now) silence.silent_since = source.last_received_at;
  return silence;
}

std::vector<SourceSilence> SilenceWatch::changes(const std::vector<SourceIntake>& sources, core::Instant now) {
  std::vector<SourceSilence> changes;
  if (now.microseconds - started_at_.microseconds < patience_after_start_us) return changes;
  const std::lock_guard lock(watching_);
  for (const auto& source : sources) {
    const bool is_silent = source.silence.silent_since.has_value();
    auto& was_silent = was_silent_[source.id];
    if (is_silent == was_silent) continue;
    was_silent = is_silent;
    changes.push_back(
        {source.id, source.name, is_silent, source.last_received_at, source.silence.expected_gap_minutes.value_or(0)});
  }
  return changes;
}

}  // namespace banso::usage
