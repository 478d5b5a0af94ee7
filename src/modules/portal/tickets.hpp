// The customer's tickets, as they may see them. Internal to the module.
#pragma once

#include "platform/json/json.hpp"
#include "portal.hpp"

namespace banso::portal {

// Open ones first, then those closed lately; newest first within each.
platform::json::object render_tickets(customers::Service& customers, core::AccountId account,
                                      std::optional<core::ContactId> requester);

}  // namespace banso::portal
