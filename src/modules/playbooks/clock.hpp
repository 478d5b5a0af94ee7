// The workspace's clock: instants as days and minutes of an IANA time zone and back, daylight saving included. Internal
// to the module.
#pragma once

#include <memory>
#include <string>

#include "core/time.hpp"

namespace banso::playbooks {

struct LocalTime {
  core::Day day;
  int minute_of_day = 0;
};

// Threading: may be shared. A zone that nobody knows is UTC.
class Clock {
 public:
  explicit Clock(const std::string& timezone);
  ~Clock();

  LocalTime local(core::Instant instant) const;
  // Of a time that daylight saving leaves out, the moment it would be by the clock of before; of one that comes twice,
  // the first.
  core::Instant instant_of(core::Day day, int minute_of_day) const;
  const std::string& timezone() const { return timezone_; }

 private:
  int offset_minutes(core::Instant instant) const;

  struct Zone;
  std::string timezone_;
  std::unique_ptr<Zone> zone_;
};

}  // namespace banso::playbooks
