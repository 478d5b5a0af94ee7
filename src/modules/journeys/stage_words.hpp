// Stages and positions by the words of the API. Internal to the module.
#pragma once

#include <string>
#include <string_view>

#include "engine/journeys/position.hpp"
#include "journeys.hpp"

namespace banso::journeys {

std::string_view word_of(engine::journeys::Basis basis);  // "assumed", "proven", "confirmed"
std::string stage_key(const engine::journeys::Journey& map, std::size_t stage);
// A stage that the map does not have (any more) is named by its key.
core::Text stage_name(const engine::journeys::Journey& map, std::string_view stage);

}  // namespace banso::journeys
