#include "properties.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <unordered_map>
#include <utility>

#include "event_type_hash.hpp"
#include "property_store.hpp"
#include "property_values.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
using events::EventType;
using platform::records::Session;

enum class Change : std::uint8_t { none, counts, renewed };

// As many rows as one transaction writes: others write records, too.
constexpr std::size_t rows_at_once = 1'000;

void merge(ObservedProperty& sum, const ObservedProperty& part) {
  if (sum.events == 0) {
    sum = part;
    return;
  }
  sum.json_types |= part.json_types;
  sum.events += part.events;
  sum.first_at = std::min(sum.first_at, part.first_at);
  sum.last_at = std::max(sum.last_at, part.last_at);
  for (const auto& example : part.examples) {
    if (sum.examples.size() >= Properties::most_examples) break;
    if (std::ranges::find(sum.examples, example) == sum.examples.end()) sum.examples.push_back(example);
  }
}

}  // namespace

struct Properties::Discovery {
  struct Property {
    ObservedProperty seen;
    Change change = Change::none;
  };
  struct Type {
    ObservedType seen;  // without its properties
    std::map<std::string, Property, std::less<>> properties;
    Change change = Change::none;
    std::int64_t since_last_look = 0;  // events
    std::int64_t until_next_look = 0;
  };
  struct Row {
    EventType type;
    std::optional<std::string> property;  // nothing: the type itself
    ObservedProperty seen;
    ObservedType type_seen;
  };

  Discovery(std::shared_ptr<platform::records::Database> records_database, int node)
      : records(std::move(records_database)), node_number(node) {}

  void load();
  void observe(const events::Event& event);
  void look_into(Type& type, const events::Event& event);
  void note(Type& type, const PropertyValue& value, core::Instant at, std::int64_t weight);
  std::vector<Row> take_changes(bool with_counts);
  void mark_again(const std::vector<Row>& rows);
  void write(const std::vector<Row>& rows);

  std::shared_ptr<platform::records::Database> records;
  const int node_number;

  std::mutex flushing;   // held while writing; taken before observing
  std::mutex observing;  // guards what follows
  std::unordered_map<EventType, Type, HashOfEventType, SameEventType> types;
  std::size_t property_count = 0;
  PropertyReader reader;
  std::minstd_rand random{std::random_device{}()};
  core::Instant counts_written_at = core::now();
};

Properties::Properties(std::shared_ptr<platform::records::Database> records, int node_number)
    : discovery_(std::make_unique<Discovery>(std::move(records), node_number)) {
  discovery_->load();
}

Properties::~Properties() = default;

void Properties::Discovery::load() {
  records->read([&](Session& session) {
    property_store::each_type(session, node_number,
                              [&](const EventType& type, ObservedType&& seen) { types[type].seen = std::move(seen); });
    property_store::each_property(session, node_number,
                                  [&](const EventType& type, std::string&& name, ObservedProperty&& seen) {
                                    types[type].properties[std::move(name)].seen = std::move(seen);
                                    ++property_count;
                                  });
  });
}

// ---------------------------------------------------------------------------------------------------------- observing

void Properties::observe(std::span<const events::Event> batch) {
  const std::lock_guard lock(discovery_->observing);
  for (const auto& event : batch) {
    if (events::is_usage(event.kind)) discovery_->observe(event);
  }
}

void Properties::Discovery::observe(const events::Event& event) {
  auto entry = types.find(EventTypeReference{event.kind, event.name});
  if (entry == types.end()) {
    if (types.size() >= most_types) return;
    entry = types.try_emplace(EventType{event.kind, event.name}).first;
  }
  auto& type = entry->second;
  ++type.seen.events;
  ++type.since_last_look;
  type.change = std::max(type.change, Change::counts);
  if (type.seen.looked_into < looked_into_fully || --type.until_next_look <= 0) look_into(type, event);
}

// The steps between samples are random: senders that send in a fixed rhythm would be seen from one side only. Each
// event looked into speaks for those since the last one.
void Properties::Discovery::look_into(Type& type, const events::Event& event) {
  const auto weight = std::exchange(type.since_last_look, 0);
  type.until_next_look = std::uniform_int_distribution<std::int64_t>(1, 2 * sampling_interval - 1)(random);
  ++type.seen.looked_into;
  reader.read(event.properties, [&](const PropertyValue& value) { note(type, value, event.occurred_at, weight); });
}

void Properties::Discovery::note(Type& type, const PropertyValue& value, core::Instant at, std::int64_t weight) {
  auto entry = type.properties.find(value.name);
  if (entry == type.properties.end()) {
    if (type.properties.size() >= most_properties || property_count >= most_properties_in_all ||
        value.name.size() > longest_name) {
      type.seen.more += weight;
      return;
    }
    entry = type.properties.try_emplace(std::string(value.name)).first;
    entry->second.seen.first_at = entry->second.seen.last_at = at;
    ++property_count;
  }
  auto& [seen, change] = entry->second;
  const auto types_before = std::exchange(seen.json_types, seen.json_types | static_cast<std::uint8_t>(value.type));
  seen.events += weight;
  seen.first_at = std::min(seen.first_at, at);
  seen.last_at = std::max(seen.last_at, at);
  bool is_new = seen.json_types != types_before;
  if (!value.example.empty() && seen.examples.size() < most_examples &&
      std::ranges::find(seen.examples, value.example) == seen.examples.end()) {
    seen.examples.push_back(value.example);
    is_new = true;
  }
  change = std::max(change, is_new ? Change::renewed : Change::counts);
  if (is_new) type.change = Change::renewed;
}

// ------------------------------------------------------------------------------------------------------------ reading

FeatureProperties Properties::of(std::span<const EventType> types) {
  FeatureProperties answer;
  std::map<std::string, ObservedProperty> merged;
  const auto add_type = [&](const ObservedType& type) {
    answer.observed_events += type.events;
    answer.more += type.more;
    answer.is_estimated = answer.is_estimated || type.events > type.looked_into;
  };
  discovery_->records->read([&](Session& session) {
    for (const auto& type : types) {
      property_store::each_type_of_others(session, discovery_->node_number, type,
                                          [&](const EventType&, ObservedType&& seen) { add_type(seen); });
      property_store::each_property_of_others(
          session, discovery_->node_number, type,
          [&](const EventType&, std::string&& name, ObservedProperty&& seen) { merge(merged[name], seen); });
    }
  });
  {
    const std::lock_guard lock(discovery_->observing);
    for (const auto& type : types) {
      const auto found = discovery_->types.find(type);
      if (found == discovery_->types.end()) continue;
      add_type(found->second.seen);
      for (const auto& [name, property] : found->second.properties) merge(merged[name], property.seen);
    }
  }
  for (auto& [name, seen] : merged) {
    answer.items.push_back({name, std::string(name_of_types(seen.json_types)), seen.events, std::move(seen.examples),
                            seen.first_at, seen.last_at});
  }
  std::ranges::stable_sort(answer.items, std::greater<>{}, &FeatureProperty::events);
  return answer;
}

// ------------------------------------------------------------------------------------------------------------ writing

std::vector<Properties::Discovery::Row> Properties::Discovery::take_changes(bool with_counts) {
  const auto least = with_counts ? Change::counts : Change::renewed;
  std::vector<Row> rows;
  const std::lock_guard lock(observing);
  for (auto& [key, type] : types) {
    if (type.change < least) continue;  // of its properties, none changed more
    type.change = with_counts ? Change::none : Change::counts;
    rows.push_back({key, std::nullopt, {}, type.seen});
    for (auto& [name, property] : type.properties) {
      if (property.change < least) continue;
      property.change = Change::none;
      rows.push_back({key, name, property.seen, {}});
    }
  }
  return rows;
}

void Properties::Discovery::mark_again(const std::vector<Row>& rows) {
  const std::lock_guard lock(observing);
  for (const auto& row : rows) {
    auto& type = types.at(row.type);
    type.change = Change::renewed;
    if (row.property) type.properties.at(*row.property).change = Change::renewed;
  }
}

void Properties::Discovery::write(const std::vector<Row>& rows) {
  for (std::size_t begin = 0; begin < rows.size(); begin += rows_at_once) {
    records->write([&](Session& session) {
      for (auto index = begin; index < std::min(rows.size(), begin + rows_at_once); ++index) {
        const auto& row = rows[index];
        if (row.property) {
          property_store::put_property(session, node_number, row.type, *row.property, row.seen);
        } else {
          property_store::put_type(session, node_number, row.type, row.type_seen);
        }
      }
    });
  }
}

void Properties::flush(core::Instant now, bool everything) {
  const std::lock_guard alone(discovery_->flushing);
  const bool with_counts =
      everything || now.microseconds - discovery_->counts_written_at.microseconds >= counts_written_every_us;
  if (with_counts) discovery_->counts_written_at = now;
  const auto rows = discovery_->take_changes(with_counts);
  if (rows.empty()) return;
  try {
    discovery_->write(rows);
  } catch (...) {
    discovery_->mark_again(rows);  // the next flush writes it
    throw;
  }
}

}  // namespace banso::usage
