// Where customers could grow, computed from contracts and use: seats near the limit, features that mostly belong to a
// larger plan or an add-on, and people becoming more. Pure. Internal to the module.
#pragma once

#include "pipeline.hpp"
#include "usage_summary.hpp"

namespace banso::renewals {

// Shares, for the rules below.
inline constexpr double seats_near_limit = 0.9;    // seats in use from which on they are scarce
inline constexpr double comfortable_share = 0.8;   // in use, after seats were added
inline constexpr double growth_share = 0.25;       // more people than a quarter ago
inline constexpr std::int64_t fewest_people = 5;   // below, a few people more are chance
inline constexpr std::int64_t fewest_peers = 5;    // accounts on each side of a comparison of plans
inline constexpr double used_with_offer = 0.5;     // a feature belongs to an offer that so many of its accounts use ...
inline constexpr double used_without_offer = 0.2;  // ... and at most so many of the others

enum class OpportunityKind { seats, features, growth };
std::string_view word_of(OpportunityKind kind);
std::optional<OpportunityKind> opportunity_kind_from(std::string_view word);

// One row that an opportunity rests on.
struct Evidence {
  core::Text label;
  double value = 0;
  std::string unit;  // people, seats, percent, money (minor units of the reporting currency)
};

struct Opportunity {
  core::AccountId account;
  OpportunityKind kind = OpportunityKind::seats;
  std::string subject;  // what it is about, unique within account and kind: a product, or an offer
  std::int64_t amount_minor = 0;
  core::Text words;
  std::vector<Evidence> evidence;
};

struct OpportunitySources {
  core::Day day;
  const Versions& versions;
  const UsageSummaries& usage;
  std::span<const usage::Feature> features;
};
// Largest amount first.
std::vector<Opportunity> find_opportunities(const OpportunitySources& sources);

}  // namespace banso::renewals
