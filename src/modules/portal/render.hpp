// What customers see, as JSON: every field is written out by hand, so that nothing leaves because it was added to a
// record elsewhere. Internal to the module.
#pragma once

#include "adoption.hpp"
#include "branding.hpp"
#include "departments.hpp"
#include "platform/json/json.hpp"
#include "sharing.hpp"
#include "store.hpp"

namespace banso::portal {

namespace json = platform::json;

json::object render(const core::Text& text);
json::object render(const core::Money& money);
json::object render_shows(const Sharing* sharing);  // null: nothing is shown

// `plans`: for what is to do next; empty where they are not shown.
json::object render_journey(const journeys::SharedJourney& journey, const std::vector<plans::SharedPlan>& plans);
json::object render_plans(const std::vector<plans::SharedPlan>& plans, core::ContactId reader, core::Day today);
json::object render_value(const std::vector<plans::SharedPlan>& plans, const std::optional<plans::SharedPayment>& paid);
json::array render_departments(const std::vector<DepartmentUse>& departments);
json::object render_adoption(const Adoption& adoption, std::optional<std::int64_t> seats);

}  // namespace banso::portal
