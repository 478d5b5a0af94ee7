#include "scoring.hpp"

#include <algorithm>
#include <cmath>

namespace banso::engine {

namespace {

bool is_in(const Band& band, double value) {
  const bool above = !band.from.value || (band.from.inclusive ? value >= *band.from.value : value > *band.from.value);
  const bool below = !band.to.value || (band.to.inclusive ? value <= *band.to.value : value < *band.to.value);
  return above && below;
}

double points_between(const std::vector<CurvePoint>& points, double value) {
  if (value <= points.front().value) return points.front().points;
  if (value >= points.back().value) return points.back().points;
  const auto right = std::upper_bound(points.begin(), points.end(), value,
                                      [](double wanted, const CurvePoint& point) { return wanted < point.value; });
  const auto left = std::prev(right);
  const double share = (value - left->value) / (right->value - left->value);
  return left->points + share * (right->points - left->points);
}

// The curve for the customer's age; the last one where the age is unknown.
const ResolvedCurve& curve_for(const ItemPlan& item, std::optional<int> age_days) {
  const ResolvedCurve* chosen = &item.curves.front();
  for (const auto& curve : item.curves) {
    if (!age_days || curve.from_age_days <= *age_days) chosen = &curve;
  }
  return *chosen;
}

double points_of(const ItemPlan& item, const Value& value, std::optional<int> age_days) {
  const auto& curve = curve_for(item, age_days);
  if (curve.curve->kind != Curve::Kind::choices) return points_on(*curve.curve, value.number);
  const auto code = static_cast<std::size_t>(value.number);
  return code < curve.points_by_code.size() ? curve.points_by_code[code].value() : curve.curve->other_points;
}

}  // namespace

double points_on(const Curve& curve, double value) {
  if (curve.kind == Curve::Kind::linear) return points_between(curve.linear, value);
  for (const auto& band : curve.bands) {
    if (is_in(band, value)) return band.points;
  }
  return curve.other_points;
}

Scoring::Scoring(const ScorecardPlan& plan)
    : plan_(plan),
      items_(plan.items.size()),
      counting_weight_(plan.definition->groups.size()),
      nominal_weight_(plan.definition->groups.size()) {
  for (const auto& item : plan.items) nominal_weight_[item.group] += item.definition->weight;
  for (std::size_t group = 0; group < nominal_weight_.size(); ++group) {
    if (nominal_weight_[group] > 0) nominal_groups_ += plan.definition->groups[group].weight;
  }
}

// Points of every item, from its curve or its policy.
void Scoring::judge(std::span<const Value> values, std::optional<int> age_days) {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const auto& item = plan_.items[i];
    const auto& value = values[item.measure];
    items_[i] = {};
    if (is_number(value.state)) {
      items_[i] = {true, points_of(item, value, age_days), 0};
    } else if (is_missing(value.state) && item.definition->missing != MissingPolicy::ignore) {
      const bool is_neutral = item.definition->missing == MissingPolicy::neutral;
      items_[i] = {true, is_neutral ? item.definition->neutral_points : 0, 0};
    }
  }
}

// Gives the weight of what does not count to the rest of its group, and of a group without any to the other groups.
// Returns the sum of the counting groups' weights; zero where nothing counts.
double Scoring::spread_weights() {
  std::fill(counting_weight_.begin(), counting_weight_.end(), 0);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].counts) counting_weight_[plan_.items[i].group] += plan_.items[i].definition->weight;
  }
  const auto& groups = plan_.definition->groups;
  double counting_groups = 0;
  for (std::size_t group = 0; group < groups.size(); ++group) {
    if (counting_weight_[group] > 0) counting_groups += groups[group].weight;
  }
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const auto& item = plan_.items[i];
    if (!items_[i].counts || counting_weight_[item.group] <= 0 || counting_groups <= 0) continue;
    items_[i].weight =
        groups[item.group].weight / counting_groups * (item.definition->weight / counting_weight_[item.group]);
  }
  return counting_groups;
}

void Scoring::write_groups(std::size_t account, ScorecardColumn& result) const {
  for (std::size_t group = 0; group < counting_weight_.size(); ++group) {
    if (counting_weight_[group] <= 0) continue;
    double sum = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (plan_.items[i].group == group && items_[i].counts)
        sum += plan_.items[i].definition->weight * items_[i].points;
    }
    result.groups[group].scores[account] = Points::from(sum / counting_weight_[group]);
    result.groups[group].present[account] = 1;
  }
}

// Each contribution is the difference of two rounded running sums, so that together they give the rounded whole.
void Scoring::write_items(std::size_t account, ScorecardColumn& result) const {
  double running = 0;
  Points written;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    auto& column = result.items[i];
    if (!items_[i].counts) continue;
    column.points[account] = Points::from(items_[i].points);
    column.effective_weights[account] = static_cast<float>(items_[i].weight);
    if (items_[i].weight == 0) continue;
    running += items_[i].weight * items_[i].points;
    const Points up_to_here = Points::from(running);
    column.contributions[account] = up_to_here - written;
    written = up_to_here;
  }
  result.scores[account] = written;
}

float Scoring::coverage(std::span<const Value> values) const {
  double covered = 0;
  for (const auto& item : plan_.items) {
    if (!is_number(values[item.measure].state) || nominal_weight_[item.group] <= 0) continue;
    covered += plan_.definition->groups[item.group].weight / nominal_groups_ *
               (item.definition->weight / nominal_weight_[item.group]);
  }
  return static_cast<float>(covered);
}

void Scoring::score(std::span<const Value> values, std::optional<int> age_days, std::size_t account,
                    ScorecardColumn& result) {
  judge(values, age_days);
  const double counting_groups = spread_weights();
  write_groups(account, result);
  write_items(account, result);
  result.coverage[account] = coverage(values);
  if (counting_groups <= 0) return;
  const auto& levels = plan_.definition->levels;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    if (result.scores[account] < Points::from(levels[level].from)) continue;
    result.levels[account] = static_cast<std::int8_t>(level);
    return;
  }
}

ScorecardColumn empty_column(const Scorecard& scorecard, std::size_t accounts) {
  ScorecardColumn column;
  column.scores.resize(accounts);
  column.levels.assign(accounts, no_level);
  column.coverage.resize(accounts);
  column.groups.resize(scorecard.groups.size());
  for (auto& group : column.groups) {
    group.scores.resize(accounts);
    group.present.resize(accounts);
  }
  for (const auto& group : scorecard.groups) column.items.resize(column.items.size() + group.items.size());
  for (auto& item : column.items) {
    item.points.resize(accounts);
    item.effective_weights.resize(accounts);
    item.contributions.resize(accounts);
  }
  return column;
}

}  // namespace banso::engine
