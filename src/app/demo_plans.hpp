// Success plans of the demo: in all states, with figures over time, confirmed and commented by the customers' people.
#pragma once

#include "application.hpp"

namespace banso::app {

// After the evaluation and the people. The same in every run.
core::Result<> add_demo_plans(Application& application);

}  // namespace banso::app
