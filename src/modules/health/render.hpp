// What health says, as JSON. Names and shapes are those of api/health.yaml.
#pragma once

#include "book_table.hpp"
#include "platform/json/json.hpp"

namespace banso::health {

namespace json = platform::json;

json::object render(const core::Text& text);
json::object render_money(std::int64_t amount_minor, const std::string& currency);
// Null where it is not a number; rounded to what a page can show, so that answers stay small.
json::value render_number(double value);
json::value render_day(core::Day day);  // null for no_day

// One line of a list of accounts. `columns` are fields beyond the fixed ones: "attribute.x", "measure.y", "group.z".
json::object render_row(const BookTable& table, const AccountRow& row, std::span<const std::size_t> columns);
json::object render_summary(const BookTable& table, const BookSummary& summary);
json::array render_fields(const BookTable& table);
json::value render_attribute(const customers::AttributeValue& value);
std::string level_key(const DefinitionSet& set, std::int8_t level);  // empty for no level

}  // namespace banso::health
