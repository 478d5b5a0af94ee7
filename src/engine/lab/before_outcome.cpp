#include "before_outcome.hpp"

#include <algorithm>

#include "correlation.hpp"

namespace banso::engine::lab {
namespace {

constexpr int histogram_step_days = 30;
constexpr int histogram_days = 360;  // the last step holds all that is longer
constexpr int days_per_week = 7;

// The last week whose day lies before the outcome; nothing where there is none.
std::optional<std::size_t> last_week_before(const LabPanel& panel, Day outcome) {
  const auto after = std::lower_bound(panel.days().begin(), panel.days().end(), outcome);
  if (after == panel.days().begin()) return std::nullopt;
  return static_cast<std::size_t>(after - panel.days().begin()) - 1;
}

std::optional<Day> first_outcome(const LabPanel& panel, const Outcomes& outcomes, std::size_t account) {
  const auto days = outcomes.days.of(account);
  const auto found = std::upper_bound(days.begin(), days.end(), panel.days().front());
  return found == days.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

BeforeOutcome before_outcome(const LabPanel& panel, const ScoredPanel& scored, const Outcomes& outcomes,
                             FlaggedLevels flagged) {
  BeforeOutcome result;
  if (panel.rows() == 0) return result;
  std::vector<std::vector<double>> scores(weeks_looked_back + 1);
  std::vector<double> early_days;
  std::size_t without_sign = 0;
  for (std::size_t account = 0; account < panel.accounts(); ++account) {
    const auto outcome = first_outcome(panel, outcomes, account);
    const auto last = outcome ? last_week_before(panel, *outcome) : std::nullopt;
    // The panel ends long before the outcome, or the account was not scored up to it.
    if (!last || *outcome - panel.days()[*last] > days_per_week) continue;
    const std::size_t first_row = account * panel.weeks(), last_row = first_row + *last;
    if (scored.levels[last_row] == no_level) continue;
    for (std::size_t back = 0; back <= std::min<std::size_t>(weeks_looked_back, *last); ++back) {
      const auto score = scored.scores[last_row - back];
      if (score >= 0) scores[back].push_back(Points{score}.value());
    }
    std::size_t row = last_row + 1;
    while (row > first_row && flagged.holds(scored.levels[row - 1])) --row;
    if (row > last_row) {
      ++without_sign;
    } else {
      early_days.push_back(*outcome - panel.days()[row - first_row]);
    }
  }
  for (std::size_t back = scores.size(); back-- > 0;) {
    if (scores[back].empty()) continue;
    result.weeks.push_back({static_cast<int>(back), scores[back].size(), *quantile(scores[back], 0.25),
                            *quantile(scores[back], 0.5), *quantile(scores[back], 0.75)});
  }
  const std::size_t all = early_days.size() + without_sign;
  if (all == 0) return result;
  result.never_share = static_cast<double>(without_sign) / static_cast<double>(all);
  result.p25 = quantile(early_days, 0.25);
  result.median = quantile(early_days, 0.5);
  result.p75 = quantile(early_days, 0.75);
  for (int from = 0; from < histogram_days; from += histogram_step_days) {
    result.histogram.push_back({from, from + histogram_step_days, 0});
  }
  for (const auto days : early_days) {
    const auto step = static_cast<std::size_t>(days / histogram_step_days);
    ++result.histogram[std::min(step, result.histogram.size() - 1)].accounts;
  }
  return result;
}

}  // namespace banso::engine::lab
