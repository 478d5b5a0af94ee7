#include "working_hours.hpp"

#include <unicode/calendar.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace banso::outreach {
namespace {

constexpr std::int64_t ms = 1000;

std::unique_ptr<icu::TimeZone> zone_named(std::string_view name) {
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())))));
}

std::int64_t offset_ms(const icu::TimeZone& zone, core::Instant at) {
  std::int32_t raw = 0, dst = 0;
  UErrorCode status = U_ZERO_ERROR;
  const std::int64_t at_ms = at.microseconds / ms;
  zone.getOffset(static_cast<UDate>(at_ms), false, raw, dst, status);
  return U_SUCCESS(status) ? raw + dst : 0;
}

// The instant at which the zone's clock shows that hour of the day; where it leaps over it, the instant of the leap.
core::Instant at_hour(const icu::TimeZone& zone, core::Day day, int hour) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(zone, status));
  if (U_FAILURE(status)) return core::start_of(day);
  calendar->setSkippedWallTimeOption(UCAL_WALLTIME_NEXT_VALID);
  calendar->setRepeatedWallTimeOption(UCAL_WALLTIME_FIRST);
  const auto [year, month, number] = core::year_month_day(day);
  calendar->clear();
  calendar->set(year, month - 1, number, 0, 0, 0);
  calendar->set(UCAL_HOUR_OF_DAY, hour);
  const double at_ms = calendar->getTime(status);
  return U_SUCCESS(status) ? core::Instant{static_cast<std::int64_t>(at_ms) * ms} : core::start_of(day);
}

core::Day local_day(const icu::TimeZone& zone, core::Instant at) {
  return core::day_of({at.microseconds + offset_ms(zone, at) * ms});
}

}  // namespace

core::Instant next_working(core::Instant wanted, std::string_view zone_name, const WorkingHours& hours,
                           const core::BusinessCalendar& calendar) {
  const auto zone = zone_named(zone_name);
  auto day = local_day(*zone, wanted);
  while (true) {
    day = calendar.on_or_after(day);
    const auto opens = at_hour(*zone, day, hours.from_hour);
    const auto closes = hours.until_hour == 24 ? at_hour(*zone, day + 1, 0) : at_hour(*zone, day, hours.until_hour);
    if (wanted < closes) return std::max(wanted, opens);
    day = day + 1;
  }
}

bool is_zone(std::string_view name) {
  if (name.find('/') == std::string_view::npos && name != "UTC") return false;
  return *zone_named(name) != icu::TimeZone::getUnknown();
}

std::optional<std::string> zone_of_country(std::string_view country) {
  std::string region(country);
  if (region == "日本" || region == "Japan") region = "JP";
  if (region.size() != 2) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> zones(
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, region.c_str(), nullptr, status));
  if (U_FAILURE(status) || zones->count(status) != 1) return std::nullopt;
  const char* name = zones->next(nullptr, status);
  return name != nullptr && U_SUCCESS(status) ? std::optional<std::string>(name) : std::nullopt;
}

core::Instant earliest_slot(std::span<const core::Instant> times, core::Instant wanted, int cap, int window_days) {
  const std::int64_t window_us = window_days * core::microseconds_per_day;
  std::vector<core::Instant> sorted(times.begin(), times.end());
  std::sort(sorted.begin(), sorted.end());
  auto at = wanted;
  while (true) {
    std::vector<core::Instant> within;
    for (const auto time : sorted) {
      if (time.microseconds > at.microseconds - window_us && time <= at) within.push_back(time);
    }
    const auto count = static_cast<int>(within.size());
    if (count < cap) return at;
    // Room is there once so many of them have left the window that fewer than `cap` are in it.
    at = {within[static_cast<std::size_t>(count - cap)].microseconds + window_us};
  }
}

}  // namespace banso::outreach
