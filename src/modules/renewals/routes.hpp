// /api/renewals... and /api/accounts/{id}/renewals. Internal to the module.
#pragma once

#include "platform/json/json.hpp"
#include "workbench.hpp"

namespace banso::renewals {

namespace json = platform::json;

// The list, one renewal, and what changes them.
platform::http::Routes list_routes(std::shared_ptr<Workbench> bench);
// What is summed up over them: changes, rates, opportunities, books, reasons, the calendar.
platform::http::Routes figure_routes(std::shared_ptr<Workbench> bench);

json::object render(const core::Text& text);
json::value render_money(const std::optional<std::int64_t>& amount_minor, const std::string& currency);
json::value render_user(core::UserId user, const std::string& name);
json::object render_sums(const Sums& sums, const std::string& currency);
// A row of the list. `calendar` counts the business days that are left.
json::object render_renewal(const Renewal& renewal, const Pipeline& pipeline, const core::BusinessCalendar& calendar);
// One renewal with its contracts, proposals, and everything that was ever said about it.
json::object render_details(const Renewal& renewal, const Pipeline& pipeline, const core::BusinessCalendar& calendar,
                            std::span<const InputVersion> versions);

// The fields of `body` as a change; errors name them.
core::Result<Change> read_change(const json::object& body);

struct Window {
  core::Day from, to;
};
// `from` and `to` of the query; absent: 30 days back, and to the end of the quarter after the next.
core::Result<Window> window_in(const platform::http::Request& request, const Workbench& bench);

inline platform::http::Response answer(const json::value& body) {
  return platform::http::Response::json(json::serialize(body));
}

}  // namespace banso::renewals
