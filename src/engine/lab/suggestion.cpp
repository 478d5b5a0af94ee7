#include "suggestion.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "regression.hpp"

namespace banso::engine::lab {
namespace {

constexpr std::size_t fold_count = 4;  // of test weeks; the weeks before the first train it
constexpr std::size_t most_examples = 60'000;
constexpr double penalty = 0.01;
constexpr double weights_total = 100;
constexpr int decimals = 10;  // weights are given in tenths

double tenths(double weight) {
  return std::round(weight * decimals) / decimals;
}

// Which weeks teach and which test.
struct Fold {
  std::size_t train_end = 0;  // weeks [0, train_end) teach: their lead time had passed when the test begins
  std::size_t test_begin = 0, test_end = 0;
};

std::vector<Fold> folds_of(const LabPanel& panel, const JudgedOutcome& outcome) {
  const auto judged_end = static_cast<std::size_t>(
      std::upper_bound(panel.days().begin(), panel.days().end(), outcome.outcomes.known_on - outcome.lead_days) -
      panel.days().begin());
  std::vector<Fold> folds;
  for (std::size_t i = 1; i <= fold_count; ++i) {
    Fold fold;
    fold.test_begin = judged_end * i / (fold_count + 1);
    fold.test_end = judged_end * (i + 1) / (fold_count + 1);
    if (fold.test_begin >= fold.test_end) continue;
    const Day begin = panel.days()[fold.test_begin];
    while (fold.train_end < fold.test_begin && panel.days()[fold.train_end] + outcome.lead_days <= begin) {
      ++fold.train_end;
    }
    if (fold.train_end > 0) folds.push_back(fold);
  }
  return folds;
}

struct Examples {
  std::vector<float> features;  // how far the points are from the end that is safe, 0..1
  std::vector<std::uint8_t> is_positive;
  std::size_t accounts_with = 0;
};

// All rows with the outcome and every so many without would distort the rate but not the slopes; simply every so many
// accounts keeps both.
Examples examples_of(const LabPanel& panel, const ScoredPanel& scored, const JudgedOutcome& outcome,
                     std::size_t weeks_end) {
  Examples examples;
  const std::size_t items = scored.items.size();
  const std::size_t stride = panel.accounts() * weeks_end / most_examples + 1;
  std::vector<float> features(items);
  for (std::size_t account = 0; account < panel.accounts(); ++account) {
    bool has_outcome = false;
    for (std::size_t week = account % stride; week < weeks_end; week += stride) {
      const std::size_t row = account * panel.weeks() + week;
      const auto label = (*outcome.labels)[row];
      if (label == Label::no_part || scored.scores[row] < 0) continue;
      double sum = 0;
      std::size_t counting = 0;
      for (const auto& item : scored.items) {
        if (item->points[row] < 0) continue;
        sum += item->points[row];
        ++counting;
      }
      const double mean = counting > 0 ? sum / static_cast<double>(counting) : 0;
      for (std::size_t i = 0; i < items; ++i) {
        const double points = scored.items[i]->points[row] < 0 ? mean : scored.items[i]->points[row];
        const double share = points / most_points;
        features[i] = static_cast<float>(outcome.is_good ? share : 1 - share);
      }
      examples.features.insert(examples.features.end(), features.begin(), features.end());
      examples.is_positive.push_back(label == Label::with);
      has_outcome = has_outcome || label == Label::with;
    }
    examples.accounts_with += has_outcome;
  }
  return examples;
}

// Shares of the score; nothing where there is too little to learn from, or nothing helps.
std::optional<std::vector<double>> learn(const LabPanel& panel, const ScoredPanel& scored, const JudgedOutcome& outcome,
                                         std::size_t weeks_end) {
  const auto examples = examples_of(panel, scored, outcome, weeks_end);
  if (examples.accounts_with < too_few_outcome_accounts) return std::nullopt;
  const auto model = fit_logistic(examples.features, scored.items.size(), examples.is_positive, penalty);
  const double sum = std::accumulate(model.coefficients.begin(), model.coefficients.end(), 0.0);
  if (sum <= 0) return std::nullopt;
  std::vector<double> shares;
  for (const auto coefficient : model.coefficients) shares.push_back(coefficient / sum);
  return shares;
}

// Rows outside the weeks take no part.
std::vector<std::int32_t> only_weeks(const LabPanel& panel, std::span<const std::int32_t> values, std::size_t begin,
                                     std::size_t end) {
  std::vector<std::int32_t> kept(values.begin(), values.end());
  for (std::size_t row = 0; row < kept.size(); ++row) {
    const std::size_t week = row % panel.weeks();
    if (week < begin || week >= end) kept[row] = no_points;
  }
  return kept;
}

std::optional<Interval> auc_of(const LabPanel& panel, std::span<const std::int32_t> values,
                               const JudgedOutcome& outcome, Predicts predicts, const ParallelFor& parallel_for) {
  const RankedRows rows{panel.weeks(), values, *outcome.labels};
  return clustered_auc(rows, count_values(rows, parallel_for), predicts, parallel_for);
}

std::size_t accounts_with(const LabPanel& panel, std::span<const std::int32_t> values, const JudgedOutcome& outcome) {
  std::size_t count = 0;
  for (std::size_t account = 0; account < panel.accounts(); ++account) {
    for (std::size_t row = account * panel.weeks(); row < (account + 1) * panel.weeks(); ++row) {
      if (values[row] < 0 || (*outcome.labels)[row] != Label::with) continue;
      ++count;
      break;
    }
  }
  return count;
}

double nominal_weight(const ScorecardGroup& group) {
  double sum = 0;
  for (const auto& item : group.items) sum += item.weight;
  for (const auto& inner : group.groups) sum += nominal_weight(inner) > 0 ? inner.weight : 0;
  return sum;
}

void add_shares(const ScorecardGroup& group, double share, std::vector<double>& shares) {
  const double sum = nominal_weight(group);
  for (const auto& item : group.items) shares.push_back(sum > 0 ? share * item.weight / sum : 0);
  for (const auto& inner : group.groups) {
    add_shares(inner, sum > 0 && nominal_weight(inner) > 0 ? share * inner.weight / sum : 0, shares);
  }
}

// Weights are the shares themselves: then each group's is the sum of what is in it. Returns that sum.
double set_weights(ScorecardGroup& group, std::span<const double> shares, std::size_t& next) {
  double sum = 0;
  for (auto& item : group.items) sum += item.weight = tenths(weights_total * shares[next++]);
  for (auto& inner : group.groups) sum += set_weights(inner, shares, next);
  return group.weight = tenths(sum);
}

}  // namespace

std::vector<double> nominal_shares(const Scorecard& scorecard) {
  ScorecardGroup root;
  root.groups = scorecard.groups;
  std::vector<double> shares;
  add_shares(root, 1, shares);
  return shares;
}

Scorecard with_shares(Scorecard scorecard, std::span<const double> shares) {
  std::size_t next = 0;
  for (auto& group : scorecard.groups) set_weights(group, shares, next);
  return scorecard;
}

Suggestion suggest_weights(Rescorer& rescorer, const ScoredPanel& scored, const JudgedOutcome& outcome,
                           std::optional<std::size_t> baseline_measure, const ParallelFor& parallel_for) {
  const auto& panel = rescorer.panel();
  Suggestion suggestion;
  suggestion.scorecard = scored.card();
  suggestion.shares_now = nominal_shares(scored.card());
  const std::size_t all_with = accounts_with(panel, scored.scores, outcome);
  suggestion.warnings = sample_warnings(panel, all_with, outcome.lead_days);
  const auto shares = learn(panel, scored, outcome, panel.weeks());
  suggestion.shares_suggested = shares.value_or(suggestion.shares_now);
  if (shares) suggestion.scorecard = with_shares(suggestion.scorecard, *shares);
  if (!shares) return suggestion;

  const auto baseline =
      baseline_measure ? baseline_rows(panel, *baseline_measure, parallel_for) : std::vector<std::int32_t>();
  const auto silence_predicts = outcome.is_good ? Predicts::low : Predicts::high;
  std::vector<std::int32_t> tested_now(panel.rows(), no_points), tested_suggested(panel.rows(), no_points),
      tested_baseline(baseline.size(), no_points);
  for (const auto& fold : folds_of(panel, outcome)) {
    const auto learned = learn(panel, scored, outcome, fold.train_end);
    if (!learned) continue;
    auto definitions = std::make_shared<Definitions>(*scored.definitions);
    definitions->scorecards[scored.scorecard] = with_shares(scored.card(), *learned);
    const auto rescored = rescorer.score(definitions, scored.scorecard, parallel_for);
    const auto of_fold = [&](std::span<const std::int32_t> values, std::vector<std::int32_t>& tested,
                             Predicts predicts) {
      const auto kept = only_weeks(panel, values, fold.test_begin, fold.test_end);
      for (std::size_t row = 0; row < kept.size(); ++row) {
        if (kept[row] >= 0) tested[row] = kept[row];
      }
      const auto auc = auc_of(panel, kept, outcome, predicts, parallel_for);
      return auc ? std::optional(auc->value) : std::nullopt;
    };
    SuggestionFold result;
    result.train_to = panel.days()[fold.train_end - 1] + outcome.lead_days;
    result.test_from = panel.days()[fold.test_begin];
    result.test_to = panel.days()[fold.test_end - 1];
    result.auc_now = of_fold(scored.scores, tested_now, outcome.predicts());
    result.auc_suggested = of_fold(rescored.scores, tested_suggested, outcome.predicts());
    if (!baseline.empty()) result.auc_baseline = of_fold(baseline, tested_baseline, silence_predicts);
    result.accounts_with =
        accounts_with(panel, only_weeks(panel, scored.scores, fold.test_begin, fold.test_end), outcome);
    suggestion.folds.push_back(result);
  }
  suggestion.auc_now = trusted(auc_of(panel, tested_now, outcome, outcome.predicts(), parallel_for), all_with);
  suggestion.auc_suggested =
      trusted(auc_of(panel, tested_suggested, outcome, outcome.predicts(), parallel_for), all_with);
  if (!baseline.empty()) {
    suggestion.auc_baseline =
        trusted(auc_of(panel, tested_baseline, outcome, silence_predicts, parallel_for), all_with);
  }
  if (suggestion.folds.empty()) {
    suggestion.warnings.push_back({"short_history",
                                   {"There is too little history to test the suggestion on later weeks.",
                                    "提案を後の期間で検証できるだけの履歴がありません。"}});
  }
  return suggestion;
}

}  // namespace banso::engine::lab
