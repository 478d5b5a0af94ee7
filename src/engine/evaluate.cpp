#include "evaluate.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <stdexcept>

#include "account_evaluator.hpp"
#include "plan.hpp"
#include "roll_up.hpp"
#include "scoring.hpp"

namespace banso::engine {

namespace {

// Large enough that scratch memory is made rarely, small enough to share evenly among threads.
constexpr std::size_t accounts_per_block = 64;

Assessments empty_assessments(const Book& book, const Definitions& definitions, Day as_of) {
  Assessments result;
  result.as_of = as_of;
  result.definitions_version = definitions.version;
  result.account_ids.assign(book.account_ids().begin(), book.account_ids().end());
  result.measures.resize(definitions.measures.size());
  for (std::size_t measure = 0; measure < result.measures.size(); ++measure) {
    auto& column = result.measures[measure];
    column.values.resize(book.size());
    column.states.resize(book.size());
    column.newest_days.resize(book.size());
    if (!definitions.measures[measure].is_percentile()) continue;
    column.underlying.assign(book.size(), std::numeric_limits<double>::quiet_NaN());
    column.peers.resize(book.size());
  }
  result.own_scorecards.assign(book.size(), no_scorecard);
  for (const auto& scorecard : definitions.scorecards) {
    result.scorecards.push_back(empty_column(scorecard, book.size()));
  }
  return result;
}

}  // namespace

ParallelFor serial() {
  return [](std::size_t count, const std::function<void(std::size_t)>& body) {
    for (std::size_t i = 0; i < count; ++i) body(i);
  };
}

std::vector<Assessments> evaluate_history(const Book& book, const Definitions& definitions, std::span<const Day> days,
                                          const ParallelFor& parallel_for, const WholeBook& whole) {
  if (!std::is_sorted(days.begin(), days.end())) throw std::invalid_argument("days of evaluation must ascend");
  if (const auto checked = validate(definitions); !checked) throw std::invalid_argument(checked.error().message.en);
  std::vector<Assessments> results;
  results.reserve(days.size());
  for (const auto day : days) results.push_back(empty_assessments(book, definitions, day));
  if (days.empty() || book.size() == 0) return results;

  const PeerDistributions no_peers_known;
  const auto& peers = whole.peers ? *whole.peers : no_peers_known;
  const Plan plan = make_plan(book, definitions, peers);
  const DayIndex index(days);
  const std::size_t blocks = (book.size() + accounts_per_block - 1) / accounts_per_block;
  parallel_for(blocks, [&](std::size_t block) {
    AccountEvaluator evaluator(book, plan, days, index, peers);
    const std::size_t end = std::min(book.size(), (block + 1) * accounts_per_block);
    for (std::size_t account = block * accounts_per_block; account < end; ++account) evaluator.run(account, results);
  });
  if (definitions.rolls_up()) roll_up(plan, whole.families.get(), results);
  return results;
}

Assessments evaluate(const Book& book, const Definitions& definitions, Day as_of, const ParallelFor& parallel_for,
                     const WholeBook& whole) {
  return std::move(evaluate_history(book, definitions, std::span(&as_of, 1), parallel_for, whole).front());
}

std::size_t item_index(const Scorecard& scorecard, std::size_t group, std::size_t item_in_group) {
  return flatten(scorecard).groups.at(group).first_item + item_in_group;
}

DayRange fact_days(const MeasureDefinition& measure, Day as_of) {
  if (!is_windowed(measure.source, measure.aggregate) || measure.window_days == 0) return {no_day, as_of};
  return {as_of - measure.window_days + 1, as_of};
}

}  // namespace banso::engine
