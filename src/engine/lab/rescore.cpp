#include "rescore.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include <fmt/format.h>

#include "engine/plan.hpp"
#include "engine/scoring.hpp"
#include "wide.hpp"

namespace banso::engine::lab {
namespace {

constexpr std::size_t points_kept = 64;
constexpr std::size_t runs_kept = 8;
constexpr std::size_t patterns_at_once = 512;
constexpr std::size_t point_slices = 32;

// As lround: halves go up. The fraction is exact, because the sums are far below 2^52.
inline std::int32_t rounded(double sum) {
  const auto whole = static_cast<std::int32_t>(sum);
  return whole + (sum - whole >= 0.5 ? 1 : 0);
}

// An item that has a share of the score.
struct Weighted {
  const std::int32_t* points;  // of the run's first row on
  double share;
};

// Rows side by side, each summed over the items in their order, as the engine sums.
template <std::size_t rows>
inline void score_rows(const Weighted* items, std::size_t count, std::size_t row, std::int32_t* scores) {
  double sums[rows] = {};
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t* points = items[i].points + row;
    const double share = items[i].share;
    for (std::size_t k = 0; k < rows; ++k) sums[k] += share * points[k];
  }
  for (std::size_t k = 0; k < rows; ++k) scores[row + k] = rounded(sums[k]);
}

// The last rows are scored together with some before them that are scored already: the same numbers again, but cheaper
// than one by one.
BANSO_WIDE void score_run(const Weighted* items, std::size_t count, std::size_t rows, std::int32_t* scores) {
  constexpr std::size_t many = 16, some = 8;
  std::size_t row = 0;
  for (; row + many <= rows; row += many) score_rows<many>(items, count, row, scores);
  for (; row + some <= rows; row += some) score_rows<some>(items, count, row, scores);
  if (row == rows) return;
  if (rows >= some) return score_rows<some>(items, count, rows - some, scores);
  for (; row < rows; ++row) score_rows<1>(items, count, row, scores);
}

// Where each level but the last begins, the best first; the rest is below every score.
using LevelBounds = std::array<std::int32_t, 8>;

// Levels go from the best to the worst, so that each boundary missed is one level down.
BANSO_WIDE void count_levels(const std::int32_t* scores, const LevelBounds& from, std::int8_t* levels,
                             std::size_t rows) {
  const LevelBounds bounds = from;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::int32_t score = scores[row];
    std::int32_t level = 0;
    for (const auto bound : bounds) level += score < bound ? 1 : 0;
    levels[row] = static_cast<std::int8_t>(score < 0 ? no_level : level);
  }
}

BANSO_WIDE void add_bit(const std::int32_t* points, std::uint64_t bit, std::uint64_t* masks, std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) masks[row] |= points[row] >= 0 ? bit : 0;
}

struct JudgedValue {
  Value value;
  ItemUse use = ItemUse::left_out;
  std::int32_t points = no_points;
};

// Most measures are counts and shares, whose values come again and again: what was made of them is looked up.
class JudgedValues {
 public:
  JudgedValues() : kept_(places), is_kept_(places) {}

  template <class Judge>
  const JudgedValue& get(const Value& value, Judge judge) {
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(value.number) + static_cast<std::uint64_t>(value.state);
    const auto place = static_cast<std::size_t>(bits * 0x9E3779B97F4A7C15u >> shift);
    auto& kept = kept_[place];
    const bool is_same = is_kept_[place] && kept.value.state == value.state &&
                         std::bit_cast<std::uint64_t>(kept.value.number) == std::bit_cast<std::uint64_t>(value.number);
    if (!is_same) {
      kept = judge();
      is_kept_[place] = 1;
    }
    return kept;
  }

 private:
  static constexpr std::size_t places = 4096;
  static constexpr int shift = 64 - 12;
  std::vector<JudgedValue> kept_;
  std::vector<std::uint8_t> is_kept_;
};

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

// For every pattern of items that count, their shares of the score.
std::vector<double> shares_of(const ScorecardPlan& card, const CountingRuns& runs, std::size_t items,
                              const ParallelFor& parallel_for) {
  std::vector<double> shares(runs.pattern_count * items);
  parallel_for((runs.pattern_count + patterns_at_once - 1) / patterns_at_once, [&](std::size_t part) {
    Scoring scoring(card);
    const std::size_t end = std::min(runs.pattern_count, (part + 1) * patterns_at_once);
    for (std::size_t pattern = part * patterns_at_once; pattern < end; ++pattern) {
      const auto of_pattern = scoring.shares(std::span(runs.patterns).subspan(pattern * items, items));
      std::copy(of_pattern.begin(), of_pattern.end(), shares.begin() + static_cast<std::ptrdiff_t>(pattern * items));
    }
  });
  return shares;
}

// Rows on which the account's own scorecard is another one get no score.
void take_out_others(const LabPanel& panel, const Plan& plan, const PanelBlock& block, ScoredPanel& scored) {
  const bool is_common = plan.common_scorecard == static_cast<std::int16_t>(scored.scorecard);
  for (std::size_t account = block.first_account; account < block.first_account + block.accounts; ++account) {
    for (std::size_t week = 0; week < panel.weeks(); ++week) {
      const auto account_day = account_day_of(panel, plan, account, panel.days()[week]);
      const auto own = std::find_if(plan.scorecards_for_some.begin(), plan.scorecards_for_some.end(),
                                    [&](std::size_t each) { return applies(plan.scorecards[each], account_day); });
      const bool is_own = own == plan.scorecards_for_some.end() ? is_common : *own == scored.scorecard;
      if (!is_own) scored.scores[account * panel.weeks() + week] = no_points;
    }
  }
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
  // Age and phase choose among the variants of the curve; looking them up costs more than the points.
  const bool has_variants = item.curves.size() > 1;
  const bool is_of_value_alone = !has_variants && !item.applies_when && !item.definition->decay;
  parallel_for(point_slices, [&](std::size_t slice) {
    JudgedValues judged_values;
    const std::size_t end = panel_->blocks().size() * (slice + 1) / point_slices;
    for (std::size_t index = panel_->blocks().size() * slice / point_slices; index < end; ++index) {
      const auto& block = panel_->blocks()[index];
      const auto& measure = block.measures[item.measure];
      for (std::size_t row = 0; row < block.accounts * weeks; ++row) {
        const Value value = measure.value(row);
        const std::size_t account = block.first_account + row / weeks, at = block.first_account * weeks + row;
        const auto judge = [&] {
          const Day day = panel_->days()[row % weeks];
          const auto account_day =
              has_variants ? account_day_of(*panel_, plan, account, day) : AccountDay{account, day};
          const auto judged = Scoring::judge(item, value, account_day);
          return JudgedValue{value, judged.use,
                             judged.counts() ? Points::from(judged.points).ten_thousandths : no_points};
        };
        const auto judged = is_of_value_alone ? judged_values.get(value, judge) : judge();
        made->uses[at] = judged.use;
        made->points[at] = judged.points;
      }
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
  made->pattern_count = pattern_of.size();
  made->patterns.resize(pattern_of.size() * items.size(), ItemUse::left_out);
  for (const auto& [mask, pattern] : pattern_of) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if ((mask[i / bits] >> i % bits & 1) != 0) made->patterns[pattern * items.size() + i] = ItemUse::number;
    }
  }
  runs_.push_front({std::move(wanted), made});
  if (runs_.size() > runs_kept) runs_.pop_back();
  return made;
}

// ---- scores ----

ScoredPanel Rescorer::score(const std::shared_ptr<const Definitions>& definitions, std::size_t scorecard,
                            const ParallelFor& parallel_for) {
  const std::lock_guard lock(mutex_);
  const Plan plan = make_plan(panel_->book(), *definitions);
  const auto& card = plan.scorecards[scorecard];
  ScoredPanel scored;
  scored.definitions = definitions;
  scored.scorecard = scorecard;
  for (const auto& item : card.items) scored.items.push_back(points_of(item, plan, parallel_for));
  const auto runs = runs_of(card, scored.items, parallel_for);

  const auto shares = shares_of(card, *runs, scored.items.size(), parallel_for);
  LevelBounds level_from;
  level_from.fill(std::numeric_limits<std::int32_t>::min());
  for (std::size_t level = 0; level + 1 < card.definition->levels.size(); ++level) {
    level_from.at(level) = Points::from(card.definition->levels[level].from).ten_thousandths;
  }
  const bool is_for_some = card.definition->is_for_some();
  const bool has_others = !plan.scorecards_for_some.empty() &&
                          (is_for_some || plan.common_scorecard == static_cast<std::int16_t>(scorecard));
  scored.scores = score_buffers_.lend(panel_->rows());
  scored.levels = level_buffers_.lend(panel_->rows());
  parallel_for(panel_->blocks().size(), [&](std::size_t index) {
    const auto& block = panel_->blocks()[index];
    const std::size_t begin = block.first_account * panel_->weeks(), rows = block.accounts * panel_->weeks();
    std::vector<Weighted> weighted;
    std::size_t row = begin;
    for (const auto& run : runs->blocks[index]) {
      weighted.clear();
      for (std::size_t i = 0; i < scored.items.size(); ++i) {
        const double share = shares[run.pattern * scored.items.size() + i];
        if (share > 0) weighted.push_back({scored.items[i]->points.data() + row, share});
      }
      if (weighted.empty()) {
        std::fill_n(scored.scores.data() + row, run.rows, no_points);
      } else {
        score_run(weighted.data(), weighted.size(), run.rows, scored.scores.data() + row);
      }
      row += run.rows;
    }
    if (has_others) take_out_others(*panel_, plan, block, scored);
    count_levels(scored.scores.data() + begin, level_from, scored.levels.data() + begin, rows);
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
