// Ties what the modules tell of changes to the topics of /api/live.
#pragma once

#include "application.hpp"

namespace banso::app {

// Before the background work starts.
void add_live_feeds(Application& application);

}  // namespace banso::app
