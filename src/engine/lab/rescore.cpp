#include "rescore.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/plan.hpp"
#include "engine/scoring.hpp"

// The kernel is compiled for the processor at hand as well. Only instructions that round as the plain ones do: fused
// multiplication would give other last digits than the engine.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define BANSO_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define BANSO_WIDE
#endif

namespace banso::engine::lab {
namespace {

constexpr std::size_t points_kept = 64;
constexpr std::size_t runs_kept = 8;

BANSO_WIDE void add_weighted(const std::int32_t* points, double share, double* sums, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) sums[row] += share * points[row];
}

// As lround: halves go up. The fraction is exact, because the sums are far below 2^52.
BANSO_WIDE void round_sums(const double* sums, std::int32_t* scores, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) {
    const auto whole = static_cast<std::int32_t>(sums[row]);
    scores[row] = whole + (sums[row] - whole >= 0.5 ? 1 : 0);
  }
}

// Levels go from the best to the worst, so that each boundary missed is one level down.
BANSO_WIDE void count_levels(const std::int32_t* scores, const std::int32_t* from, std::size_t boundaries,
                             std::int8_t* levels, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) {
    std::int8_t level = 0;
    for (std::size_t i = 0; i < boundaries; ++i)
      level = static_cast<std::int8_t>(level + (scores[row] < from[i] ? 1 : 0));
    levels[row] = scores[row] < 0 ? no_level : level;
  }
}

BANSO_WIDE void add_bit(const std::int32_t* points, std::uint64_t bit, std::uint64_t* masks, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) masks[row] |= points[row] >= 0 ? bit : 0;
}

ScorecardItem without_weight(ScorecardItem item) {
  item.weight = 1;
  return item;
}

// Whether an item counts depends on its measure, its policy and whom it applies to; not on its curves.
ScorecardItem counting_part(const ScorecardItem& item) {
  ScorecardItem part;
  part.measure = item.measure;
  part.missing = item.missing;
  part.applies_when = item.applies_when;
  return part;
}

AccountDay account_day_of(const LabPanel& panel, const Plan& plan, std::size_t account, Day day) {
  AccountDay account_day{account, day, age_days(panel.book(), plan, account, day)};
  if (plan.phase != nullptr) account_day.phase = plan.phase->value_at(account, day);
  return account_day;
}

// Rows on which the account's own scorecard is another one get no score.
void take_out_others(const LabPanel& panel, const Plan& plan, std::size_t scorecard, ScoredPanel& scored,
                     const ParallelFor& parallel_for) {
  const bool is_for_some = plan.scorecards[scorecard].definition->is_for_some();
  const bool is_common = plan.common_scorecard == static_cast<std::int16_t>(scorecard);
  if (plan.scorecards_for_some.empty() || (!is_for_some && !is_common)) return;
  parallel_for(panel.blocks().size(), [&](std::size_t index) {
    const auto& block = panel.blocks()[index];
    for (std::size_t account = block.first_account; account < block.first_account + block.accounts; ++account) {
      for (std::size_t week = 0; week < panel.weeks(); ++week) {
        const auto account_day = account_day_of(panel, plan, account, panel.days()[week]);
        const auto own = std::find_if(plan.scorecards_for_some.begin(), plan.scorecards_for_some.end(),
                                      [&](std::size_t each) { return applies(plan.scorecards[each], account_day); });
        const bool is_own = own == plan.scorecards_for_some.end() ? is_common : *own == scorecard;
        if (!is_own) scored.scores[account * panel.weeks() + week] = no_points;
      }
    }
  });
}

void apply_forced(const ScorecardPlan& card, ScoredPanel& scored, std::size_t begin, std::size_t end) {
  for (const auto& rule : card.forced) {
    const auto& item = *scored.items[rule.item];
    for (std::size_t row = begin; row < end; ++row) {
      if (scored.levels[row] == no_level) continue;
      scored.levels[row] = level_under(rule, item.uses[row], Points{item.points[row]}, scored.levels[row]);
    }
  }
}

}  // namespace

// ---- points ----

ItemPointsPtr Rescorer::points_of(const ItemPlan& item, const Plan& plan, const ParallelFor& parallel_for) {
  const auto wanted = without_weight(*item.definition);
  const auto found =
      std::find_if(points_.begin(), points_.end(), [&](const KeptPoints& kept) { return kept.item == wanted; });
  if (found != points_.end()) {
    points_.splice(points_.begin(), points_, found);
    return points_.front().points;
  }
  auto made = std::make_shared<ItemPoints>();
  made->points.resize(panel_->rows());
  made->uses.resize(panel_->rows());
  const auto weeks = panel_->weeks();
  parallel_for(panel_->blocks().size(), [&](std::size_t index) {
    const auto& block = panel_->blocks()[index];
    const auto& measure = block.measures[item.measure];
    for (std::size_t row = 0; row < block.accounts * weeks; ++row) {
      const std::size_t account = block.first_account + row / weeks;
      const auto judged =
          Scoring::judge(item, measure.value(row), account_day_of(*panel_, plan, account, panel_->days()[row % weeks]));
      const std::size_t at = block.first_account * weeks + row;
      made->uses[at] = judged.use;
      made->points[at] = judged.counts() ? Points::from(judged.points).ten_thousandths : no_points;
    }
  });
  points_.push_front({wanted, made});
  if (points_.size() > points_kept) points_.pop_back();
  return made;
}

ItemPointsPtr Rescorer::points(const Definitions& definitions, const ScorecardItem& item,
                               const ParallelFor& parallel_for) {
  const std::lock_guard lock(mutex_);
  const Plan plan = make_plan(panel_->book(), definitions);
  for (const auto& card : plan.scorecards) {
    for (const auto& each : card.items) {
      if (*each.definition == item) return points_of(each, plan, parallel_for);
    }
  }
  return nullptr;
}

// ---- which items count ----

CountingRunsPtr Rescorer::runs_of(const ScorecardPlan& card, std::span<const ItemPointsPtr> items,
                                  const ParallelFor& parallel_for) {
  std::vector<ScorecardItem> wanted;
  for (const auto& item : card.items) wanted.push_back(counting_part(*item.definition));
  const auto found =
      std::find_if(runs_.begin(), runs_.end(), [&](const KeptRuns& kept) { return kept.items == wanted; });
  if (found != runs_.end()) {
    runs_.splice(runs_.begin(), runs_, found);
    return runs_.front().runs;
  }
  constexpr std::size_t bits = 64;
  const std::size_t words = (items.size() + bits - 1) / bits;
  auto made = std::make_shared<CountingRuns>();
  made->blocks.resize(panel_->blocks().size());
  std::map<std::vector<std::uint64_t>, std::uint32_t> pattern_of;
  std::mutex patterns_mutex;
  parallel_for(panel_->blocks().size(), [&](std::size_t index) {
    const auto& block = panel_->blocks()[index];
    const std::size_t begin = block.first_account * panel_->weeks(), rows = block.accounts * panel_->weeks();
    std::vector<std::vector<std::uint64_t>> masks(words, std::vector<std::uint64_t>(rows));
    for (std::size_t i = 0; i < items.size(); ++i) {
      add_bit(items[i]->points.data() + begin, std::uint64_t{1} << i % bits, masks[i / bits].data(), rows);
    }
    std::vector<std::uint64_t> current(words), next(words);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t word = 0; word < words; ++word) next[word] = masks[word][row];
      if (row > 0 && next == current) {
        ++made->blocks[index].back().rows;
        continue;
      }
      current = next;
      const std::lock_guard lock(patterns_mutex);
      const auto pattern = pattern_of.try_emplace(current, static_cast<std::uint32_t>(pattern_of.size())).first->second;
      made->blocks[index].push_back({1, pattern});
    }
  });
  made->patterns.resize(pattern_of.size());
  for (const auto& [mask, pattern] : pattern_of) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      made->patterns[pattern].push_back((mask[i / bits] >> i % bits & 1) != 0 ? 1 : 0);
    }
  }
  runs_.push_front({std::move(wanted), made});
  if (runs_.size() > runs_kept) runs_.pop_back();
  return made;
}

// ---- scores ----

ScoredPanel Rescorer::score(std::shared_ptr<const Definitions> definitions, std::size_t scorecard,
                            const ParallelFor& parallel_for) {
  const std::lock_guard lock(mutex_);
  const Plan plan = make_plan(panel_->book(), *definitions);
  const auto& card = plan.scorecards[scorecard];
  ScoredPanel scored;
  scored.definitions = definitions;
  scored.scorecard = scorecard;
  for (const auto& item : card.items) scored.items.push_back(points_of(item, plan, parallel_for));
  const auto runs = runs_of(card, scored.items, parallel_for);

  // Per pattern: the items' shares, and whether there is a score at all.
  Scoring scoring(card);
  std::vector<std::vector<double>> shares;
  std::vector<std::uint8_t> is_scored;
  for (const auto& pattern : runs->patterns) {
    std::vector<ItemUse> uses;
    for (const auto counts : pattern) uses.push_back(counts ? ItemUse::number : ItemUse::left_out);
    shares.push_back(scoring.shares(uses));
    is_scored.push_back(
        std::any_of(shares.back().begin(), shares.back().end(), [](double share) { return share > 0; }));
  }
  std::vector<std::int32_t> level_from;
  for (std::size_t level = 0; level + 1 < card.definition->levels.size(); ++level) {
    level_from.push_back(Points::from(card.definition->levels[level].from).ten_thousandths);
  }

  scored.scores.resize(panel_->rows());
  scored.levels.resize(panel_->rows());
  parallel_for(panel_->blocks().size(), [&](std::size_t index) {
    const auto& block = panel_->blocks()[index];
    thread_local std::vector<double> sums;
    std::size_t row = block.first_account * panel_->weeks();
    for (const auto& run : runs->blocks[index]) {
      if (!is_scored[run.pattern]) {
        std::fill_n(scored.scores.begin() + static_cast<std::ptrdiff_t>(row), run.rows, no_points);
        row += run.rows;
        continue;
      }
      sums.assign(run.rows, 0.0);
      for (std::size_t i = 0; i < scored.items.size(); ++i) {
        const double share = shares[run.pattern][i];
        if (share != 0) add_weighted(scored.items[i]->points.data() + row, share, sums.data(), run.rows);
      }
      round_sums(sums.data(), scored.scores.data() + row, run.rows);
      row += run.rows;
    }
  });
  take_out_others(*panel_, plan, scorecard, scored, parallel_for);
  parallel_for(panel_->blocks().size(), [&](std::size_t index) {
    const auto& block = panel_->blocks()[index];
    const std::size_t begin = block.first_account * panel_->weeks(), rows = block.accounts * panel_->weeks();
    count_levels(scored.scores.data() + begin, level_from.data(), level_from.size(), scored.levels.data() + begin,
                 rows);
    apply_forced(card, scored, begin, begin + rows);
  });
  return scored;
}

std::size_t Rescorer::memory_bytes() const {
  const std::lock_guard lock(mutex_);
  return points_.size() * panel_->rows() * (sizeof(std::int32_t) + sizeof(ItemUse));
}

std::optional<core::FieldError> unfit(const LabPanel& panel, const Scorecard& scorecard) {
  const auto flat = flatten(scorecard);
  for (std::size_t i = 0; i < flat.items.size(); ++i) {
    const auto& item = *flat.items[i].definition;
    const auto& group = flat.groups[flat.items[i].group];
    const auto path = fmt::format("{}.measures[{}]", group.path, i - group.first_item);
    const auto measure = panel.definitions().measure_index(item.measure);
    if (!measure) {
      return core::FieldError{
          path + ".measure",
          {fmt::format("The panel does not have the measure \"{}\". Publish it and build the panel again.",
                       item.measure),
           fmt::format("分析用データに指標「{}」がありません。指標を公開してから、分析用データを作り直してください。",
                       item.measure)}};
    }
    if (item.decay && !panel.has_fact_days(*measure)) {
      return core::FieldError{
          path + ".decay",
          {"The panel does not have the age of these facts. Save the scorecard as a draft and build the panel again.",
           "分析用データにこの指標のデータの古さがありません。スコアカードを下書きに保存してから、分析用データを作り直"
           "してください。"}};
    }
  }
  return std::nullopt;
}

}  // namespace banso::engine::lab
