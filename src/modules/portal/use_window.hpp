// The weeks that adoption looks at, and every use in them. Internal to the module.
#pragma once

#include <functional>

#include "portal.hpp"

namespace banso::portal {

inline constexpr int adoption_weeks = 12;

struct UseWindow {
  core::AccountId account;
  core::Day as_of;                      // the last day of the weeks
  std::optional<core::Day> known_on{};  // only what was known by the end of that day; nothing: all that is known
  core::Day first() const { return as_of - (adoption_weeks * 7 - 1); }
};

// On a day somebody, or something, used a feature that is not left out of the figures.
struct DayOfUse {
  core::Day day;
  std::int32_t person = 0;  // usage::Person::number; 0: nobody in particular
  std::int32_t feature_id = 0;
};

std::map<std::int32_t, usage::Feature> counted_features(usage::Service& usage);
void each_use(usage::Service& usage, const UseWindow& window, const std::map<std::int32_t, usage::Feature>& features,
              const std::function<void(const DayOfUse&)>& visit);

}  // namespace banso::portal
