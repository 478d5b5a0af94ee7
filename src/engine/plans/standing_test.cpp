#include "standing.hpp"

#include <gtest/gtest.h>

#include "schedule.hpp"

namespace banso::engine::plans {
namespace {

const core::Day start = core::day_from(2026, 1, 1);

Goal figure(double baseline, double target, int days = 100) {
  Goal goal;
  goal.kind = GoalKind::figure;
  goal.baseline = baseline;
  goal.target = target;
  goal.direction = target > baseline ? Direction::up : Direction::down;
  goal.start = start;
  goal.due = start + days;
  return goal;
}

GoalStatus status(const Goal& goal, int day, std::optional<double> value) {
  std::vector<Reading> readings;
  if (value) readings.push_back({start - 100, *value});
  return standing_of(goal, readings, start + day).status;
}

// The rule as it is stated, row by row.
TEST(StandingOfAGoal, FollowsTheRule) {
  const auto up = figure(0, 100);
  struct Row {
    int day;
    std::optional<double> value;
    GoalStatus expected;
  };
  const std::vector<Row> rows{{-1, std::nullopt, GoalStatus::not_started},
                              {-1, 5, GoalStatus::not_started},
                              {0, 0, GoalStatus::on_track},
                              {50, 50, GoalStatus::on_track},
                              {50, 40, GoalStatus::on_track},
                              {50, 39, GoalStatus::watchpoint},
                              {50, 25, GoalStatus::watchpoint},
                              {50, 24, GoalStatus::concern},
                              {50, 100, GoalStatus::achieved},
                              {-5, 120, GoalStatus::achieved},
                              {100, 99, GoalStatus::on_track},
                              {101, 99, GoalStatus::missed},
                              {101, 100, GoalStatus::achieved},
                              {20, std::nullopt, GoalStatus::not_started},
                              {50, std::nullopt, GoalStatus::watchpoint},
                              {70, std::nullopt, GoalStatus::concern},
                              {101, std::nullopt, GoalStatus::missed}};
  for (const auto& row : rows) EXPECT_EQ(status(up, row.day, row.value), row.expected) << row.day;
  const auto down = figure(120, 80);
  EXPECT_EQ(status(down, 50, 100), GoalStatus::on_track);
  EXPECT_EQ(status(down, 50, 119), GoalStatus::concern);
  EXPECT_EQ(status(down, 50, 80), GoalStatus::achieved);
}

TEST(StandingOfAGoal, OfYesOrNoGoesByTime) {
  Goal goal;
  goal.start = start;
  goal.due = start + 100;
  EXPECT_EQ(status(goal, 75, std::nullopt), GoalStatus::on_track);
  EXPECT_EQ(status(goal, 76, std::nullopt), GoalStatus::watchpoint);
  EXPECT_EQ(status(goal, 76, 1), GoalStatus::achieved);
  EXPECT_EQ(status(goal, 101, 0), GoalStatus::missed);
  goal.due.reset();
  EXPECT_EQ(status(goal, 500, std::nullopt), GoalStatus::on_track);
}

TEST(StandingOfAGoal, IsJudgedByAPersonBesidesTheRule) {
  auto goal = figure(0, 100);
  goal.judged = Override{GoalStatus::on_track, "Their figures come a month late"};
  const auto standing = standing_of(goal, {}, start + 90);
  EXPECT_EQ(standing.status, GoalStatus::on_track);
  EXPECT_EQ(standing.rule_status, GoalStatus::concern);
  EXPECT_FALSE(standing.rule.ja.empty());
}

TEST(StandingOfAGoal, StaysAsItWasWhenItWasClosed) {
  auto goal = figure(0, 100);
  goal.stage = GoalStage::delivered;
  const std::vector<Reading> readings{{start + 40, 100}, {start + 80, 20}};
  EXPECT_EQ(standing_of(goal, readings, start + 90).status, GoalStatus::concern);
  EXPECT_FALSE(standing_of(goal, readings, start + 60).is_success(goal));
  goal.closed_on = start + 60;
  EXPECT_TRUE(standing_of(goal, readings, start + 90).is_success(goal));
  goal.stage = GoalStage::accepted;
  EXPECT_FALSE(standing_of(goal, readings, start + 90).is_success(goal));
}

// More is never worse, and a later day never asks for less.
TEST(StandingOfAGoal, IsMonotonous) {
  const auto rank = [](GoalStatus status) {
    switch (status) {
      case GoalStatus::achieved:
        return 4;
      case GoalStatus::on_track:
        return 3;
      case GoalStatus::watchpoint:
        return 2;
      case GoalStatus::concern:
        return 1;
      default:
        return 0;
    }
  };
  for (const auto& goal : {figure(10, 60, 37), figure(60, 10, 37), figure(-3, 0.5, 11)}) {
    const double way = *goal.target - *goal.baseline;
    for (int day = 0; day <= 40; ++day) {
      int before = -1;
      for (double share = -0.5; share <= 1.2; share += 0.05) {
        const int now = rank(status(goal, day, *goal.baseline + share * way));
        EXPECT_GE(now, before) << day << " " << share;
        before = now;
        if (day > 0) {
          EXPECT_LE(now, rank(status(goal, day - 1, *goal.baseline + share * way)));
        }
        const auto standing =
            standing_of(goal, std::vector<Reading>{{start, *goal.baseline + share * way}}, start + day);
        EXPECT_GE(standing.progress.value(), 0);
        EXPECT_LE(standing.progress.value(), 1);
      }
    }
  }
}

TEST(ValueOfAGoal, CountsOnceOrByDays) {
  GoalValue value{36'500, 73.0, {}, Per::year, {}};
  EXPECT_EQ(value_so_far(value, start, start + 10).amount_minor, 1000);
  EXPECT_DOUBLE_EQ(value_so_far(value, start, start + 10).quantity.value(), 2);
  value.per = Per::once;
  EXPECT_EQ(value_so_far(value, start, start).amount_minor, 36'500);
  EXPECT_FALSE(value_so_far(value, start, start - 1).amount_minor);
}

Action action(std::string key, std::vector<std::string> after, int from, int until) {
  Action made;
  made.key = std::move(key);
  made.depends_on = std::move(after);
  made.start = start + from;
  made.due = start + until;
  return made;
}

TEST(Schedule, LateOnesPushThoseBehind) {
  Document plan;
  plan.actions = {action("c", {"b"}, 20, 30), action("a", {}, 0, 10), action("b", {"a"}, 10, 20),
                  action("far", {"b"}, 60, 70)};
  const auto seen = outlooks(plan, start + 15);
  EXPECT_TRUE(seen[1].is_late);
  EXPECT_EQ(seen[1].expected_due, start + 15);
  EXPECT_EQ(seen[2].expected_due, start + 25);  // ten days of work after it
  EXPECT_EQ(seen[2].slip_days, 5);
  EXPECT_EQ(seen[0].slip_days, 5);
  EXPECT_EQ(seen[3].slip_days, 0);  // there is room before it
  EXPECT_EQ(seen[2].waits_for, (std::vector<std::string>{"a"}));
  EXPECT_EQ(moved_by(plan, "a", 7, start + 15), (std::vector<std::string>{"c", "b"}));
  EXPECT_TRUE(moved_by(plan, "far", 7, start).empty());
  EXPECT_EQ(next_step(plan), 1u);
  plan.actions[1].done_on = start + 15;
  EXPECT_EQ(next_step(plan), 2u);
  for (auto& each : plan.actions) each.done_on = start;
  EXPECT_FALSE(next_step(plan));
}

TEST(Schedule, WithoutDaysHasNoOutlook) {
  Document plan;
  plan.actions.resize(2);
  plan.actions[0].key = "a";
  plan.actions[1] = action("b", {}, 0, 5);
  EXPECT_FALSE(outlooks(plan, start)[0].expected_due);
  EXPECT_FALSE(outlooks(plan, start + 90)[0].is_late);
  EXPECT_EQ(next_step(plan), 1u);  // a day comes before none
}

// Finding a circle, on all graphs of four actions.
TEST(Schedule, FindsEveryCircle) {
  constexpr int count = 4;
  for (unsigned bits = 0; bits < 1u << (count * count); bits += 3) {
    std::vector<Action> actions(count);
    bool reaches[count][count] = {};
    for (int i = 0; i < count; ++i) {
      actions[i].key = std::string(1, static_cast<char>('a' + i));
      for (int j = 0; j < count; ++j) {
        if (!(bits >> (i * count + j) & 1)) continue;
        actions[i].depends_on.push_back(std::string(1, static_cast<char>('a' + j)));
        reaches[i][j] = true;
      }
    }
    for (int k = 0; k < count; ++k) {
      for (int i = 0; i < count; ++i) {
        for (int j = 0; j < count; ++j) reaches[i][j] = reaches[i][j] || (reaches[i][k] && reaches[k][j]);
      }
    }
    bool is_circular = false;
    for (int i = 0; i < count; ++i) is_circular = is_circular || reaches[i][i];
    ASSERT_EQ(circle_in(actions).has_value(), is_circular) << bits;
  }
}

}  // namespace
}  // namespace banso::engine::plans
