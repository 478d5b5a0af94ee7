// When a source has been quiet for longer than it ever is.
//
// The rule, where nobody set one. A source is learned from the hours of the last 28 days in which something came; it
// needs at least a day between the first and the last of them. Two thresholds hold, whichever is reached first:
//
// 1. Usual hours. An hour of the week (Monday 9 to 10, ...) is usual if something came in at least half of the weeks
//    since the first event. Only quiet that falls into usual hours counts, so nights and weekends of a product for
//    offices do not. The threshold is twice the longest quiet within usual hours; the single longest one is left out
//    once a whole week is known, for one outage teaches nothing. A day of the week not seen yet is judged by the hours
//    of the other days if it is a working day, and has no usual hours if it is a Saturday or Sunday.
// 2. All hours: twice the longest quiet there was, once a whole week is known. This catches sources that have no usual
//    hours.
//
// Neither is shorter than an hour. Quiet lasts an hour longer than the hours show, for something may have come at the
// beginning of one hour and at the end of another; not so between two hours in a row that saw a dozen events each.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "usage.hpp"

namespace banso::usage {

// Events accepted per hour since 1970-01-01 UTC; hours without any are absent.
using HourlyCounts = std::map<std::int64_t, std::int64_t>;

// Until when it is normal that nothing comes after `last_received_at`; nothing: for ever, or it is not known yet.
// `set_minutes` is what somebody set: nothing = learn, 0 = never silent. `offset_minutes`: the workspace's clock.
std::optional<core::Instant> normal_until(const HourlyCounts& accepted, core::Instant last_received_at,
                                          std::optional<std::int64_t> set_minutes, int offset_minutes);

// Notices when sources fall silent and when they speak again. Thread-safe.
class SilenceWatch {
 public:
  // After a start, senders are given time to come back: that nothing came while Banso stood still is not their silence.
  static constexpr std::int64_t patience_after_start_us = 120 * core::microseconds_per_second;

  explicit SilenceWatch(core::Instant started_at = core::now()) : started_at_(started_at) {}

  static Silence of(const SourceIntake& source, const HourlyCounts& accepted, core::Instant now, int offset_minutes);
  // Which sources changed since the last time.
  std::vector<SourceSilence> changes(const std::vector<SourceIntake>& sources, core::Instant now);

 private:
  const core::Instant started_at_;
  std::mutex watching_;
  std::map<core::SourceId, bool> was_silent_;
};

}  // namespace banso::usage
