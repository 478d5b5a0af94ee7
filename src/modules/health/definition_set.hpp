// The published measures and scorecards as one value for the engine, and their kinds for the definitions module.
#pragma once

#include <memory>

#include "engine/definitions.hpp"
#include "engine/starter.hpp"
#include "modules/definitions/definitions.hpp"

namespace banso::health {

inline constexpr std::string_view measure_kind = "measure", scorecard_kind = "scorecard";

// Measures that the book page shows for every account, whatever is configured. They are evaluated like all others,
// after the configured ones; their keys begin with "book_", which configured ones may not.
struct BookMeasures {
  std::size_t active_users_28d, days_since_activity, days_since_meeting, utilisation;
};

// Immutable; shared by everything that computes with it.
struct DefinitionSet {
  std::int64_t release = 0;  // 0: nothing is published
  engine::Definitions definitions;
  std::size_t configured_measures = 0;  // the first ones of definitions.measures; the book's follow
  BookMeasures book{};

  // The scorecard of the book: the one called "health", else the first.
  const engine::Scorecard* scorecard() const;
  std::size_t scorecard_index() const;
  // Its groups, each before those within it.
  std::vector<const engine::ScorecardGroup*> groups() const;
};
using DefinitionSetPtr = std::shared_ptr<const DefinitionSet>;

// Definitions with the book's measures behind them.
DefinitionSetPtr make_set(engine::Definitions configured, std::int64_t release);
DefinitionSetPtr read_published(definitions::Service& service);
// As they were at an earlier release; refused where no such release touched them, or this program cannot read them.
core::Result<DefinitionSetPtr> read_published_at(definitions::Service& service, std::int64_t release);
// The published ones with some bodies replaced or added, as a draft would make them; refused where they do not fit.
core::Result<DefinitionSetPtr> read_with(definitions::Service& service, const definitions::Bodies& replaced);

definitions::Bodies to_bodies(const engine::Definitions& definitions);
void register_kinds(definitions::Service& service);

}  // namespace banso::health
