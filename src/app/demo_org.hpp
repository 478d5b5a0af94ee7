// Who looks after whom in the demo: teams in both directions, engagement models out of its own data, rules, roles,
// somebody who is away today, and handovers of the past.
#pragma once

#include "application.hpp"

namespace banso::app {

// After the evaluation: the models are chosen by what the book holds. The same in every run.
core::Result<> add_demo_org(Application& application, core::Language language);

}  // namespace banso::app
