// What the demo's revenue needs beyond what its vendor sells: monthly rates, trials, customers who return, arrears,
// slips of the pen to mend, goals and what winning customers cost.
#pragma once

#include "application.hpp"
#include "simulation/simulation.hpp"

namespace banso::app {

namespace demo_rows {

// Beside the terms of demo_rows::add_subscriptions().
void add_revenue_stories(const simulation::AccountHistory& history, std::vector<revenue::SubscriptionInput>& rows);
// When a customer that had left comes back; nothing for most.
std::optional<core::Day> returned_on(const simulation::AccountHistory& history);

}  // namespace demo_rows

// For the months of the last five years up to `until`, and one for all others.
std::vector<revenue::Rate> demo_rates(core::Day until);

// Goals of this quarter and those before it, out of what was reached, and costs of a year by channel. After the book is
// evaluated.
core::Result<> set_demo_targets(Application& application);

}  // namespace banso::app
