// Request bodies as inputs of the service. Absent fields are left alone, null clears; errors go to `fields`.
#pragma once

#include "modules/customers/customers.hpp"
#include "platform/json/json.hpp"

namespace banso::customers {

namespace json = platform::json;

AccountInput parse_account(json::Fields& fields);
ContactInput parse_contact(json::Fields& fields);
InteractionInput parse_interaction(json::Fields& fields);
AttributeDefinition parse_definition(json::Fields& fields, AttributeDefinition present);
BulkSet parse_bulk_set(json::Fields& fields);

}  // namespace banso::customers
