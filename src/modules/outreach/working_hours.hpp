// When a mail may go: within working hours and on business days of the recipient's zone, and not more often than the
// cap says. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/business_days.hpp"
#include "core/time.hpp"

namespace banso::outreach {

struct WorkingHours {
  int from_hour = 9;    // 0..23
  int until_hour = 18;  // 1..24, later than from_hour
};

// The first instant not before `wanted` that lies within the hours of a business day on the zone's clock. An hour that
// the clock leaps over begins when the clock has leapt; one that comes twice counts both times.
core::Instant next_working(core::Instant wanted, std::string_view zone, const WorkingHours& hours,
                           const core::BusinessCalendar& calendar);

// The zone of a country with one clock ("JP" or 「日本」 -> Asia/Tokyo); nothing where it has several or is not known.
std::optional<std::string> zone_of_country(std::string_view country);
bool is_zone(std::string_view name);

// The first instant not before `wanted` with fewer than `cap` of `times` within the `window_days` before it.
core::Instant earliest_slot(std::span<const core::Instant> times, core::Instant wanted, int cap, int window_days);

}  // namespace banso::outreach
