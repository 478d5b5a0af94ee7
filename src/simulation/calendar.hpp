// When people work: weekends, public holidays, the quiet weeks of the year, by country.
#pragma once

#include <string_view>

#include "core/time.hpp"

namespace banso::simulation {

// National holidays from 1980 to 2099.
bool is_japanese_holiday(core::Day day);

// Share of the usual staff at work on a day: 1 on a plain Tuesday, about 0.03 on Sundays, little at New Year, in Golden
// Week and Obon (Japan), at the year's end and in August (abroad).
double share_at_work(core::Day day, std::string_view country);

// The day itself or the next one on which at least half of the staff works.
core::Day next_working_day(core::Day day, std::string_view country);

}  // namespace banso::simulation
