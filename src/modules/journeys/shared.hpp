// A position as the customer may see it. Internal to the module.
#pragma once

#include "follower.hpp"

namespace banso::journeys {

SharedJourney shared_of(const Position& position);

}  // namespace banso::journeys
