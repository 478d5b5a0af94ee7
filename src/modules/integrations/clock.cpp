// Wall clocks of the world, by ICU.
#include <memory>

#include <unicode/timezone.h>

#include "cell_types.hpp"

namespace banso::integrations {
namespace {

class FixedClock : public Clock {
 public:
  explicit FixedClock(int utc_offset_minutes) : utc_offset_minutes_(utc_offset_minutes) {}

  core::Instant at(core::Day day, std::int64_t seconds_of_day) const override {
    return {core::start_of(day, utc_offset_minutes_).microseconds + seconds_of_day * core::microseconds_per_second};
  }

 private:
  int utc_offset_minutes_;
};

class ZoneClock : public Clock {
 public:
  explicit ZoneClock(std::unique_ptr<icu::TimeZone> zone) : zone_(std::move(zone)) {}

  core::Instant at(core::Day day, std::int64_t seconds_of_day) const override {
    const core::Instant wall = utc_clock().at(day, seconds_of_day);
    std::int32_t raw_milliseconds = 0;
    std::int32_t summer_milliseconds = 0;
    UErrorCode error = U_ZERO_ERROR;
    const bool wall_time = true;
    zone_->getOffset(static_cast<UDate>(wall.microseconds / 1000), wall_time, raw_milliseconds, summer_milliseconds,
                     error);
    return {wall.microseconds - (std::int64_t{raw_milliseconds} + summer_milliseconds) * 1000};
  }

 private:
  std::unique_ptr<icu::TimeZone> zone_;
};

}  // namespace

const Clock& utc_clock() {
  static const FixedClock clock(0);
  return clock;
}

std::unique_ptr<Clock> fixed_clock(int utc_offset_minutes) {
  return std::make_unique<FixedClock>(utc_offset_minutes);
}

std::unique_ptr<Clock> clock_of(const std::string& time_zone) {
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  // ICU answers an unknown name with a zone called "Etc/Unknown".
  if (!zone || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return std::make_unique<ZoneClock>(std::move(zone));
}

}  // namespace banso::integrations
