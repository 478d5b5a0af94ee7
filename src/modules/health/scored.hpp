// Assessments of one chunk of accounts, turned from the engine's columns into what the mart and the book keep.
#pragma once

#include <array>
#include <vector>

#include "book_loader.hpp"
#include "definition_set.hpp"
#include "engine/assessment.hpp"
#include "engine/evaluate.hpp"

namespace banso::health {

inline constexpr std::size_t sparkline_weeks = 26;
inline constexpr int change_days = 28;  // what "change" means on every page
inline constexpr std::size_t reasons_shown = 3;

// One account on the day of evaluation.
struct ScoredAccount {
  core::AccountId account;
  std::optional<engine::Points> score;
  std::int8_t level = engine::no_level;  // index into the scorecard's levels
  double coverage = 0;
  std::vector<double> groups;  // as in the scorecard; not a number where nothing of the group counts
  // As in DefinitionSet::definitions.measures, the book's included.
  std::vector<double> values;  // not a number unless the state is number
  std::vector<engine::ValueState> states;
  std::vector<core::Day> newest_days;
  std::vector<core::Text> reasons;  // strongest first, at most reasons_shown
  // Scores at the ends of the last weeks, oldest first, the last one today's; not a number where there is none.
  std::array<float, sparkline_weeks> weekly{};

  std::optional<double> change() const;  // against change_days ago
};

// The days that are evaluated: `as_of` and every seventh day before it, down to `first`; ascending.
std::vector<core::Day> weekly_days(core::Day first, core::Day as_of);

// Whether a fact of `first_changed` can change the score of a week before the last one.
bool reaches_earlier_weeks(core::Day first_changed, core::Day as_of);

// Accounts of the book's that existed on the last of the days, which are weekly.
std::vector<ScoredAccount> scored_accounts(const engine::Book& book, const DefinitionSet& set,
                                           std::span<const engine::Assessments> weeks);

}  // namespace banso::health
