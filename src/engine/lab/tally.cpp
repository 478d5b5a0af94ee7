#include "tally.hpp"

#include <algorithm>
#include <array>

namespace banso::engine::lab {
namespace {

constexpr std::size_t slices = 16;  // fixed, so that sums are added in the same order on any number of threads
constexpr std::size_t most_levels = 16;

struct Count {
  std::uint32_t rows = 0, with = 0;

  void add(std::uint32_t more, bool are_with) {
    rows += more;
    with += are_with ? more : 0;
  }
};

// What one account's rows come to.
struct AccountCounts {
  Count all, flagged;
  std::array<Count, most_levels> levels{};
  std::array<Count, calibration_bins> bins{};
  std::size_t last_row = 0, last_flagged_row = 0, last_with_row = 0;
};

std::size_t bin_of(std::int32_t score) {
  constexpr std::int32_t width = most_points / static_cast<std::int32_t>(calibration_bins);
  return std::min(static_cast<std::size_t>(score / width), calibration_bins - 1);
}

void add_account(const LabPanel& panel, const ScoredPanel& scored, const AccountCounts& counts, Tally& into) {
  if (counts.all.rows == 0) return;
  const auto arr = panel.arr_minor();
  ++into.accounts;
  into.base.add(counts.all.with, counts.all.rows);
  into.precision.add(counts.flagged.with, counts.flagged.rows);
  into.recall.add(counts.flagged.with, counts.all.with);
  for (std::size_t level = 0; level < into.levels.size(); ++level) {
    into.levels[level].rate.add(counts.levels[level].with, counts.levels[level].rows);
  }
  for (std::size_t bin = 0; bin < calibration_bins; ++bin) {
    into.bins[bin].rate.add(counts.bins[bin].with, counts.bins[bin].rows);
  }
  into.levels[static_cast<std::size_t>(scored.levels[counts.last_row])].arr_minor += arr[counts.last_row];
  if (counts.flagged.rows > 0) {
    ++into.accounts_flagged;
    into.arr_flagged_minor += arr[counts.last_flagged_row];
  }
  if (counts.all.with == 0) return;
  ++into.accounts_with;
  const bool is_caught = counts.flagged.with > 0;
  ++(is_caught ? into.accounts_caught : into.accounts_missed);
  (is_caught ? into.arr_caught_minor : into.arr_missed_minor) += arr[counts.last_with_row];
}

// The rows are counted apart from the outcome, which is the same for all of them.
void add_run(const ScoredPanel& scored, const LabelRun& run, FlaggedLevels flagged, AccountCounts& counts,
             std::array<std::int64_t, calibration_bins>& score_sums) {
  std::array<std::uint32_t, most_levels> levels{};
  std::array<std::uint32_t, calibration_bins> bins{};
  std::uint32_t scored_rows = 0;
  for (std::size_t row = run.begin; row < run.end; ++row) {
    const auto level = scored.levels[row];
    if (level == no_level) continue;
    const auto score = scored.scores[row];
    const auto bin = bin_of(score);
    ++levels[static_cast<std::uint8_t>(level)];
    ++bins[bin];
    score_sums[bin] += score;
    ++scored_rows;
    counts.last_row = row;
  }
  if (scored_rows == 0) return;
  const bool with = run.label == Label::with;
  if (with) counts.last_with_row = counts.last_row;
  counts.all.add(scored_rows, with);
  for (std::size_t level = 0; level < levels.size(); ++level) {
    counts.levels[level].add(levels[level], with);
    if (flagged.holds(static_cast<std::int8_t>(level))) counts.flagged.add(levels[level], with);
  }
  for (std::size_t bin = 0; bin < bins.size(); ++bin) counts.bins[bin].add(bins[bin], with);
}

}  // namespace

void Tally::add(const Tally& other) {
  accounts += other.accounts;
  accounts_with += other.accounts_with;
  base.add(other.base);
  precision.add(other.precision);
  recall.add(other.recall);
  accounts_flagged += other.accounts_flagged;
  accounts_caught += other.accounts_caught;
  accounts_missed += other.accounts_missed;
  arr_flagged_minor += other.arr_flagged_minor;
  arr_caught_minor += other.arr_caught_minor;
  arr_missed_minor += other.arr_missed_minor;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    levels[i].rate.add(other.levels[i].rate);
    levels[i].arr_minor += other.levels[i].arr_minor;
  }
  for (std::size_t i = 0; i < bins.size(); ++i) {
    bins[i].rate.add(other.bins[i].rate);
    bins[i].score_sum += other.bins[i].score_sum;
  }
}

Tally tally(const LabPanel& panel, const ScoredPanel& scored, std::span<const Label> labels, FlaggedLevels flagged,
            const ParallelFor& parallel_for) {
  Tally all;
  all.levels.resize(std::min(scored.card().levels.size(), most_levels));
  std::vector<Tally> parts(slices, all);
  const std::size_t weeks = panel.weeks();
  parallel_for(slices, [&](std::size_t slice) {
    auto& mine = parts[slice];
    const std::size_t end = panel.accounts() * (slice + 1) / slices;
    std::array<std::int64_t, calibration_bins> score_sums{};
    for (std::size_t account = panel.accounts() * slice / slices; account < end; ++account) {
      AccountCounts counts;
      each_label_run(labels, account * weeks, (account + 1) * weeks,
                     [&](const LabelRun& run) { add_run(scored, run, flagged, counts, score_sums); });
      if (counts.flagged.rows > 0) {
        counts.last_flagged_row = counts.last_row;
        while (labels[counts.last_flagged_row] == Label::no_part ||
               !flagged.holds(scored.levels[counts.last_flagged_row])) {
          --counts.last_flagged_row;
        }
      }
      add_account(panel, scored, counts, mine);
    }
    for (std::size_t bin = 0; bin < calibration_bins; ++bin) {
      mine.bins[bin].score_sum = static_cast<double>(score_sums[bin]) / Points::scale;
    }
  });
  for (const auto& part : parts) all.add(part);
  return all;
}

}  // namespace banso::engine::lab
