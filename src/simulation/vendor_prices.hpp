#pragma once

#include <cstdint>
#include <string_view>

namespace banso::simulation {

// List price per seat and month in minor units.
std::int64_t seat_price_minor(std::string_view product, std::string_view plan, std::string_view currency);

}  // namespace banso::simulation
