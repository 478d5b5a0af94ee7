#include "scored.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/explanation.hpp"

namespace banso::health {
namespace {

constexpr float no_score = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t weeks_of_change = change_days / 7;
static_assert(change_days % 7 == 0 && weeks_of_change < sparkline_weeks);

std::array<float, sparkline_weeks> sparkline(std::span<const engine::Assessments> weeks, std::size_t account) {
  std::array<float, sparkline_weeks> line;
  line.fill(no_score);
  const std::size_t kept = std::min(sparkline_weeks, weeks.size());
  for (std::size_t i = 0; i < kept; ++i) {
    const auto& week = weeks[weeks.size() - kept + i];
    const std::size_t scorecard = own_scorecard(week, account);
    if (!week.has_score(scorecard, account)) continue;
    line[sparkline_weeks - kept + i] = static_cast<float>(week.scorecards[scorecard].scores[account].value());
  }
  return line;
}

std::array<std::int8_t, sparkline_weeks> levels_of(std::span<const engine::Assessments> weeks, std::size_t account) {
  std::array<std::int8_t, sparkline_weeks> levels;
  levels.fill(engine::no_level);
  const std::size_t kept = std::min(sparkline_weeks, weeks.size());
  for (std::size_t i = 0; i < kept; ++i) {
    const auto& week = weeks[weeks.size() - kept + i];
    levels[sparkline_weeks - kept + i] = week.scorecards[own_scorecard(week, account)].levels[account];
  }
  return levels;
}

void take_score(const engine::Book& book, const DefinitionSet& set, const GroupPositions& positions,
                const engine::Assessments& today, std::size_t account, ScoredAccount& scored) {
  const std::size_t index = own_scorecard(today, account);
  const auto& column = today.scorecards[index];
  scored.level = column.levels[account];
  scored.coverage = column.coverage[account];
  scored.level_basis = level_basis(column, account);
  scored.groups = positions.scores(today, account);
  if (!today.has_score(index, account)) return;
  scored.score = column.scores[account];
  scored.reasons = engine::explain(book, set.definitions, today, index, account).strongest;
  if (scored.reasons.size() > reasons_shown) scored.reasons.resize(reasons_shown);
}

}  // namespace

std::string_view key_of(LevelBasis basis) {
  static constexpr std::string_view words[] = {"score", "forced", "manual"};
  return words[static_cast<std::size_t>(basis)];
}

LevelBasis level_basis(const engine::ScorecardColumn& column, std::size_t account) {
  if (column.overridden[account]) return LevelBasis::manual;
  return column.forced_by[account] == engine::no_rule ? LevelBasis::score : LevelBasis::forced;
}

GroupPositions::GroupPositions(const DefinitionSet& set) {
  const auto common = set.groups();
  for (const auto& scorecard : set.definitions.scorecards) {
    const auto flat = engine::flatten(scorecard);
    auto& positions = positions_.emplace_back();
    for (const auto* group : common) {
      const auto found = std::find_if(flat.groups.begin(), flat.groups.end(),
                                      [&](const auto& each) { return each.definition->key == group->key; });
      positions.push_back(found == flat.groups.end()
                              ? std::nullopt
                              : std::optional(static_cast<std::size_t>(found - flat.groups.begin())));
    }
  }
}

std::vector<double> GroupPositions::scores(const engine::Assessments& assessments, std::size_t account) const {
  std::vector<double> scores;
  const std::size_t scorecard = own_scorecard(assessments, account);
  const auto& column = assessments.scorecards[scorecard];
  for (const auto& position : positions_[scorecard]) {
    const bool is_present = position && column.groups[*position].present[account];
    scores.push_back(is_present ? column.groups[*position].scores[account].value() : std::nan(""));
  }
  return scores;
}

std::optional<double> ScoredAccount::change() const {
  const float then = weekly[sparkline_weeks - 1 - weeks_of_change], now = weekly[sparkline_weeks - 1];
  if (std::isnan(then) || std::isnan(now)) return std::nullopt;
  return static_cast<double>(now) - static_cast<double>(then);
}

std::vector<core::Day> weekly_days(core::Day first, core::Day as_of) {
  std::vector<core::Day> days;
  const int weeks = as_of > first ? (as_of - first) / 7 : 0;
  for (int week = weeks; week >= 0; --week) days.push_back(as_of - 7 * week);
  return days;
}

bool reaches_earlier_weeks(core::Day first_changed, core::Day as_of) {
  return first_changed <= as_of - 7;
}

void add_family_members(const engine::Book& book, const engine::Assessments& today,
                        std::span<const engine::FamilyLink> links, std::span<ScoredAccount> accounts) {
  auto families = engine::collect_families(book, std::span(&today, 1), links);
  families.settle();
  for (auto& scored : accounts) {
    if (const auto* member = families.on(today.as_of)->find(scored.account)) scored.member = *member;
  }
}

std::vector<ScoredAccount> scored_accounts(const engine::Book& book, const DefinitionSet& set,
                                           std::span<const engine::Assessments> weeks) {
  std::vector<ScoredAccount> all;
  const auto& today = weeks.back();
  const GroupPositions positions(set);
  for (std::size_t account = 0; account < book.size(); ++account) {
    if (book.known_from()[account] > today.as_of) continue;
    ScoredAccount scored;
    scored.account = book.account_ids()[account];
    scored.weekly.fill(no_score);
    for (const auto& measure : today.measures) {
      const bool is_number = engine::is_number(measure.states[account]);
      scored.values.push_back(is_number ? measure.values[account] : std::nan(""));
      scored.states.push_back(measure.states[account]);
      scored.newest_days.push_back(measure.newest_days[account]);
    }
    if (set.scorecard()) {
      take_score(book, set, positions, today, account, scored);
      scored.weekly = sparkline(weeks, account);
      scored.weekly_levels = levels_of(weeks, account);
    }
    all.push_back(std::move(scored));
  }
  return all;
}

}  // namespace banso::health
