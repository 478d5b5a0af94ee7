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

// What decides the level that is shown. Kept in the mart as a number: add at the end.
enum class LevelBasis : std::uint8_t { score, forced, manual };
std::string_view key_of(LevelBasis basis);  // "score", "forced", "manual"
LevelBasis level_basis(const engine::ScorecardColumn& column, std::size_t account);

// For each group of the common scorecard, in order of reading, the position of the group with its key in another one.
class GroupPositions {
 public:
  explicit GroupPositions(const DefinitionSet& set);
  // The account's group scores in its own scorecard, in the order of the common one's groups; not a number where its
  // own has no such group or nothing of the group counts.
  std::vector<double> scores(const engine::Assessments& assessments, std::size_t account) const;

 private:
  std::vector<std::vector<std::optional<std::size_t>>> positions_;  // per scorecard, per common group
};

// One account on the day of evaluation.
struct ScoredAccount {
  core::AccountId account;
  std::optional<engine::Points> score;
  std::int8_t level = engine::no_level;  // index into the scorecard's levels, which are the same in all of them
  LevelBasis level_basis = LevelBasis::score;
  double coverage = 0;
  std::vector<double> groups;  // as in the common scorecard, by key; not a number where nothing of the group counts
  // As in DefinitionSet::definitions.measures, the book's included.
  std::vector<double> values;  // not a number unless the state is number
  std::vector<engine::ValueState> states;
  std::vector<core::Day> newest_days;
  std::vector<core::Text> reasons;  // strongest first, at most reasons_shown
  // With scorecards that roll up: its place in its family and its own score, as parents need them. Nothing where it is
  // not known (loaded from the mart), or there is no family.
  std::optional<engine::FamilyMember> member;
  // Scores at the ends of the last weeks, oldest first, the last one today's; not a number where there is none.
  std::array<float, sparkline_weeks> weekly{};
  // And the levels that were shown then.
  std::array<std::int8_t, sparkline_weeks> weekly_levels = [] {
    std::array<std::int8_t, sparkline_weeks> levels{};
    levels.fill(engine::no_level);
    return levels;
  }();

  std::optional<double> change() const;  // against change_days ago
};

// The days that are evaluated: `as_of` and every seventh day before it, down to `first`; ascending.
std::vector<core::Day> weekly_days(core::Day first, core::Day as_of);

// Whether a fact of `first_changed` can change the score of a week before the last one.
bool reaches_earlier_weeks(core::Day first_changed, core::Day as_of);

// Only where there is a scorecard.
inline std::size_t own_scorecard(const engine::Assessments& assessments, std::size_t account) {
  return static_cast<std::size_t>(assessments.own_scorecards[account]);
}

// Accounts of the book's that existed on the last of the days, which are weekly.
std::vector<ScoredAccount> scored_accounts(const engine::Book& book, const DefinitionSet& set,
                                           std::span<const engine::Assessments> weeks);

// Adds their places in their families on the day. `links`, ascending by child, hold those of the accounts.
void add_family_members(const engine::Book& book, const engine::Assessments& today,
                        std::span<const engine::FamilyLink> links, std::span<ScoredAccount> accounts);

}  // namespace banso::health
