// What the demo's people did about their customers in the past months, and what is open today: calls to action from
// falls of health, renewals and full seats that really happened to the demo's accounts.
#pragma once

#include "application.hpp"

namespace banso::app {

// After the evaluation and the renewals. The same accounts get the same calls in every run.
core::Result<> add_demo_work(Application& application, core::Language language);

}  // namespace banso::app
