#include "suggestion.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "correlation.hpp"
#include "regression.hpp"

namespace banso::engine::lab {
namespace {

constexpr std::size_t fold_count = 4;  // of test weeks; the weeks before the first train it
constexpr std::size_t most_examples = 60'000;
constexpr std::size_t inner_fold_count = 3;  // within the weeks that teach, to choose the penalty
constexpr std::size_t most_inner_examples = 15'000;
constexpr double penalties[] = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3};
constexpr double usual_penalty = 0.01;  // where there is too little to choose by
constexpr double as_good_as = 0.002;    // areas that differ by less do not choose
// Which weeks teach and which test.
struct Fold {
  std::size_t train_end = 0;  // weeks [0, train_end) teach: their lead time had passed when the test begins
  std::size_t test_begin = 0, test_end = 0;
};

// The weeks whose lead time has passed.
std::size_t judged_weeks(const LabPanel& panel, const JudgedOutcome& outcome) {
  return static_cast<std::size_t>(
      std::upper_bound(panel.days().begin(), panel.days().end(), outcome.outcomes.known_on - outcome.lead_days) -
      panel.days().begin());
}

// The weeks [0, end) cut into count + 1 parts: each but the first tests what was learned before it.
std::vector<Fold> folds_of(const LabPanel& panel, const JudgedOutcome& outcome, std::size_t end, std::size_t count) {
  std::vector<Fold> folds;
  for (std::size_t i = 1; i <= count; ++i) {
    Fold fold;
    fold.test_begin = end * i / (count + 1);
    fold.test_end = end * (i + 1) / (count + 1);
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

  std::size_t positives() const {
    return static_cast<std::size_t>(std::count(is_positive.begin(), is_positive.end(), 1));
  }
};

// All rows with the outcome and every so many without would distort the rate but not the slopes; simply every so many
// accounts keeps both.
Examples examples_of(const LabPanel& panel, const ScoredPanel& scored, const JudgedOutcome& outcome,
                     std::size_t weeks_begin, std::size_t weeks_end, std::size_t most) {
  Examples examples;
  const std::size_t items = scored.items.size();
  const std::size_t stride = panel.accounts() * (weeks_end - weeks_begin) / most + 1;
  std::vector<float> features(items);
  for (std::size_t account = 0; account < panel.accounts(); ++account) {
    bool has_outcome = false;
    for (std::size_t week = weeks_begin + account % stride; week < weeks_end; week += stride) {
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

// How well the model ranks examples that it has not seen; nothing where they are all alike.
std::optional<double> area_of(const LogisticModel& model, const Examples& examples) {
  const std::size_t positives = examples.positives(), count = examples.is_positive.size();
  if (positives == 0 || positives == count) return std::nullopt;
  std::vector<double> odds(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t feature = 0; feature < model.coefficients.size(); ++feature) {
      odds[i] +=
          model.coefficients[feature] * static_cast<double>(examples.features[i * model.coefficients.size() + feature]);
    }
  }
  const auto ranks = mid_ranks(odds);
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += examples.is_positive[i] != 0 ? ranks[i] : 0;
  const auto with = static_cast<double>(positives);
  return (sum - with * (with + 1) / 2) / (with * static_cast<double>(count - positives));
}

// The strongest penalty that does about as well as the best on later weeks than those it was learned from.
double choose_penalty(const LabPanel& panel, const ScoredPanel& scored, const JudgedOutcome& outcome,
                      std::size_t weeks_end, const ParallelFor& parallel_for) {
  struct Inner {
    Examples train, test;
  };
  std::vector<Inner> inner;
  for (const auto& fold : folds_of(panel, outcome, weeks_end, inner_fold_count)) {
    Inner each{examples_of(panel, scored, outcome, 0, fold.train_end, most_inner_examples),
               examples_of(panel, scored, outcome, fold.test_begin, fold.test_end, most_inner_examples)};
    const bool can_test = each.test.positives() > 0 && each.test.positives() < each.test.is_positive.size();
    if (each.train.accounts_with >= too_few_outcome_accounts && can_test) inner.push_back(std::move(each));
  }
  if (inner.empty()) return usual_penalty;
  std::vector<double> areas(std::size(penalties) * inner.size());
  parallel_for(areas.size(), [&](std::size_t i) {
    const auto& [train, test] = inner[i % inner.size()];
    const auto model =
        fit_logistic(train.features, scored.items.size(), train.is_positive, penalties[i / inner.size()]);
    areas[i] = *area_of(model, test);
  });
  std::vector<double> means;
  for (std::size_t i = 0; i < std::size(penalties); ++i) {
    const auto begin = areas.begin() + static_cast<std::ptrdiff_t>(i * inner.size());
    means.push_back(std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(inner.size()), 0.0) /
                    static_cast<double>(inner.size()));
  }
  const double best = *std::max_element(means.begin(), means.end());
  std::size_t chosen = std::size(penalties) - 1;
  while (means[chosen] < best - as_good_as) --chosen;
  return penalties[chosen];
}

struct Learned {
  std::vector<double> shares;  // of the score
  double penalty = 0;
};

// Nothing where there is too little to learn from, or nothing helps.
std::optional<Learned> learn(const LabPanel& panel, const ScoredPanel& scored, const JudgedOutcome& outcome,
                             std::size_t weeks_end, const ParallelFor& parallel_for) {
  const auto examples = examples_of(panel, scored, outcome, 0, weeks_end, most_examples);
  if (examples.accounts_with < too_few_outcome_accounts) return std::nullopt;
  Learned learned{{}, choose_penalty(panel, scored, outcome, weeks_end, parallel_for)};
  const auto model = fit_logistic(examples.features, scored.items.size(), examples.is_positive, learned.penalty);
  const double sum = std::accumulate(model.coefficients.begin(), model.coefficients.end(), 0.0);
  if (sum <= 0) return std::nullopt;
  for (const auto coefficient : model.coefficients) learned.shares.push_back(coefficient / sum);
  return learned;
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

std::vector<std::optional<double>> missed_if_dropped(Rescorer& rescorer, const ScoredPanel& scored,
                                                     const JudgedOutcome& outcome, std::size_t all_with,
                                                     const ParallelFor& parallel_for) {
  const auto& panel = rescorer.panel();
  std::vector<std::optional<double>> missed(scored.items.size());
  const auto whole = trusted(auc_of(panel, scored.scores, outcome, outcome.predicts(), parallel_for), all_with);
  const auto shares = nominal_shares(scored.card());
  for (std::size_t item = 0; whole && item < missed.size(); ++item) {
    if (shares[item] <= 0) {
      missed[item] = 0;
      continue;
    }
    if (shares[item] >= 1) continue;  // nothing would be left
    auto definitions = std::make_shared<Definitions>(*scored.definitions);
    definitions->scorecards[scored.scorecard] = without_item(scored.card(), item);
    const auto rescored = rescorer.score(std::move(definitions), scored.scorecard, parallel_for);
    const auto rest = auc_of(panel, rescored.scores, outcome, outcome.predicts(), parallel_for);
    if (rest) missed[item] = whole->value - rest->value;
  }
  return missed;
}

}  // namespace

Suggestion suggest_weights(Rescorer& rescorer, const ScoredPanel& scored, const JudgedOutcome& outcome,
                           std::optional<std::size_t> baseline_measure, const ParallelFor& parallel_for) {
  const auto& panel = rescorer.panel();
  Suggestion suggestion;
  suggestion.scorecard = scored.card();
  suggestion.shares_now = nominal_shares(scored.card());
  const std::size_t all_with = accounts_with(panel, scored.scores, outcome);
  suggestion.warnings = sample_warnings(panel, all_with, outcome.lead_days);
  suggestion.missed_if_dropped = missed_if_dropped(rescorer, scored, outcome, all_with, parallel_for);
  const auto learned_now = learn(panel, scored, outcome, panel.weeks(), parallel_for);
  suggestion.shares_suggested = learned_now ? learned_now->shares : suggestion.shares_now;
  if (!learned_now) return suggestion;
  suggestion.scorecard = with_shares(suggestion.scorecard, learned_now->shares);
  suggestion.penalty = learned_now->penalty;

  const auto baseline =
      baseline_measure ? baseline_rows(panel, *baseline_measure, parallel_for) : std::vector<std::int32_t>();
  const auto silence_predicts = outcome.is_good ? Predicts::low : Predicts::high;
  std::vector<std::int32_t> tested_now(panel.rows(), no_points), tested_suggested(panel.rows(), no_points),
      tested_baseline(baseline.size(), no_points);
  for (const auto& fold : folds_of(panel, outcome, judged_weeks(panel, outcome), fold_count)) {
    const auto learned = learn(panel, scored, outcome, fold.train_end, parallel_for);
    if (!learned) continue;
    auto definitions = std::make_shared<Definitions>(*scored.definitions);
    definitions->scorecards[scored.scorecard] = with_shares(scored.card(), learned->shares);
    const auto rescored = rescorer.score(definitions, scored.scorecard, parallel_for);
    SuggestionFold result;
    result.penalty = learned->penalty;
    result.accounts_with =
        accounts_with(panel, only_weeks(panel, scored.scores, fold.test_begin, fold.test_end), outcome);
    const auto of_fold = [&](std::span<const std::int32_t> values, std::vector<std::int32_t>& tested,
                             Predicts predicts) {
      const auto kept = only_weeks(panel, values, fold.test_begin, fold.test_end);
      for (std::size_t row = 0; row < kept.size(); ++row) {
        if (kept[row] >= 0) tested[row] = kept[row];
      }
      return trusted(auc_of(panel, kept, outcome, predicts, parallel_for), result.accounts_with);
    };
    result.train_to = panel.days()[fold.train_end - 1] + outcome.lead_days;
    result.test_from = panel.days()[fold.test_begin];
    result.test_to = panel.days()[fold.test_end - 1];
    result.auc_now = of_fold(scored.scores, tested_now, outcome.predicts());
    result.auc_suggested = of_fold(rescored.scores, tested_suggested, outcome.predicts());
    if (!baseline.empty()) result.auc_baseline = of_fold(baseline, tested_baseline, silence_predicts);
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
