// What runs by itself towards the demo's customers: mail templates and surveys, messages inside the product,
// segments, and what the customers' own view shows.
#pragma once

#include "application.hpp"

namespace banso::app {

// After the evaluation, since conditions ask for measures. Nobody is written to: templates and surveys only stand
// ready.
core::Result<> add_demo_programmes(Application& application);

}  // namespace banso::app
