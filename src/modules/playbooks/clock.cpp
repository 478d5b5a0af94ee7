#include "clock.hpp"

#include <algorithm>

#include <unicode/timezone.h>

namespace banso::playbooks {

struct Clock::Zone {
  std::unique_ptr<icu::TimeZone> icu;
};

Clock::Clock(const std::string& timezone) : timezone_(timezone), zone_(std::make_unique<Zone>()) {
  zone_->icu.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(timezone)));
}
Clock::~Clock() = default;

int Clock::offset_minutes(core::Instant instant) const {
  std::int32_t raw_ms = 0;
  std::int32_t daylight_ms = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone_->icu->getOffset(static_cast<double>(instant.microseconds) / 1000, false, raw_ms, daylight_ms, status);
  return U_FAILURE(status) ? 0 : (raw_ms + daylight_ms) / 60'000;
}

LocalTime Clock::local(core::Instant instant) const {
  const int offset = offset_minutes(instant);
  const auto day = core::day_of(instant, offset);
  const auto since_midnight = instant.microseconds - core::start_of(day, offset).microseconds;
  return {day, static_cast<int>(since_midnight / (60 * core::microseconds_per_second))};
}

core::Instant Clock::instant_of(core::Day day, int minute_of_day) const {
  const std::int64_t of_day_us = minute_of_day * 60 * core::microseconds_per_second;
  const auto with = [&](int offset) { return core::Instant{core::start_of(day, offset).microseconds + of_day_us}; };
  // The clock changes at most once within the two days around it: the offset of one of the two ends is right.
  const int before = offset_minutes({core::start_of(day - 1).microseconds + of_day_us});
  const int after = offset_minutes({core::start_of(day + 1).microseconds + of_day_us});
  for (const int offset : {std::max(before, after), std::min(before, after)}) {
    if (offset_minutes(with(offset)) == offset) return with(offset);
  }
  return with(before);
}

}  // namespace banso::playbooks
