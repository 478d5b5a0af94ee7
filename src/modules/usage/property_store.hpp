// The tables of discovered properties in the records database.
#pragma once

#include <functional>
#include <string>

#include "properties.hpp"

namespace banso::usage::property_store {

using platform::events::EventType;
using platform::records::Session;

void put_type(Session& session, int node, const EventType& type, const ObservedType& observed);
void put_property(Session& session, int node, const EventType& type, const std::string& name,
                  const ObservedProperty& property);

using TypeVisitor = std::function<void(const EventType&, ObservedType&&)>;  // without its properties
using PropertyVisitor = std::function<void(const EventType&, std::string&& name, ObservedProperty&&)>;

// What this node wrote.
void each_type(Session& session, int node, const TypeVisitor& visit);
void each_property(Session& session, int node, const PropertyVisitor& visit);
// What other nodes wrote about one type.
void each_type_of_others(Session& session, int node, const EventType& type, const TypeVisitor& visit);
void each_property_of_others(Session& session, int node, const EventType& type, const PropertyVisitor& visit);

}  // namespace banso::usage::property_store
