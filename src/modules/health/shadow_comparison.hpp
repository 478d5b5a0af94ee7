// The published score of each account beside the draft's, and what pages show of it. Internal to the module.
#pragma once

#include <map>
#include <unordered_map>

#include "book_table.hpp"
#include "platform/json/json.hpp"
#include "shadow_store.hpp"

namespace banso::health {

namespace json = platform::json;

// Points into what it was made from.
struct ShadowComparison {
  ShadowDay day;
  std::map<std::string, LevelTotals> published, draft;  // by level key
  std::vector<std::pair<const AccountRow*, const ShadowScore*>> moved;
};

using ShadowScores = std::unordered_map<core::AccountId, ShadowScore>;

// Of the accounts that the draft has scored.
ShadowComparison compare(const BookTable& table, const ShadowScores& scores);

// The published scorecard's levels, then those that only the draft has, then "no score".
json::array render_levels(const ShadowComparison& comparison, const engine::Scorecard* published,
                          const engine::Scorecard* draft);
// With another level, those with the most revenue first; 200 at most.
json::array render_moved(ShadowComparison& comparison, const DefinitionSet& published);
json::array render_days(const std::vector<ShadowDay>& days);

}  // namespace banso::health
