// Tells the figures of revenue why revenue was lost, as people noted it at the renewals.
#pragma once

#include "application.hpp"

namespace banso::app {

// Before the background work starts.
void connect_churn_reasons(Application& application);

}  // namespace banso::app
