// What a rule would do to the book as it is: candidates with their loads, accounts, and who gets which. Internal.
#pragma once

#include <map>
#include <unordered_map>

#include "engagement.hpp"
#include "store.hpp"

namespace banso::org {

using Holders = std::unordered_map<core::AccountId, core::UserId>;

// Who has the role on which account now; the CSM is the owner in customers.
Holders holders_now(customers::Service& customers, Store& store, AccountRole role);

// ARR and effort of an account, by row of the book.
Load load_of_row(const health::BookView& book, std::size_t row, const EffortWeights& weights);
// What each person carries in all.
std::unordered_map<core::UserId, Load> loads_of(const health::BookView& book, const Holders& holders,
                                                const EffortWeights& weights);

struct PersonPlan {
  core::UserId user;
  Limits limits;
  Load before, after;
  std::int64_t gets = 0, gives = 0;
};
struct LeftOut {
  core::UserId user;
  core::Text why;
};
struct Plan {
  AssignmentRule rule;
  std::string basis;         // differs where the moves differ
  std::int64_t matched = 0;  // accounts the rule is about
  std::vector<Move> moves;   // ascending by account
  std::int64_t unplaced = 0;
  std::vector<PersonPlan> people;  // candidates first, in order, then who else gives
  std::vector<LeftOut> left_out;
  core::UserId last;
};

struct PlanInput {
  const health::BookView& book;
  const AssignmentRule& rule;
  const Holders& holders;
  const EffortWeights& weights;
  std::span<const Team> teams;
  const std::unordered_map<core::UserId, Limits>& capacities;
  std::function<bool(core::UserId)> is_away, is_active;
  core::UserId last_served;
};
// Pure; an error where the condition does not fit the book.
core::Result<Plan> make_plan(const PlanInput& input);

}  // namespace banso::org
