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

bool holds(const std::vector<double>& codes, double code) {
  return std::binary_search(codes.begin(), codes.end(), code);
}

}  // namespace

const ResolvedCurve& curve_for(const ItemPlan& item, std::optional<int> age_days, std::optional<double> phase) {
  const ResolvedCurve* chosen = nullptr;
  for (const auto& curve : item.curves) {
    if (age_days && curve.from_age_days > *age_days) continue;
    if (!curve.is_for_phases) {
      chosen = &curve;
    } else if (phase && holds(curve.phases, *phase)) {
      return curve;
    }
  }
  return *chosen;  // one of them applies at any age in any phase: validate()
}

double points_of(const ResolvedCurve& curve, double value) {
  if (curve.curve->kind != Curve::Kind::choices) return points_on(*curve.curve, value);
  const auto code = static_cast<std::size_t>(value);
  return code < curve.points_by_code.size() ? curve.points_by_code[code].value() : curve.curve->other_points;
}

double drifted(const Decay& decay, double points, int age_days) {
  if (age_days <= decay.after_days) return points;
  const double left = std::exp2(-static_cast<double>(age_days - decay.after_days) / decay.half_life_days);
  return decay.towards_points + (points - decay.towards_points) * left;
}

std::int8_t level_of(const Scorecard& scorecard, Points score) {
  std::size_t level = 0;
  while (level + 1 < scorecard.levels.size() && score < Points::from(scorecard.levels[level].from)) ++level;
  return static_cast<std::int8_t>(level);
}

std::int8_t level_under(const ForcedPlan& rule, ItemUse use, Points points, std::int8_t level) {
  const bool rests_on_number = use == ItemUse::number || use == ItemUse::decayed;
  return rests_on_number && points <= rule.at_most ? std::max(level, rule.level) : level;
}

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
      counting_weight_(plan.groups.size() + 1),
      share_(plan.groups.size() + 1),
      nominal_share_(plan.items.size()),
      group_points_(plan.groups.size() + 1) {
  for (auto& item : items_) item.use = ItemUse::number;
  spread_weights();
  for (std::size_t i = 0; i < items_.size(); ++i) nominal_share_[i] = items_[i].weight;
}

// Points of an item, from its curve or its policy.
Scoring::Item Scoring::judge(const ItemPlan& item, const Value& value, const AccountDay& account_day) {
  if (item.applies_when && !item.applies_when->holds(account_day.account, account_day.day)) {
    return {ItemUse::not_applicable};
  }
  const auto& definition = *item.definition;
  if (is_number(value.state)) {
    const double points = points_of(curve_for(item, account_day.age_days, account_day.phase), value.number);
    if (!definition.decay || value.newest == no_day) return {ItemUse::number, points};
    const int age_days = account_day.day - value.newest;
    const bool is_old = age_days > definition.decay->after_days;
    return {is_old ? ItemUse::decayed : ItemUse::number, drifted(*definition.decay, points, age_days)};
  }
  if (is_not_applicable(value.state)) return {ItemUse::not_applicable};
  if (definition.missing == MissingPolicy::ignore) return {ItemUse::left_out};
  return {ItemUse::policy, definition.missing == MissingPolicy::neutral ? definition.neutral_points : 0};
}

// Gives the weight of what does not count to what lies beside it, and of a group without anything that counts to what
// lies beside the group.
void Scoring::spread_weights() {
  std::fill(counting_weight_.begin(), counting_weight_.end(), 0);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].counts()) counting_weight_[plan_.items[i].group] += plan_.items[i].definition->weight;
  }
  const auto& groups = plan_.groups;
  for (std::size_t group = groups.size(); group-- > 0;) {  // those within first
    if (counting_weight_[group] > 0) counting_weight_[groups[group].parent] += groups[group].weight;
  }
  share_.back() = 1;
  for (std::size_t group = 0; group < groups.size(); ++group) {
    const std::size_t parent = groups[group].parent;
    const bool counts = counting_weight_[group] > 0 && counting_weight_[parent] > 0;
    share_[group] = counts ? share_[parent] * (groups[group].weight / counting_weight_[parent]) : 0;
  }
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const auto& item = plan_.items[i];
    const bool counts = items_[i].counts() && share_[item.group] > 0;
    items_[i].weight = counts ? share_[item.group] * (item.definition->weight / counting_weight_[item.group]) : 0;
  }
}

std::vector<double> Scoring::shares(std::span<const ItemUse> uses) {
  for (std::size_t i = 0; i < items_.size(); ++i) items_[i] = {uses[i]};
  spread_weights();
  std::vector<double> shares;
  for (const auto& item : items_) shares.push_back(item.weight);
  return shares;
}

void Scoring::write_groups(std::size_t account, ScorecardColumn& result) {
  std::fill(group_points_.begin(), group_points_.end(), 0);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].counts()) group_points_[plan_.items[i].group] += plan_.items[i].definition->weight * items_[i].points;
  }
  for (std::size_t group = plan_.groups.size(); group-- > 0;) {
    if (counting_weight_[group] <= 0) continue;
    const double score = group_points_[group] / counting_weight_[group];
    group_points_[plan_.groups[group].parent] += plan_.groups[group].weight * score;
    result.groups[group].scores[account] = Points::from(score);
    result.groups[group].present[account] = 1;
  }
}

// Each contribution is the difference of two rounded running sums, so that together they give the rounded whole.
void Scoring::write_items(std::size_t account, ScorecardColumn& result) const {
  double running = 0, covered = 0;
  Points written;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    auto& column = result.items[i];
    const auto& item = items_[i];
    column.uses[account] = item.use;
    if (!item.counts()) continue;
    const Points points = Points::from(item.points);
    column.points[account] = points;
    column.effective_weights[account] = static_cast<float>(item.weight);
    if (item.rests_on_number()) covered += nominal_share_[i];
    if (item.weight == 0) continue;
    // Of the points as they are kept, so that whoever has them comes to the same score (engine/lab does).
    running += item.weight * points.ten_thousandths;
    const Points up_to_here{static_cast<std::int32_t>(std::lround(running))};
    column.contributions[account] = up_to_here - written;
    written = up_to_here;
  }
  result.scores[account] = written;
  result.coverage[account] = static_cast<float>(covered);
}

// By the score, and no better than forced levels allow.
void Scoring::write_level(std::size_t account, ScorecardColumn& result) const {
  if (counting_weight_.back() <= 0) return;
  auto level = level_of(*plan_.definition, result.scores[account]);
  for (std::size_t rule = 0; rule < plan_.forced.size(); ++rule) {
    const auto& forced = plan_.forced[rule];
    const auto& item = items_[forced.item];
    const auto lowered = level_under(forced, item.use, Points::from(item.points), level);
    if (lowered == level) continue;
    level = lowered;
    result.forced_by[account] = static_cast<std::int8_t>(rule);
  }
  result.machine_levels[account] = level;
  result.levels[account] = level;
}

void Scoring::write_override(const AccountDay& account_day, ScorecardColumn& result) const {
  if (account_day.level_override == nullptr) return;
  const auto level = plan_.level_of_override[account_day.level_override->level];
  if (level == no_level) return;
  result.levels[account_day.account] = level;
  result.overridden[account_day.account] = 1;
}

void Scoring::score(std::span<const Value> values, const AccountDay& account_day, ScorecardColumn& result) {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    items_[i] = judge(plan_.items[i], values[plan_.items[i].measure], account_day);
  }
  spread_weights();
  write_groups(account_day.account, result);
  write_items(account_day.account, result);
  write_level(account_day.account, result);
  write_override(account_day, result);
}

bool applies(const ScorecardPlan& scorecard, const AccountDay& account_day) {
  if (scorecard.applies_when && !scorecard.applies_when->holds(account_day.account, account_day.day)) return false;
  return scorecard.definition->phases.empty() || (account_day.phase && holds(scorecard.phases, *account_day.phase));
}

ScorecardColumn empty_column(const Scorecard& scorecard, std::size_t accounts) {
  const auto flat = flatten(scorecard);
  ScorecardColumn column;
  column.scores.resize(accounts);
  column.levels.assign(accounts, no_level);
  column.machine_levels.assign(accounts, no_level);
  column.forced_by.assign(accounts, no_rule);
  column.overridden.resize(accounts);
  column.coverage.resize(accounts);
  column.groups.resize(flat.groups.size());
  for (auto& group : column.groups) {
    group.scores.resize(accounts);
    group.present.resize(accounts);
  }
  column.items.resize(flat.items.size());
  for (auto& item : column.items) {
    item.points.resize(accounts);
    item.effective_weights.resize(accounts);
    item.contributions.resize(accounts);
    item.uses.resize(accounts);
  }
  if (scorecard.roll_up == RollUp::none) return column;
  column.own_scores.resize(accounts);
  column.own_levels.assign(accounts, no_level);
  column.from_children.resize(accounts);
  column.children.resize(accounts);
  return column;
}

}  // namespace banso::engine
