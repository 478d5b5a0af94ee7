#include "power.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "correlation.hpp"

namespace banso::engine::lab {
namespace {

constexpr std::size_t slices = 16;
constexpr std::size_t month_weeks = 4;
// Enough for correlations to the second digit; taken evenly over accounts and weeks.
constexpr std::size_t sampled_rows = 4000;
constexpr double redundant_from = 0.8;
constexpr double leading_from = 0.6;      // AUC
constexpr double constant_share = 0.995;  // of the rows with the same points

// Every so many rows that there are at most sampled_rows; no divisor of the weeks, so that all weeks come in.
std::size_t stride_of(const LabPanel& panel) {
  std::size_t stride = panel.rows() / sampled_rows + 1;
  while (stride > 1 && std::gcd(stride, panel.weeks()) != 1) ++stride;
  return stride;
}

bool is_constant(const ValueCounts& counts) {
  std::uint64_t most = 0;
  for (std::size_t value = 0; value < counts.with.size(); ++value) {
    most = std::max<std::uint64_t>(most, counts.with[value] + counts.without[value]);
  }
  const auto rows = counts.rows_with + counts.rows_without;
  return rows == 0 || static_cast<double>(most) >= constant_share * static_cast<double>(rows);
}

bool rests_on_number(ItemUse use) {
  return use == ItemUse::number || use == ItemUse::decayed;
}

// Of two that say the same, the one that tells more stays.
bool is_stronger(const ItemPower& a, std::size_t index_a, const ItemPower& b, std::size_t index_b) {
  const double of_a = a.auc ? a.auc->value : 0, of_b = b.auc ? b.auc->value : 0;
  return of_a != of_b ? of_a > of_b : index_a < index_b;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::leading:
      return "leading";
    case Verdict::weak:
      return "weak";
    case Verdict::redundant:
      return "redundant";
    case Verdict::constant:
      return "constant";
    case Verdict::noise:
      break;
  }
  return "noise";
}

PowerMeter::Alone PowerMeter::compute(const ItemPoints& item, const std::vector<Label>& labels, Predicts predicts,
                                      const ParallelFor& parallel_for) {
  Alone alone;
  const RankedRows rows{panel_->weeks(), item.points, labels};
  const auto counts = count_values(rows, parallel_for, &buffers_);
  alone.auc = clustered_auc(rows, counts, predicts, parallel_for, &buffers_);
  alone.is_constant = is_constant(counts);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> parts(slices);  // judged rows, and those with a value
  parallel_for(slices, [&](std::size_t slice) {
    for (std::size_t row = labels.size() * slice / slices; row < labels.size() * (slice + 1) / slices; ++row) {
      const bool takes_part = labels[row] != Label::no_part;
      parts[slice].first += takes_part;
      parts[slice].second += takes_part && rests_on_number(item.uses[row]);
    }
  });
  std::uint64_t judged = 0, with_value = 0;
  for (const auto& part : parts) {
    judged += part.first;
    with_value += part.second;
  }
  if (judged > 0) alone.coverage = static_cast<double>(with_value) / static_cast<double>(judged);
  std::vector<double> now, later;
  const std::size_t stride = stride_of(*panel_);
  for (std::size_t row = 0; row < labels.size(); row += stride) {
    if (row % panel_->weeks() + month_weeks >= panel_->weeks()) continue;
    if (item.points[row] < 0 || item.points[row + month_weeks] < 0) continue;
    now.push_back(item.points[row]);
    later.push_back(item.points[row + month_weeks]);
  }
  alone.monthly_stability = rank_correlation(now, later);
  return alone;
}

std::optional<double> PowerMeter::correlate(const ItemPoints& a, const ItemPoints& b) const {
  std::vector<double> of_a, of_b;
  const std::size_t stride = stride_of(*panel_);
  for (std::size_t row = 0; row < panel_->rows(); row += stride) {
    if (a.points[row] < 0 || b.points[row] < 0) continue;
    of_a.push_back(a.points[row]);
    of_b.push_back(b.points[row]);
  }
  return rank_correlation(of_a, of_b);
}

std::vector<ItemPower> PowerMeter::measure(const ScoredPanel& scored, const Labels& labels, Predicts predicts,
                                           const ParallelFor& parallel_for) {
  const std::lock_guard lock(mutex_);
  if (alone_.size() > most_kept) alone_.clear();
  if (pairs_.size() > most_kept) pairs_.clear();
  std::vector<ItemPower> powers(scored.items.size());
  std::vector<std::uint8_t> is_constant(scored.items.size());
  for (std::size_t i = 0; i < powers.size(); ++i) {
    const AloneKey key{scored.items[i], labels, predicts};
    auto found = alone_.find(key);
    if (found == alone_.end()) {
      found = alone_.emplace(key, compute(*scored.items[i], *labels, predicts, parallel_for)).first;
    }
    powers[i].auc = found->second.auc;
    powers[i].coverage = found->second.coverage;
    powers[i].monthly_stability = found->second.monthly_stability;
    is_constant[i] = found->second.is_constant;
  }
  std::vector<PairKey> wanted;
  for (std::size_t i = 0; i < powers.size(); ++i) {
    for (std::size_t j = i + 1; j < powers.size(); ++j) {
      if (!pairs_.contains({scored.items[i], scored.items[j]})) wanted.emplace_back(scored.items[i], scored.items[j]);
    }
  }
  std::vector<std::optional<double>> correlations(wanted.size());
  parallel_for(wanted.size(),
               [&](std::size_t pair) { correlations[pair] = correlate(*wanted[pair].first, *wanted[pair].second); });
  for (std::size_t pair = 0; pair < wanted.size(); ++pair) pairs_[wanted[pair]] = correlations[pair];

  for (std::size_t i = 0; i < powers.size(); ++i) {
    for (std::size_t j = 0; j < powers.size(); ++j) {
      if (i == j) continue;
      const auto& correlation = pairs_.at({scored.items[std::min(i, j)], scored.items[std::max(i, j)]});
      if (correlation && std::abs(*correlation) >= redundant_from)
        powers[i].redundant_with.push_back({j, *correlation});
    }
    std::stable_sort(
        powers[i].redundant_with.begin(), powers[i].redundant_with.end(),
        [](const Redundancy& a, const Redundancy& b) { return std::abs(a.correlation) > std::abs(b.correlation); });
  }
  for (std::size_t i = 0; i < powers.size(); ++i) {
    auto& power = powers[i];
    const bool is_doubled =
        std::any_of(power.redundant_with.begin(), power.redundant_with.end(),
                    [&](const auto& other) { return is_stronger(powers[other.item], other.item, power, i); });
    if (is_constant[i]) {
      power.verdict = Verdict::constant;
    } else if (is_doubled) {
      power.verdict = Verdict::redundant;
    } else if (!power.auc || power.auc->low <= 0.5) {
      power.verdict = Verdict::noise;
    } else {
      power.verdict = power.auc->value >= leading_from ? Verdict::leading : Verdict::weak;
    }
  }
  return powers;
}

}  // namespace banso::engine::lab
