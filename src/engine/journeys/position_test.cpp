#include "position.hpp"

#include <random>

#include <gtest/gtest.h>

namespace banso::engine::journeys {
namespace {

using core::Day;

constexpr Day first{20'000};

// Three stages. The first is proven by two milestones (and one that is not required), the second only the customer can
// confirm, the third both ways.
Journey three_stages() {
  const auto milestone = [](const char* key, bool is_provable, bool is_confirmed) {
    Milestone made;
    made.key = key;
    made.condition_json = is_provable ? R"({"combinator":"and","rules":[]})" : "";
    made.is_confirmed_by_customer = is_confirmed;
    return made;
  };
  Journey journey;
  journey.stages.resize(3);
  journey.stages[0].key = "start";
  journey.stages[0].expected_days = 10;
  journey.stages[0].milestones = {milestone("login", true, false), milestone("import", true, false),
                                  milestone("extra", true, false)};
  journey.stages[0].milestones[2].is_required = false;
  journey.stages[1].key = "agree";
  journey.stages[1].milestones = {milestone("plan_agreed", false, true)};
  journey.stages[2].key = "value";
  journey.stages[2].milestones = {milestone("value_seen", true, true)};
  return journey;
}

// Holds for login, import, extra, plan_agreed (never by data), value_seen.
std::vector<bool> holding(bool login, bool import, bool value = false) {
  return {login, import, false, false, value};
}

TEST(Position, BeginsWhereNothingIsShownYet) {
  const auto journey = three_stages();
  const auto step = advance(journey, {}, holding(false, false), first);
  EXPECT_EQ(step.progress.stage, 0u);
  EXPECT_EQ(step.events, (std::vector<Event>{{EventKind::stage_entered, 0, std::nullopt, 0}}));
  EXPECT_EQ(standing_of(journey, step.progress).basis, Basis::assumed);
}

TEST(Position, DataProveAStageOnlyWhenAllThatIsRequiredHolds) {
  const auto journey = three_stages();
  auto step = advance(journey, {}, holding(true, false), first);
  EXPECT_EQ(step.progress.stage, 0u);
  step = advance(journey, step.progress, holding(true, true), first + 3);
  EXPECT_EQ(step.events, (std::vector<Event>{{EventKind::milestone_reached, 1, std::nullopt, 0},
                                             {EventKind::stage_entered, 0, 0, 1}}));
  const auto standing = standing_of(journey, step.progress);
  EXPECT_EQ(standing.proven, 1u);
  EXPECT_EQ(standing.confirmed, 0u);
  EXPECT_EQ(standing.basis, Basis::proven);
}

TEST(Position, AStageThatDataCannotTellIsPassedWithTheNext) {
  const auto journey = three_stages();
  const auto step = advance(journey, {}, holding(true, true, true), first);
  EXPECT_EQ(step.progress.stage, 3u);
  EXPECT_EQ(step.events.back(), (Event{EventKind::arrived, 0, std::nullopt, 3}));
}

TEST(Position, ConfirmationsCountApart) {
  const auto journey = three_stages();
  auto progress = advance(journey, {}, holding(false, false), first).progress;
  progress = confirm(progress, 3, first + 1);
  const auto step = advance(journey, progress, holding(false, false), first + 1);
  const auto standing = standing_of(journey, step.progress);
  EXPECT_EQ(standing.confirmed, 2u);  // nothing in the first stage is theirs to confirm
  EXPECT_EQ(standing.proven, 0u);
  EXPECT_EQ(standing.current, 2u);
  EXPECT_EQ(standing.basis, Basis::confirmed);
  const auto back = advance(journey, confirm(step.progress, 3, std::nullopt), holding(false, false), first + 2);
  EXPECT_EQ(back.progress.stage, 0u);
  EXPECT_EQ(back.progress.entered_on, first + 2);
}

TEST(Position, AQuietWeekIsNoStepBack) {
  const auto journey = three_stages();
  auto step = advance(journey, {}, holding(true, true), first);
  step = advance(journey, step.progress, holding(false, true), first + 1);
  EXPECT_TRUE(step.events.empty());
  step = advance(journey, step.progress, holding(false, true), first + 7);
  EXPECT_TRUE(step.events.empty());
  auto recovered = advance(journey, step.progress, holding(true, true), first + 8);
  EXPECT_EQ(recovered.progress.marks[0].reached_on, first);
  EXPECT_FALSE(recovered.progress.marks[0].failing_since);

  step = advance(journey, step.progress, holding(false, true), first + 8);  // seven days of grace are over
  EXPECT_EQ(step.events, (std::vector<Event>{{EventKind::milestone_lapsed, 0, std::nullopt, 0},
                                             {EventKind::stage_entered, 0, 1, 0}}));
  EXPECT_EQ(step.progress.marks[0].lapsed_on, first + 8);
}

TEST(Position, ALapseBehindAnAccountIsARegression) {
  const auto journey = three_stages();
  auto progress = advance(journey, {}, holding(true, true), first).progress;
  progress = confirm(progress, 3, first + 1);
  progress = advance(journey, progress, holding(true, true), first + 1).progress;
  EXPECT_EQ(progress.stage, 2u);
  EXPECT_FALSE(standing_of(journey, progress).is_regressing);
  progress = advance(journey, progress, holding(false, true), first + 2).progress;
  progress = advance(journey, progress, holding(false, true), first + 9).progress;
  EXPECT_EQ(progress.stage, 2u);  // still confirmed
  EXPECT_TRUE(standing_of(journey, progress).is_regressing);
}

TEST(Position, AnAssumptionAheadOfTheEvidenceCounts) {
  const auto journey = three_stages();
  auto progress = advance(journey, {}, holding(false, false), first).progress;
  progress = advance(journey, assume(journey, progress, 2, first), holding(false, false), first).progress;
  EXPECT_EQ(progress.stage, 2u);
  EXPECT_EQ(standing_of(journey, progress).basis, Basis::assumed);
  progress = advance(journey, progress, holding(true, true), first + 1).progress;
  EXPECT_EQ(progress.stage, 2u);  // new evidence, but not as far
  progress = advance(journey, progress, holding(true, true, true), first + 2).progress;
  EXPECT_EQ(progress.stage, 3u);
}

TEST(Position, SettingBackHoldsUntilNewEvidence) {
  const auto journey = three_stages();
  auto progress = advance(journey, {}, holding(true, true), first).progress;
  progress = advance(journey, assume(journey, progress, 0, first + 1), holding(true, true), first + 1).progress;
  EXPECT_EQ(progress.stage, 0u);
  progress = advance(journey, progress, holding(true, true), first + 2).progress;
  EXPECT_EQ(progress.stage, 0u);
  progress = advance(journey, progress, holding(true, true, true), first + 3).progress;
  EXPECT_EQ(progress.stage, 3u);
}

TEST(Position, KnowsWhoIsStuck) {
  const auto journey = three_stages();
  const auto progress = advance(journey, {}, holding(false, false), first).progress;
  EXPECT_FALSE(pace_of(journey, progress, first + 10).is_stuck());
  const auto pace = pace_of(journey, progress, first + 13);
  EXPECT_TRUE(pace.is_stuck());
  EXPECT_EQ(pace.days_over(), 3);
  const auto arrived = advance(journey, {}, holding(true, true, true), first).progress;
  EXPECT_FALSE(pace_of(journey, arrived, first + 1000).is_stuck());
  EXPECT_FALSE(pace_of(journey, {}, first).is_stuck());
}

TEST(Position, FollowsANewVersionByKeys) {
  const auto before = three_stages();
  auto after = three_stages();
  std::swap(after.stages[0].milestones[0], after.stages[0].milestones[1]);
  after.stages.insert(after.stages.begin() + 1, Stage{});
  after.stages[1].key = "between";
  auto progress = advance(before, {}, holding(true, false), first).progress;
  progress = confirm(progress, 3, first);
  progress = advance(before, progress, holding(true, false), first).progress;
  const auto carried = progress_from_json(after, to_json(before, progress));
  EXPECT_EQ(carried.marks[1].reached_on, first);  // login, now the second
  EXPECT_FALSE(carried.marks[0].reached_on);
  EXPECT_EQ(carried.marks[3].confirmed_on, first);
  EXPECT_EQ(carried.stage, 3u);  // "value" moved by one
  EXPECT_EQ(carried.entered_on, progress.entered_on);
  after.stages.pop_back();
  EXPECT_FALSE(progress_from_json(after, to_json(before, progress)).stage);
}

// A step repeated on the same day changes nothing and tells nothing; events lead from stage to stage without a gap.
TEST(Position, StepsAreRepeatableAndLeaveNoGap) {
  const auto journey = three_stages();
  std::mt19937 random(7);
  const auto chance = [&](int in) { return static_cast<int>(random() % static_cast<unsigned>(in)) == 0; };
  for (int life = 0; life < 300; ++life) {
    Progress progress;
    std::vector<bool> holds(5, false);
    std::optional<std::size_t> stage;
    Day today = first;
    for (int day = 0; day < 60; ++day, today = today + 1 + (chance(5) ? 9 : 0)) {
      for (std::size_t i = 0; i < holds.size(); ++i) {
        if (chance(6)) holds[i] = !holds[i];
      }
      if (chance(20)) progress = assume(journey, progress, random() % 4, today);
      if (chance(20)) progress = confirm(progress, chance(2) ? 3 : 4, today);
      const auto step = advance(journey, progress, holds, today);
      for (const auto& event : step.events) {
        if (event.kind != EventKind::stage_entered && event.kind != EventKind::arrived) continue;
        ASSERT_EQ(event.from, stage);
        ASSERT_NE(event.to, stage);
        stage = event.to;
      }
      ASSERT_EQ(step.progress.stage, stage);
      ASSERT_EQ(standing_of(journey, step.progress).current, stage);
      const auto again = advance(journey, step.progress, holds, today);
      ASSERT_TRUE(again.events.empty());
      ASSERT_EQ(again.progress, step.progress);
      ASSERT_EQ(progress_from_json(journey, to_json(journey, step.progress)), step.progress);
      progress = step.progress;
    }
  }
}

}  // namespace
}  // namespace banso::engine::journeys
