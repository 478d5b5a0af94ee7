// Custom attributes: their definitions, reading what people write, and how values are kept (one JSON object per
// account, keys sorted).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "modules/customers/customers.hpp"
#include "platform/versioned/row_check.hpp"
#include "rows.hpp"

namespace banso::customers {

AttributeDefinition definition_from(const DefinedAttribute& row);
DefinedAttribute row_from(const AttributeDefinition& definition);
std::map<std::string, AttributeDefinition, std::less<>> load_definitions(Session& session);

// A key from a heading: "Contract tier" becomes contract_tier; nothing where no latin letters or digits are left.
std::optional<std::string> key_from_heading(std::string_view heading);
bool is_attribute_key(std::string_view key);

// "1,250", "はい", "2026/4/1", "令" as the definition's type has it. The error says what would be right.
core::Result<AttributeValue> parse_attribute(const AttributeDefinition& definition, std::string_view text,
                                             const std::string& reporting_currency);
// Whether a typed value fits: its type, and for choices that it is one of them.
core::Result<AttributeValue> checked_attribute(const AttributeDefinition& definition, AttributeValue value);

boost::json::value to_json(const AttributeValue& value);
Attributes attributes_from(std::string_view stored,
                           const std::map<std::string, AttributeDefinition, std::less<>>& definitions);

// Applies what a row says to the stored text; errors go to "attributes.<key>".
void apply_attributes(const std::vector<AttributeInput>& inputs,
                      const std::map<std::string, AttributeDefinition, std::less<>>& definitions,
                      const std::string& reporting_currency, versioned::JsonText& stored, RowCheck& check);

}  // namespace banso::customers
