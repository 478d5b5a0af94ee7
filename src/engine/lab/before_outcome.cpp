#include "before_outcome.hpp"

#include <algorithm>

#include "quantile.hpp"

namespace banso::engine::lab {
namespace {

constexpr int histogram_step_days = 30;
constexpr int histogram_days = 360;  // the last step holds all that is longer
constexpr int days_per_week = 7;
constexpr std::size_t slices = 16;

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

// What some accounts with the outcome showed before it.
struct Looked {
  std::vector<std::vector<double>> scores = std::vector<std::vector<double>>(weeks_looked_back + 1);  // by weeks before
  std::vector<double> early_days;
  std::size_t without_sign = 0;

  void add(const Looked& other) {
    for (std::size_t back = 0; back < scores.size(); ++back) {
      scores[back].insert(scores[back].end(), other.scores[back].begin(), other.scores[back].end());
    }
    early_days.insert(early_days.end(), other.early_days.begin(), other.early_days.end());
    without_sign += other.without_sign;
  }
};

void look_at(const LabPanel& panel, const ScoredPanel& scored, const Outcomes& outcomes, FlaggedLevels flagged,
             std::size_t account, Looked& looked) {
  const auto outcome = first_outcome(panel, outcomes, account);
  const auto last = outcome ? last_week_before(panel, *outcome) : std::nullopt;
  // The panel ends long before the outcome, or the account was not scored up to it.
  if (!last || *outcome - panel.days()[*last] > days_per_week) return;
  const std::size_t first_row = account * panel.weeks(), last_row = first_row + *last;
  if (scored.levels[last_row] == no_level) return;
  for (std::size_t back = 0; back <= std::min<std::size_t>(weeks_looked_back, *last); ++back) {
    const auto score = scored.scores[last_row - back];
    if (score >= 0) looked.scores[back].push_back(Points{score}.value());
  }
  std::size_t row = last_row + 1;
  while (row > first_row && flagged.holds(scored.levels[row - 1])) --row;
  if (row > last_row) {
    ++looked.without_sign;
  } else {
    looked.early_days.push_back(*outcome - panel.days()[row - first_row]);
  }
}

}  // namespace

BeforeOutcome before_outcome(const LabPanel& panel, const ScoredPanel& scored, const Outcomes& outcomes,
                             FlaggedLevels flagged, const ParallelFor& parallel_for) {
  BeforeOutcome result;
  if (panel.rows() == 0) return result;
  std::vector<Looked> parts(slices);
  parallel_for(slices, [&](std::size_t slice) {
    const std::size_t end = panel.accounts() * (slice + 1) / slices;
    for (std::size_t account = panel.accounts() * slice / slices; account < end; ++account) {
      look_at(panel, scored, outcomes, flagged, account, parts[slice]);
    }
  });
  Looked all;
  for (const auto& part : parts) all.add(part);

  constexpr double quartiles[] = {0.25, 0.5, 0.75};
  std::vector<std::vector<double>> of_weeks(all.scores.size());
  parallel_for(of_weeks.size(), [&](std::size_t back) {
    if (!all.scores[back].empty()) of_weeks[back] = quantiles(all.scores[back], quartiles);
  });
  for (std::size_t back = of_weeks.size(); back-- > 0;) {
    const auto& of_week = of_weeks[back];
    if (of_week.empty()) continue;
    result.weeks.push_back({static_cast<int>(back), all.scores[back].size(), of_week[0], of_week[1], of_week[2]});
  }
  const std::size_t accounts = all.early_days.size() + all.without_sign;
  if (accounts == 0) return result;
  result.never_share = static_cast<double>(all.without_sign) / static_cast<double>(accounts);
  if (!all.early_days.empty()) {
    const auto days = quantiles(all.early_days, quartiles);
    result.p25 = days[0];
    result.median = days[1];
    result.p75 = days[2];
  }
  for (int from = 0; from < histogram_days; from += histogram_step_days) {
    result.histogram.push_back({from, from + histogram_step_days, 0});
  }
  for (const auto days : all.early_days) {
    const auto step = static_cast<std::size_t>(days / histogram_step_days);
    ++result.histogram[std::min(step, result.histogram.size() - 1)].accounts;
  }
  return result;
}

}  // namespace banso::engine::lab
