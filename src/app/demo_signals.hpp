// Signals of the demo: starter rules are published, so that real calls are open.
#pragma once

#include "application.hpp"

namespace banso::app {

// After the evaluation. Rules that tell of accounts they find, so that the first morning has something to do.
core::Result<> add_demo_signals(Application& application);

}  // namespace banso::app
