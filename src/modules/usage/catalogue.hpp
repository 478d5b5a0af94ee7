// The catalogue of features: event types discover themselves, people group, name, mark and ignore them.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <unordered_set>
#include <vector>

#include "daily_facts.hpp"
#include "event_type_hash.hpp"
#include "platform/records/records.hpp"
#include "usage.hpp"

namespace banso::usage {

// What a new event type is called until somebody names it: "report_exported" → "Report exported".
core::Text default_name(const platform::events::EventType& type);
// "report_exported", "page:Pricing", "screen:Home".
std::string default_key(const platform::events::EventType& type);

class Catalogue {
 public:
  explicit Catalogue(std::shared_ptr<platform::records::Database> records) : records_(std::move(records)) {}

  std::vector<Feature> features();  // without volumes
  // Makes a feature for every type that has none. Costs next to nothing for types that were ensured before.
  void ensure(std::span<const platform::events::EventType> types);
  // As of now; ignored features, and types nobody has seen, have none.
  FeatureOfType lookup();
  // The same with ignored features: how types are grouped.
  FeatureOfType grouping();

  core::Result<Feature> change(FeatureId id, const FeatureChange& change, const core::Caller& caller);
  core::Result<Feature> define(const platform::events::EventType& type, const FeatureChange& change,
                               const core::Caller& caller);

 private:
  FeatureOfType lookup(bool with_ignored);

  std::shared_ptr<platform::records::Database> records_;
  std::mutex ensuring_;  // guards what follows
  std::unordered_set<platform::events::EventType, HashOfEventType, SameEventType> ensured_;
};

}  // namespace banso::usage
