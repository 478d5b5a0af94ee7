#include "judgement.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "segments.hpp"

namespace banso::engine::lab {
namespace {

constexpr int least_judged_days = 90;
constexpr std::int32_t most_baseline_days = 36'500;

FlaggedLevels flagged_levels(const Scorecard& card, const JudgedOutcome& outcome, std::optional<std::size_t> at_level) {
  const auto last = static_cast<std::int8_t>(card.levels.size() - 1);
  const auto second = static_cast<std::int8_t>(outcome.is_good ? std::min<int>(1, last) : std::max(0, last - 1));
  const auto at = at_level ? static_cast<std::int8_t>(*at_level) : second;
  return outcome.is_good ? FlaggedLevels{0, at} : FlaggedLevels{at, last};
}

}  // namespace

JudgedOutcome judged_outcome(const LabPanel& panel, Outcomes outcomes, bool is_good, int lead_days,
                             const ParallelFor& parallel_for) {
  auto labels = std::make_shared<const std::vector<Label>>(label_rows(panel, outcomes, lead_days, parallel_for));
  return {std::move(outcomes), is_good, lead_days, std::move(labels)};
}

std::optional<Interval> trusted(std::optional<Interval> auc, std::size_t accounts_with) {
  return accounts_with < too_few_outcome_accounts ? std::nullopt : auc;
}

std::vector<Warning> sample_warnings(const LabPanel& panel, std::size_t accounts_with, int lead_days) {
  std::vector<Warning> warnings;
  if (accounts_with == 0) {
    warnings.push_back({"no_outcomes",
                        {"No account had this outcome in the period, so there is nothing to judge by.",
                         "この期間にこの結果になった顧客がないため、判定できません。"}});
  } else if (accounts_with < few_outcome_accounts) {
    warnings.push_back(
        {"few_outcomes",
         {fmt::format("Only {} accounts had this outcome. The figures can be chance: look at the intervals, and do not "
                      "change weights because of them.",
                      accounts_with),
          fmt::format(
              "この結果になった顧客は{}"
              "社だけです。数値は偶然の可能性があります。区間の幅を確認し、この数値だけで重みを変更しないでください。",
              accounts_with)}});
  }
  const int judged_days = panel.weeks() == 0 ? 0 : panel.days().back() - panel.days().front() - lead_days;
  if (judged_days < least_judged_days) {
    warnings.push_back(
        {"short_history",
         {fmt::format(
              "With a lead time of {} days, only {} days of history can be judged. A season may look like a rule.",
              lead_days, std::max(judged_days, 0)),
          fmt::format(
              "予測期間が{}日の場合、判定できる履歴は{}日分だけです。季節的な動きを傾向と誤る可能性があります。",
              lead_days, std::max(judged_days, 0))}});
  }
  return warnings;
}

std::vector<std::int32_t> baseline_rows(const LabPanel& panel, std::size_t measure, const ParallelFor& parallel_for) {
  std::vector<std::int32_t> days(panel.rows());
  parallel_for(panel.blocks().size(), [&](std::size_t index) {
    const auto& block = panel.blocks()[index];
    for (std::size_t row = 0; row < block.accounts * panel.weeks(); ++row) {
      const auto value = block.measures[measure].value(row);
      auto& into = days[block.first_account * panel.weeks() + row];
      if (value.state == ValueState::not_customer) {
        into = no_points;
      } else if (!is_number(value.state)) {
        into = most_baseline_days;
      } else {
        into = std::clamp(static_cast<std::int32_t>(value.number), 0, most_baseline_days);
      }
    }
  });
  return days;
}

std::optional<Interval> Judge::baseline(const JudgedOutcome& outcome, std::size_t measure,
                                        const ParallelFor& parallel_for) {
  const std::lock_guard lock(mutex_);
  const std::pair key{outcome.labels, measure};
  const auto found = baselines_.find(key);
  if (found != baselines_.end()) return found->second;
  const auto days = baseline_rows(*panel_, measure, parallel_for);
  const RankedRows rows{panel_->weeks(), days, *outcome.labels, most_baseline_days};
  // Long silence announces what is bad, recent use what is good.
  const auto predicts = outcome.is_good ? Predicts::low : Predicts::high;
  return baselines_[key] =
             clustered_auc(rows, count_values(rows, parallel_for, &buffers_), predicts, parallel_for, &buffers_);
}

Judgement Judge::run(const ScoredPanel& scored, const JudgedOutcome& outcome, const JudgeOptions& options,
                     const ParallelFor& parallel_for) {
  Judgement judgement;
  const auto& labels = *outcome.labels;
  judgement.is_good = outcome.is_good;
  judgement.flagged = flagged_levels(scored.card(), outcome, options.at_level);
  judgement.tally = tally(*panel_, scored, labels, judgement.flagged, parallel_for);
  const auto accounts_with = judgement.tally.accounts_with;
  judgement.warnings = sample_warnings(*panel_, accounts_with, outcome.lead_days);
  if (scored.card().roll_up != RollUp::none) {
    judgement.warnings.push_back(
        {"no_roll_up",
         {"Every account is judged by its own score, without what is rolled up from its children.",
          "各顧客を自身のスコアで判定しています。配下の顧客からの集計は含みません。"}});
  }
  const RankedRows rows{panel_->weeks(), scored.scores, labels};
  const auto counts = count_values(rows, parallel_for, &buffers_);
  judgement.auc = trusted(clustered_auc(rows, counts, outcome.predicts(), parallel_for, &buffers_), accounts_with);
  judgement.roc = roc_curve(counts, outcome.predicts());
  judgement.precision_recall = precision_recall_curve(counts, outcome.predicts());
  if (const auto median = counts.quantile_without(0.5)) judgement.others_median = *median / Points::scale;
  judgement.before = before_outcome(*panel_, scored, outcome.outcomes, judgement.flagged, parallel_for);
  judgement.items = power_.measure(scored, outcome.labels, outcome.predicts(), parallel_for);
  for (auto& item : judgement.items) item.auc = trusted(item.auc, accounts_with);
  if (options.baseline_measure) {
    judgement.baseline_auc = trusted(baseline(outcome, *options.baseline_measure, parallel_for), accounts_with);
  }
  const auto* attribute = options.segment_by ? panel_->book().attribute(*options.segment_by) : nullptr;
  if (attribute != nullptr && !attribute->dictionary.empty()) {
    judgement.segments = judge_segments(*panel_, scored, outcome, *attribute, parallel_for);
    if (judgement.segments.size() == 1) {
      judgement.warnings.push_back(
          {"one_segment_only",
           {"All judged accounts are in one segment.", "判定の対象はすべて同じセグメントの顧客です。"}});
    }
  }
  return judgement;
}

}  // namespace banso::engine::lab
