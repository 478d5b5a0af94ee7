// From measure values to points, contributions, scores and levels, for one account on one day. Internal to the engine.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "assessment.hpp"
#include "fact_values.hpp"
#include "plan.hpp"

namespace banso::engine {

// Points of a value on a curve, 0..100.
double points_on(const Curve& curve, double value);

// Scratch of one scorecard; one per thread.
class Scoring {
 public:
  explicit Scoring(const ScorecardPlan& plan);

  // Writes the account's row of every column.
  void score(std::span<const Value> values, std::optional<int> age_days, std::size_t account, ScorecardColumn& result);

 private:
  struct Item {
    bool counts = false;  // takes part, with a number or by its policy
    double points = 0;
    double weight = 0;  // share of the whole score
  };
  const ScorecardPlan& plan_;
  std::vector<Item> items_;
  std::vector<double> counting_weight_;  // per group: weights of the items that count
  std::vector<double> nominal_weight_;   // per group: weights of all items
  double nominal_groups_ = 0;

  void judge(std::span<const Value> values, std::optional<int> age_days);
  double spread_weights();
  void write_groups(std::size_t account, ScorecardColumn& result) const;
  void write_items(std::size_t account, ScorecardColumn& result) const;
  float coverage(std::span<const Value> values) const;
};

// Columns of the right size, with nothing scored.
ScorecardColumn empty_column(const Scorecard& scorecard, std::size_t accounts);

}  // namespace banso::engine
