// A journey map: the way of a customer, in the customer's own words, as stages that each end in an outcome. A stage is
// passed by its milestones; a milestone is proven by data (a condition), confirmed by the customer, or both.
//
//   journey ─► stages ─► milestones
//                   └──► moments of truth: where the relationship is decided
//
// Values; reading and writing as JSON text is pure. What a condition may speak of is not known here: conditions are
// kept as text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"

namespace banso::engine::journeys {

struct Milestone {
  std::string key;
  core::Text name;
  bool is_required = true;                // the stage is not passed without it
  std::string condition_json;             // holds for accounts that have reached it; empty: data cannot tell
  bool is_confirmed_by_customer = false;  // the customer is asked
  // How long the condition may fail before a proven milestone counts as lost: a quiet week is no step back.
  int grace_days = 7;

  bool is_provable() const { return !condition_json.empty(); }
};

struct MomentOfTruth {
  std::string key;
  core::Text name;
  core::Text what;  // what happens there, and what must not go wrong
};

struct Stage {
  std::string key;
  core::Text name;     // what the customer would call it: "We try it with one team"
  core::Text outcome;  // what is different for the customer at its end
  core::Text feeling;  // how the customer should feel
  int expected_days = 30;
  std::string our_role = "csm";  // who of us answers for it: a role on the account
  std::string their_role;        // and who of the customer: champion, executive_sponsor, ... ; empty: nobody named
  std::vector<MomentOfTruth> moments_of_truth;
  std::vector<Milestone> milestones;
};

struct Journey {
  core::Text name;
  std::string description;
  std::string condition_json;  // whose journey it is; holds for all where empty
  int rank = 100;              // of several journeys that fit, the one of the lowest rank is taken
  std::vector<Stage> stages;

  std::size_t milestone_count() const;
  std::optional<std::size_t> stage_index(std::string_view key) const;
};

// A milestone among all of a journey, stage after stage.
struct MilestonePlace {
  std::size_t stage = 0;
  std::size_t index = 0;  // among all
  const Milestone* milestone = nullptr;
};
std::vector<MilestonePlace> milestones_of(const Journey& journey);

// Whether another of us answers for `to` than for `from`: the handover is to be reviewed.
bool is_handover(const Journey& journey, std::size_t from, std::size_t to);

// Canonical text: equal journeys, equal text. Reading names every fault by its path ("stages[1].milestones[0].key").
// At most 256 KiB, 30 stages, 30 milestones and 20 moments of truth a stage.
std::string to_json(const Journey& journey);
core::Result<Journey> journey_from_json(std::string_view json);

}  // namespace banso::engine::journeys
