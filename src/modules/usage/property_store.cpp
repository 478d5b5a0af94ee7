#include "property_store.hpp"

#include "platform/json/json.hpp"

namespace banso::usage::property_store {
namespace {

namespace json = platform::json;
using platform::records::Row;
using platform::records::Values;

std::string written(const std::vector<std::string>& examples) {
  json::array list;
  for (const auto& example : examples) list.push_back(json::value(example));
  return json::serialize(list);
}

std::vector<std::string> read_examples(const std::string& text) {
  std::vector<std::string> examples;
  const auto parsed = json::parse(text);
  if (!parsed || !parsed->is_array()) return examples;
  for (const auto& item : parsed->get_array()) {
    if (item.is_string()) examples.emplace_back(item.get_string());
  }
  return examples;
}

EventType type_in(const Row& row) {
  return {static_cast<platform::events::EventKind>(row.integer(0)), row.text(1)};
}

constexpr const char* select_types = "SELECT kind, event_name, events, looked_into, more FROM usage_property_type ";
constexpr const char* select_properties =
    "SELECT kind, event_name, property, json_types, events, examples, first_at_us, last_at_us FROM usage_property ";
constexpr const char* of_node = "WHERE node = :1 ORDER BY kind, event_name";
constexpr const char* of_others = "WHERE kind = :1 AND event_name = :2 AND node <> :3";

void visit_types(Session& session, const char* which, const Values& values, const TypeVisitor& visit) {
  session.each(std::string(select_types) + which, values, [&](const Row& row) {
    ObservedType observed;
    observed.events = row.integer(2);
    observed.looked_into = row.integer(3);
    observed.more = row.integer(4);
    visit(type_in(row), std::move(observed));
  });
}

void visit_properties(Session& session, const char* which, const Values& values, const PropertyVisitor& visit) {
  session.each(std::string(select_properties) + which, values, [&](const Row& row) {
    ObservedProperty property;
    property.json_types = static_cast<std::uint8_t>(row.integer(3));
    property.events = row.integer(4);
    property.examples = read_examples(row.text(5));
    property.first_at = row.instant(6);
    property.last_at = row.instant(7);
    visit(type_in(row), row.text(2), std::move(property));
  });
}

}  // namespace

void put_type(Session& session, int node, const EventType& type, const ObservedType& observed) {
  session.execute(
      "INSERT INTO usage_property_type (kind, event_name, node, events, looked_into, more) "
      "VALUES (:1, :2, :3, :4, :5, :6) ON CONFLICT (kind, event_name, node) DO UPDATE SET "
      "events = excluded.events, looked_into = excluded.looked_into, more = excluded.more",
      {static_cast<int>(type.kind), type.name, node, observed.events, observed.looked_into, observed.more});
}

void put_property(Session& session, int node, const EventType& type, const std::string& name,
                  const ObservedProperty& property) {
  session.execute(
      "INSERT INTO usage_property (kind, event_name, node, property, json_types, events, examples, first_at_us, "
      "last_at_us) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9) ON CONFLICT (kind, event_name, node, property) "
      "DO UPDATE SET json_types = excluded.json_types, events = excluded.events, examples = excluded.examples, "
      "first_at_us = excluded.first_at_us, last_at_us = excluded.last_at_us",
      {static_cast<int>(type.kind), type.name, node, name, static_cast<int>(property.json_types), property.events,
       written(property.examples), property.first_at, property.last_at});
}

void each_type(Session& session, int node, const TypeVisitor& visit) {
  visit_types(session, of_node, {node}, visit);
}

void each_property(Session& session, int node, const PropertyVisitor& visit) {
  visit_properties(session, of_node, {node}, visit);
}

void each_type_of_others(Session& session, int node, const EventType& type, const TypeVisitor& visit) {
  visit_types(session, of_others, {static_cast<int>(type.kind), type.name, node}, visit);
}

void each_property_of_others(Session& session, int node, const EventType& type, const PropertyVisitor& visit) {
  visit_properties(session, of_others, {static_cast<int>(type.kind), type.name, node}, visit);
}

}  // namespace banso::usage::property_store
