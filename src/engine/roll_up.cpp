#include "roll_up.hpp"

#include "scoring.hpp"

namespace banso::engine {

namespace {

// The items share out what the account's own score contributes, in proportion to what they contributed to it.
void scale_items(ScorecardColumn& column, std::size_t account, const RolledUp& rolled) {
  const std::int64_t own_score = column.own_scores[account].ten_thousandths;
  std::int64_t running = 0;
  Points written;
  for (auto& item : column.items) {
    item.effective_weights[account] *= static_cast<float>(rolled.own_share);
    if (own_score == 0) continue;
    running += item.contributions[account].ten_thousandths;
    const Points up_to_here{static_cast<std::int32_t>(running * rolled.own.ten_thousandths / own_score)};
    item.contributions[account] = up_to_here - written;
    written = up_to_here;
  }
}

void write_level(const ScorecardPlan& plan, ScorecardColumn& column, std::size_t account) {
  auto level = level_of(*plan.definition, column.scores[account]);
  column.forced_by[account] = no_rule;
  for (std::size_t rule = 0; rule < plan.forced.size(); ++rule) {
    const auto& item = column.items[plan.forced[rule].item];
    const auto lowered = level_under(plan.forced[rule], item.uses[account], item.points[account], level);
    if (lowered == level) continue;
    level = lowered;
    column.forced_by[account] = static_cast<std::int8_t>(rule);
  }
  column.machine_levels[account] = level;
  if (!column.overridden[account]) column.levels[account] = level;
}

void write(const ScorecardPlan& plan, ScorecardColumn& column, std::size_t account, RolledUp rolled) {
  scale_items(column, account, rolled);
  column.scores[account] = rolled.score;
  column.from_children[account] = rolled.score - rolled.own;
  column.children[account] = std::move(rolled.children);
  write_level(plan, column, account);
}

}  // namespace

void roll_up(const Plan& plan, const FamilyScores* families, std::span<Assessments> results) {
  for (auto& day : results) {
    for (auto& column : day.scorecards) {
      if (column.own_scores.empty()) continue;
      column.own_scores = column.scores;
      column.own_levels = column.machine_levels;
    }
    const auto* family = families == nullptr ? nullptr : families->on(day.as_of);
    if (family == nullptr) continue;
    for (std::size_t account = 0; account < day.account_ids.size(); ++account) {
      if (day.own_scorecards[account] == no_scorecard) continue;
      const auto scorecard = static_cast<std::size_t>(day.own_scorecards[account]);
      auto& column = day.scorecards[scorecard];
      if (column.own_scores.empty()) continue;
      // Who is not in the families was not known on the day.
      if (family->find(day.account_ids[account]) == nullptr) continue;
      if (auto rolled = family->roll_up(day.account_ids[account])) {
        write(plan.scorecards[scorecard], column, account, *std::move(rolled));
      }
    }
  }
}

}  // namespace banso::engine
