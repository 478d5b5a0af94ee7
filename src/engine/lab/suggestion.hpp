// Weights learned from what happened, judged only on weeks that the learning had not seen.
#pragma once

#include <vector>

#include "judgement.hpp"
#include "weights.hpp"

namespace banso::engine::lab {

struct SuggestionFold {
  Day train_to;  // the last day whose outcome was known by then
  Day test_from, test_to;
  std::size_t accounts_with = 0;  // among the test weeks
  double penalty = 0;             // that the weights were learned with
  std::optional<Interval> auc_now, auc_suggested, auc_baseline;
};

struct Suggestion {
  Scorecard scorecard;             // as tried, with the suggested weights
  std::vector<double> shares_now;  // per item, of the whole score; they add up to 1
  std::vector<double> shares_suggested;
  double penalty = 0;
  // Per item: what the area under the curve of the scorecard as it stands loses without it, its weight going to the
  // others; negative where it is better without. Nothing where no other has weight, or too few accounts the outcome.
  std::vector<std::optional<double>> missed_if_dropped;
  std::vector<SuggestionFold> folds;
  // Over the test weeks of all folds, each under the weights learned before them.
  std::optional<Interval> auc_now, auc_suggested, auc_baseline;
  std::vector<Warning> warnings;
};

// Logistic regression of the outcome on the items' points, L2-regularised, no weight below zero. How strongly is chosen
// on later weeks than those learned from, within the weeks that may be learned from. An item that does not
// count in a row is given the mean of those that do, as the score gives their weight to the others. Where too few
// accounts have the outcome, the weights stay as they are.
Suggestion suggest_weights(Rescorer& rescorer, const ScoredPanel& scored, const JudgedOutcome& outcome,
                           std::optional<std::size_t> baseline_measure, const ParallelFor& parallel_for = serial());

}  // namespace banso::engine::lab
