// The kind "journey", and the published journeys with their conditions compiled. Internal to the module.
#pragma once

#include "engine/condition.hpp"
#include "engine/journeys/journey.hpp"
#include "journeys.hpp"

namespace banso::journeys {

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health);

struct CompiledJourney {
  std::string key;
  engine::journeys::Journey map;
  engine::Condition whose;
  std::vector<std::optional<engine::Condition>> milestones;  // nothing where data cannot tell
};

// Every condition of the journey against the fields, faults with their path within the body.
core::Result<CompiledJourney> compile(std::string key, engine::journeys::Journey journey,
                                      const engine::FieldCatalogue& fields);

// The published journeys, lowest rank first, then by key: the order in which an account looks for its own. One that no
// longer fits the fields is left out with a word in the log.
struct JourneySet {
  std::int64_t release = 0;
  std::vector<CompiledJourney> journeys;

  const CompiledJourney* find(std::string_view key) const;
};
using JourneySetPtr = std::shared_ptr<const JourneySet>;
JourneySetPtr read_published(definitions::Service& definitions, const engine::FieldCatalogue& fields);

}  // namespace banso::journeys
