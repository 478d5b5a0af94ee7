// What the demo's playbooks did in the past months, and what runs today: rescues after falls of health that really
// happened to the demo's accounts, and preparations of renewals.
#pragma once

#include "application.hpp"

namespace banso::app {

// After the evaluation, the renewals and the calls. The same accounts get the same runs in every run.
core::Result<> add_demo_playbooks(Application& application);

}  // namespace banso::app
