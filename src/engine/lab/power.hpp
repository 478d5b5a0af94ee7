// What each item of a scorecard is worth by itself: whether its points alone tell what then happens, whether it says
// anything at all, and whether another item says the same.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "ranking.hpp"
#include "rescore.hpp"

namespace banso::engine::lab {

enum class Verdict { leading, weak, noise, redundant, constant };
std::string_view name_of(Verdict verdict);

struct Redundancy {
  std::size_t item = 0;
  double correlation = 0;  // of ranks
};

struct ItemPower {
  std::optional<Interval> auc;              // of its points alone
  double coverage = 0;                      // share of the judged rows in which it has a value
  std::optional<double> monthly_stability;  // rank correlation of its points with those four weeks later
  std::vector<Redundancy> redundant_with;   // other items whose points go along with its own, the closest first
  Verdict verdict = Verdict::noise;
};

// Remembers what it computed, because it depends on no weight and on no level. Safe to use from several threads.
class PowerMeter {
 public:
  using Labels = std::shared_ptr<const std::vector<Label>>;
  explicit PowerMeter(std::shared_ptr<const LabPanel> panel) : panel_(std::move(panel)) {}

  // One entry per item of the scorecard.
  std::vector<ItemPower> measure(const ScoredPanel& scored, const Labels& labels, Predicts predicts,
                                 const ParallelFor& parallel_for = serial());

 private:
  struct Alone {
    std::optional<Interval> auc;
    double coverage = 0;
    std::optional<double> monthly_stability;
    bool is_constant = false;
  };
  using AloneKey = std::tuple<ItemPointsPtr, Labels, Predicts>;
  using PairKey = std::pair<ItemPointsPtr, ItemPointsPtr>;
  static constexpr std::size_t most_kept = 2000;

  const std::shared_ptr<const LabPanel> panel_;
  std::mutex mutex_;
  RankingBuffers buffers_;
  std::map<AloneKey, Alone> alone_;
  std::map<PairKey, std::optional<double>> pairs_;

  Alone compute(const ItemPoints& item, const std::vector<Label>& labels, Predicts predicts,
                const ParallelFor& parallel_for);
  std::optional<double> correlate(const ItemPoints& a, const ItemPoints& b) const;
};

}  // namespace banso::engine::lab
