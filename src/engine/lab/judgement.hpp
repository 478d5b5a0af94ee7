// How well a scorecard would have told what then happened.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "before_outcome.hpp"
#include "core/text.hpp"
#include "outcomes.hpp"
#include "power.hpp"
#include "ranking.hpp"
#include "rescore.hpp"
#include "tally.hpp"

namespace banso::engine::lab {

// Below these, a figure says little; below the lower one, none is given.
inline constexpr std::size_t few_outcome_accounts = 30;
inline constexpr std::size_t too_few_outcome_accounts = 5;

struct Warning {
  std::string code;  // few_outcomes, no_outcomes, short_history, one_segment_only, no_roll_up
  core::Text message;
};

// One outcome with one lead time, ready to judge with; shared by all judgements of it.
struct JudgedOutcome {
  Outcomes outcomes;
  bool is_good = false;  // expanded: a high score announces it
  int lead_days = 90;
  PowerMeter::Labels labels;

  Predicts predicts() const { return is_good ? Predicts::high : Predicts::low; }
};
JudgedOutcome judged_outcome(const LabPanel& panel, Outcomes outcomes, bool is_good, int lead_days,
                             const ParallelFor& parallel_for = serial());

struct SegmentJudgement {
  std::string value;  // empty: no value
  std::size_t accounts = 0;
  std::size_t accounts_with = 0;
  std::optional<Interval> auc;
};

struct Judgement {
  Tally tally;
  bool is_good = false;  // of the outcome
  FlaggedLevels flagged;
  std::optional<Interval> auc;
  std::optional<Interval> baseline_auc;  // of days since the last activity
  std::vector<RocPoint> roc;
  std::vector<PrecisionPoint> precision_recall;
  BeforeOutcome before;
  std::optional<double> others_median;  // score of the rows without the outcome
  std::vector<ItemPower> items;         // as in the scorecard
  std::vector<SegmentJudgement> segments;
  std::vector<Warning> warnings;
};

struct JudgeOptions {
  std::optional<std::size_t> at_level;          // flagged: this level and worse (good outcome: and better)
  std::optional<std::string> segment_by;        // key of a text or choice attribute
  std::optional<std::size_t> baseline_measure;  // index of "days since the last activity"
};

// Judges scorecards tried on one panel. Safe to use from several threads.
class Judge {
 public:
  explicit Judge(std::shared_ptr<const LabPanel> panel) : panel_(panel), power_(std::move(panel)) {}

  Judgement run(const ScoredPanel& scored, const JudgedOutcome& outcome, const JudgeOptions& options,
                const ParallelFor& parallel_for = serial());
  // Days since the last activity as a ranking; an account that never was active ranks last.
  std::optional<Interval> baseline(const JudgedOutcome& outcome, std::size_t measure, const ParallelFor& parallel_for);

 private:
  const std::shared_ptr<const LabPanel> panel_;
  PowerMeter power_;
  RankingBuffers buffers_;
  std::mutex mutex_;
  std::map<std::pair<PowerMeter::Labels, std::size_t>, std::optional<Interval>> baselines_;
};

// What to say of a sample before anybody trusts its figures.
std::vector<Warning> sample_warnings(const LabPanel& panel, std::size_t accounts_with, int lead_days);
// The area under the curve for values tried by hand; nothing where too few accounts have the outcome.
std::optional<Interval> trusted(std::optional<Interval> auc, std::size_t accounts_with);
// The days since the last activity per row, for ranking.
std::vector<std::int32_t> baseline_rows(const LabPanel& panel, std::size_t measure, const ParallelFor& parallel_for);

}  // namespace banso::engine::lab
