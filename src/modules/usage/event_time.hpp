// When an event sent over HTTP happened, told by a clock that may be wrong.
#pragma once

#include <optional>
#include <string_view>

#include "core/text.hpp"
#include "core/time.hpp"
#include "intake_parser.hpp"

namespace banso::usage {

inline constexpr int oldest_event_days = 400;
inline constexpr int clock_tolerance_days = 1;

struct EventTime {
  core::Instant at;
  std::string_view refused;  // empty, or the code of the reason
  core::Text message;        // where it is refused
};

// Segment's correction: the sender's clock is wrong by received_at - sent_at, so the event happened at
// received_at - (sent_at - timestamp). Nothing is sent before it happened: a result after the check is the time of the
// check. Without sent_at the timestamp is believed. Older than 400 days, or (uncorrected) more than a day ahead:
// refused.
EventTime event_time(const Receipt& receipt, std::optional<core::Instant> sent_at,
                     std::optional<core::Instant> timestamp);

}  // namespace banso::usage
