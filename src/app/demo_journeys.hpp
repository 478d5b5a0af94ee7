// The demo's journey: its map, how the accounts went through it, what customers confirmed and how they felt.
#pragma once

#include "application.hpp"

namespace banso::app {

// After the evaluation and the people. The same in every run.
core::Result<> add_demo_journeys(Application& application, core::Language language);

}  // namespace banso::app
