// What the demo's people said about their renewals: so that the board lives, and the forecast has changed since last
// week.
#pragma once

#include "application.hpp"

namespace banso::app {

// After the evaluation. The same accounts get the same words in every run.
core::Result<> add_demo_renewals(Application& application, core::Language language);

}  // namespace banso::app
