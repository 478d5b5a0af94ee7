// What somebody of a customer sees of a plan, and nothing else. Internal to the module.
#pragma once

#include "desk.hpp"

namespace banso::plans {

// Nothing where the plan was never sent. Goals are shown as they were sent last: what we changed since the customer
// sees once it is sent again. Actions, milestones and figures are shown as they are now.
std::optional<SharedPlan> shared_plan(const Dependencies& from, const PlanFile& file, core::Day today,
                                      core::Language language);

// Nothing where no paid contract began until today.
std::optional<SharedPayment> payment_of(revenue::Service& revenue, core::AccountId account, core::Day today,
                                        const std::string& currency);

}  // namespace banso::plans
