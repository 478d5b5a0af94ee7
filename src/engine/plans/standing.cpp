#include "standing.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/day_in_words.hpp"

namespace banso::engine::plans {
namespace {

constexpr double watchpoint_from = 0.10;  // of the way
constexpr double concern_from = 0.25;
constexpr double first_third = 1.0 / 3, second_third = 2.0 / 3;  // of the time, while nothing is known
constexpr double last_quarter = 0.75;                            // of the time, where there is no way to measure
constexpr double rounding = 1e-9;                                // 0.3 - 0.2 is not quite 0.1

std::string figure(double value) {
  const double rounded = std::round(value * 100) / 100;
  return fmt::format("{}", rounded == 0 ? 0.0 : rounded);
}

bool is_reached(const Goal& goal, double value) {
  if (goal.kind == GoalKind::yes_no) return value >= 1;
  if (!goal.target) return false;
  return goal.direction == Direction::up ? value >= *goal.target : value <= *goal.target;
}

// 0 to 1; nothing where no due day says how long there is.
std::optional<double> time_passed(const Goal& goal, core::Day today) {
  if (!goal.due || !goal.start) return std::nullopt;
  const int whole = *goal.due - *goal.start;
  if (whole <= 0) return today >= *goal.due ? 1.0 : 0.0;
  return std::clamp(static_cast<double>(today - *goal.start) / whole, 0.0, 1.0);
}

struct Verdict {
  GoalStatus status;
  core::Text rule;
};

Verdict while_unknown(double passed) {
  const auto percent = std::lround(passed * 100);
  const auto status = passed < first_third    ? GoalStatus::not_started
                      : passed < second_third ? GoalStatus::watchpoint
                                              : GoalStatus::concern;
  return {status,
          {fmt::format("No figure is known yet; {}% of the time has passed.", percent),
           fmt::format("まだ数値がありません。期間の{}%が経過しています。", percent)}};
}

Verdict without_way(const Goal& goal, double passed) {
  const auto percent = std::lround(passed * 100);
  const bool is_near = passed > last_quarter;
  core::Text rule = {fmt::format("{}% of the time has passed.", percent),
                     fmt::format("期間の{}%が経過しています。", percent)};
  if (goal.kind != GoalKind::yes_no && !goal.baseline) {
    rule.en += " Without a baseline the way cannot be measured.";
    rule.ja += "現状値がないため、進み具合は測れません。";
  }
  return {is_near ? GoalStatus::watchpoint : GoalStatus::on_track, std::move(rule)};
}

Verdict on_the_way(const Goal& goal, double value, double expected, double shortfall) {
  const auto points = std::max(0L, std::lround(shortfall * 100));
  const auto status = shortfall > concern_from + rounding      ? GoalStatus::concern
                      : shortfall > watchpoint_from + rounding ? GoalStatus::watchpoint
                                                               : GoalStatus::on_track;
  const auto unit = shown(goal.unit);
  if (points == 0) {
    return {status,
            {fmt::format("{}{}{} where {} is expected by now.", figure(value), unit.en.empty() ? "" : " ", unit.en,
                         figure(expected)),
             fmt::format("現時点の見込み{}に対して{}{}です。", figure(expected), figure(value), unit.ja)}};
  }
  return {status,
          {fmt::format("{}{}{} where {} is expected by now: {}% of the way short.", figure(value),
                       unit.en.empty() ? "" : " ", unit.en, figure(expected), points),
           fmt::format("現時点の見込み{}に対して{}{}で、道のりの{}%分が不足しています。", figure(expected),
                       figure(value), unit.ja, points)}};
}

Verdict judge(const Goal& goal, const Standing& standing, core::Day today) {
  if (standing.current && is_reached(goal, standing.current->value)) {
    if (goal.kind == GoalKind::yes_no) return {GoalStatus::achieved, {"It is done.", "達成されました。"}};
    return {GoalStatus::achieved,
            {fmt::format("{} has reached the target of {}.", figure(standing.current->value), figure(*goal.target)),
             fmt::format("{}となり、目標値{}に到達しました。", figure(standing.current->value), figure(*goal.target))}};
  }
  if (goal.due && today > *goal.due) {
    return {GoalStatus::missed,
            {fmt::format("It was due {} days ago and is not reached.", today - *goal.due),
             fmt::format("期限を{}日過ぎましたが、到達していません。", today - *goal.due)}};
  }
  if (goal.start && today < *goal.start) {
    const auto start = core::day_in_words(*goal.start);
    return {GoalStatus::not_started, {"It begins on " + start.en + ".", start.ja + "に開始します。"}};
  }
  const auto passed = time_passed(goal, today);
  if (!passed) {
    return {standing.current || goal.kind == GoalKind::yes_no ? GoalStatus::on_track : GoalStatus::not_started,
            {"Without a start and a due day there is nothing to be behind.",
             "開始日と期限がないため、遅れは判定されません。"}};
  }
  if (goal.kind == GoalKind::yes_no) return without_way(goal, *passed);
  if (!standing.current) return while_unknown(*passed);
  if (!standing.expected) return without_way(goal, *passed);
  const double way = *goal.target - *goal.baseline;
  return on_the_way(goal, standing.current->value, *standing.expected,
                    (*standing.expected - standing.current->value) / way);
}

}  // namespace

bool Standing::is_success(const Goal& goal) const {
  const bool is_delivered = goal.stage == GoalStage::delivered || goal.stage == GoalStage::verified;
  return status == GoalStatus::achieved && is_delivered && goal.closed_on;
}

Standing standing_of(const Goal& goal, std::span<const Reading> readings, core::Day today) {
  if (goal.closed_on && *goal.closed_on < today) today = *goal.closed_on;
  Standing standing;
  for (const auto& reading : readings) {
    if (reading.day <= today) standing.current = reading;
  }
  if (goal.due) standing.days_left = *goal.due - today;
  const bool has_way = goal.kind != GoalKind::yes_no && goal.baseline && goal.target && *goal.target != *goal.baseline;
  if (has_way) {
    const double way = *goal.target - *goal.baseline;
    if (const auto passed = time_passed(goal, today)) standing.expected = *goal.baseline + *passed * way;
    if (standing.current) {
      standing.progress = std::clamp((standing.current->value - *goal.baseline) / way, 0.0, 1.0);
    }
  } else if (standing.current && (goal.kind == GoalKind::yes_no || is_reached(goal, standing.current->value))) {
    standing.progress = is_reached(goal, standing.current->value) ? 1.0 : 0.0;
  }
  auto verdict = judge(goal, standing, today);
  standing.rule_status = verdict.status;
  standing.rule = std::move(verdict.rule);
  standing.status = goal.judged ? goal.judged->status : standing.rule_status;
  return standing;
}

bool is_same_agreement(const Goal& left, const Goal& right) {
  return left.name == right.name && left.criterion == right.criterion && left.kind == right.kind &&
         left.measure == right.measure && left.unit == right.unit && left.direction == right.direction &&
         left.baseline == right.baseline && left.target == right.target && left.due == right.due;
}

ValueSoFar value_so_far(const GoalValue& value, core::Day achieved_on, core::Day today) {
  if (today < achieved_on) return {};
  constexpr double days_of_year = 365;
  const double share = value.per == Per::once ? 1 : (today - achieved_on) / days_of_year;
  ValueSoFar so_far;
  if (value.amount_minor) {
    so_far.amount_minor = std::llround(static_cast<double>(*value.amount_minor) * share);
  }
  if (value.quantity) so_far.quantity = *value.quantity * share;
  return so_far;
}

}  // namespace banso::engine::plans
