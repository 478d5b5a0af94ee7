// What the portal shows of us. Internal to the module.
#pragma once

#include "house.hpp"
#include "platform/json/json.hpp"

namespace banso::portal {

platform::json::object render_vendor(const House& house);
// Whom the customer can turn to: who answers for the account today, each once, with whom they stand in for.
platform::json::array render_people(const House& house, core::AccountId account);

}  // namespace banso::portal
