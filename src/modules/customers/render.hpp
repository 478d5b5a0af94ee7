// Records as the API shows them.
#pragma once

#include "modules/customers/customers.hpp"
#include "pages.hpp"
#include "platform/json/json.hpp"

namespace banso::customers {

namespace json = platform::json;

json::object render(const AccountPage& page);
json::object render(const ContactLine& line);
json::object render(const TicketLine& line);
json::object render(const SurveyLine& line);
json::object render(const AttendanceLine& line);
json::object render(const TimelineEntry& entry, core::Language language);
json::object render(const ChangeLine& line);
json::object render(const SearchHit& hit);
json::object render(const AttributeDefinition& definition);

// {"items":[...],"total":n}
template <class T, class... More>
json::object render_page(const core::Page<T>& page, More... more) {
  json::array items;
  for (const auto& item : page.items) items.push_back(render(item, more...));
  return {{"items", std::move(items)}, {"total", page.total}};
}

template <class T>
json::object render_list(const std::vector<T>& list) {
  json::array items;
  for (const auto& item : list) items.push_back(render(item));
  return {{"items", std::move(items)}};
}

}  // namespace banso::customers
