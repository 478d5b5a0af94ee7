// What a score owes to other accounts, as pages show it: a parent's children, and where a measure stands among peers.
#pragma once

#include "engine/explanation.hpp"
#include "evaluator.hpp"
#include "render.hpp"

namespace banso::health {

// Names of the children that the first account's score was rolled up from on any of the days; empty where there are
// none.
std::map<core::AccountId, std::string> names_of_children(customers::Service& customers,
                                                         std::span<const engine::Assessments> days);
engine::AccountNames names_from(const std::map<core::AccountId, std::string>& names);

json::object render_account(core::AccountId account, const engine::AccountNames& names);
// How the first account's score came about; null where it is its own.
json::value render_roll_up(const engine::Scorecard& card, const engine::ScorecardColumn& column,
                           const engine::Explanation& explanation, const engine::AccountNames& names,
                           const std::string& currency);
// Null where the measure is not among peers, or has no value.
json::value render_peers(const engine::Book& book, const engine::Definitions& definitions,
                         const engine::Assessments& today, std::size_t measure);

}  // namespace banso::health
