// When an event sent over HTTP happened, told by a clock that may be wrong.
#pragma once

#include <optional>

#include "core/result.hpp"
#include "core/time.hpp"

namespace banso::usage {

inline constexpr int oldest_event_days = 400;
inline constexpr int clock_tolerance_days = 1;

// Segment's correction: the sender's clock is wrong by received_at - sent_at, so the event happened at
// received_at - (sent_at - timestamp). Nothing is sent before it happened: a result after received_at is received_at.
// Without sent_at the timestamp is believed. Older than 400 days, or (uncorrected) more than a day ahead: refused.
core::Result<core::Instant> event_time(core::Instant received_at, std::optional<core::Instant> sent_at,
                                       std::optional<core::Instant> timestamp);

}  // namespace banso::usage
