#include <unicode/timezone.h>

#include "clock.hpp"
#include "identity.hpp"

namespace banso::identity {

bool is_timezone(const std::string& name) {
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  return *zone != icu::TimeZone::getUnknown();
}

int offset_minutes_at(const std::string& timezone, core::Instant at) {
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(timezone)));
  std::int32_t raw_milliseconds = 0;
  std::int32_t daylight_milliseconds = 0;
  UErrorCode status = U_ZERO_ERROR;
  const std::int64_t milliseconds = at.microseconds / 1000;
  zone->getOffset(static_cast<double>(milliseconds), false, raw_milliseconds, daylight_milliseconds, status);
  return U_FAILURE(status) ? 0 : (raw_milliseconds + daylight_milliseconds) / 60'000;
}

int Workspace::offset_minutes() const {
  return offset_minutes_at(timezone, core::now());
}

core::Day Workspace::book_day() const {
  return fixed_book_day ? *fixed_book_day : core::day_of(core::now(), offset_minutes());
}

}  // namespace banso::identity
