#pragma once

#include <cstdint>
#include <optional>

#include "modules/revenue/revenue.hpp"

namespace banso::app {

// What the contracts of an account license on a day; nothing where they say nothing of seats.
std::optional<std::int64_t> licensed_seats(revenue::Service& revenue, core::AccountId account, core::Day day);

}  // namespace banso::app
